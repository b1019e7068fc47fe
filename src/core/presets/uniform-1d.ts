/** A flat piece with two edges: the recipe of the one Gaussian, on data that a straight line reaches. */
import { withChanges } from "../config";
import { gaussian1dPreset } from "./gaussian-1d";
import type { Preset } from "./types";

export const uniform1dPreset: Preset = {
  id: "uniform-1d",
  name: "Flat, with two edges",
  group: "shapes",
  shows: "A hump levels off until it is flat between two sharp edges.",
  lesson:
    "The noise is flat too, so the perfect G is a straight line: watch the hump level off and its edges move out to ±2. G never sees that line; all it has is how D's curve tilts where there is too much of it, or too little.",
  steps: gaussian1dPreset.steps,
  config: withChanges(gaussian1dPreset.config, { dataset: "uniform-1d" }),
};
