/** Two circles, one inside the other, with R1: by the default's recipe G goes round them to the end under some seeds. */
import { withChanges } from "../config";
import { planeRecipe } from "./recipes";
import type { Preset } from "./types";

export const circlesPreset: Preset = {
  id: "circles",
  name: "Concentric circles",
  group: "shapes",
  shows: "One cloud bent into a circle within a circle.",
  lesson:
    "G bends one cloud of noise into two closed curves, one inside the other. Look for the thin bridges between them: a continuous G keeps in one piece what began as one.",
  steps: 4_000,
  config: withChanges(planeRecipe("circles", 4_000), { model: { penalties: { r1: 0.1 } } }),
};
