/** What the 2-D stage shows behind its samples in place of D's opinion: the best D, or how far D is from it. */
import { useCallback } from "react";
import type { ExperimentConfig } from "../../core/config";
import { useLabModule } from "../lab/lab-module";
import type { HeatScale } from "./heat-scale";
import type { PlaneFrame } from "./plane-view";
import { type MapId, useViewSettings } from "./view-settings";

export type { MapId } from "./view-settings";

export interface PlaneMap {
  /** [size, size] as the frame's logits are; NaN where there is nothing to tell. */
  readonly values: Float32Array;
  readonly scale: HeatScale;
  /** Whether the values are logits, whose 0 is "cannot tell". */
  readonly logits: boolean;
  /** What stands at the lower and the upper end of the colour bar. */
  readonly ends: readonly [string, string];
}

type MapOf = (config: ExperimentConfig, frame: PlaneFrame) => PlaneMap | null;

/** What is mapped now: without the lab, D. */
export function useShownMap(): MapId {
  const map = useViewSettings((state) => state.map);
  return useLabModule() === null ? "d" : map;
}

/** Makes the map of a frame; null where D itself is shown. */
export function useMap(): MapOf | null {
  const id = useViewSettings((state) => state.map);
  const lab = useLabModule();
  const made = useCallback<MapOf>((config, frame) => lab?.planeMap(id, config, frame) ?? null, [lab, id]);
  return lab === null || id === "d" ? null : made;
}
