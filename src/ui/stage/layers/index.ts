/** The menu of layers that the lab adds: how each is drawn. Loaded with the lab; the arrows are there without it. */
import type { LayerId } from "../../../core/stage-layers";
import { density } from "./density";
import { manifold } from "./manifold";
import { mapping } from "./mapping";
import { nearest } from "./nearest";
import { pulls } from "./pulls";
import { trails } from "./trails";
import type { StageLayer } from "./types";

export const STAGE_LAYERS: Readonly<Record<LayerId, StageLayer>> = {
  pulls,
  manifold,
  mapping,
  density,
  trails,
  nearest,
};
