/** Two long thin arms, with R1 to keep D's slopes gentle. */
import { withChanges } from "../config";
import { planeRecipe } from "./recipes";
import type { Preset } from "./types";

export const spiralPreset: Preset = {
  id: "spiral",
  name: "Spiral",
  group: "shapes",
  shows: "A disc winds itself up into two long arms.",
  lesson:
    "First the fakes fill a disc, then they find the arms from the inside out. Watch D's heat map wind itself up: G can only follow a boundary that D has learned to draw.",
  steps: 10_000,
  config: withChanges(planeRecipe("spiral", 10_000), { model: { penalties: { r1: 0.1 } } }),
};
