/** A thin segment: data that fill no area of the plane. */
import { planeRecipe } from "./recipes";
import type { Preset } from "./types";

export const linePreset: Preset = {
  id: "line",
  name: "Thin line",
  group: "shapes",
  shows: "A cloud folds onto a thin segment that fills no area.",
  lesson:
    "Nearly all of the plane holds no real point: watch the cloud of fakes fold onto the segment first, and then spread along it to both ends. What is across the segment is learnt at the end, as the rates fall.",
  steps: 3_000,
  config: planeRecipe("line", 3_000),
};
