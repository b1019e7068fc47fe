/** The table of layers. To add one: its spec and shape rule in core/architecture, a file here, a line below. */
import type { LayerType } from "../../core/architecture/layers";
import { batchNorm } from "./batch-norm";
import { conv2d } from "./conv2d";
import { conv2dTranspose } from "./conv2d-transpose";
import { dense } from "./dense";
import { dropout } from "./dropout";
import { layerNorm } from "./layer-norm";
import { minibatchStdDev } from "./minibatch-std-dev";
import { reshape } from "./reshape";
import type { Layer } from "./types";
import { upsample } from "./upsample";

export type { Moments, Pass } from "./types";

export const LAYERS: { readonly [T in LayerType]: Layer<T> } = {
  dense,
  conv2d,
  conv2dTranspose,
  batchNorm,
  layerNorm,
  dropout,
  upsample,
  reshape,
  flatten: reshape,
  minibatchStdDev,
};

/** Layers whose output for one example depends on the rest of the batch: reals and fakes must not share one. */
export const MIXES_BATCH: ReadonlySet<LayerType> = new Set(["batchNorm", "minibatchStdDev"]);
