/** Sharp squares with the relativistic loss, R1 and R2. */
import { relativisticRecipe } from "./recipes";
import type { Preset } from "./types";

export const checkerboardPreset: Preset = {
  id: "checkerboard",
  name: "Checkerboard",
  group: "shapes",
  shows: "Hard edges and corners, from a smooth map.",
  lesson:
    "Squares with hard edges are the opposite of what a smooth G makes. Look at the corners: bridges between cells stay, because a continuous map of one cloud cannot come apart.",
  steps: 8_000,
  config: relativisticRecipe("checkerboard", 8_000),
};
