/** Sharp squares with the relativistic loss, R1 and R2. */
import { adam, planeRecipe } from "./recipes";
import type { Preset } from "./types";

export const checkerboardPreset: Preset = {
  id: "checkerboard",
  name: "Checkerboard",
  summary:
    "Squares with hard edges are the opposite of what a smooth G makes. Look at the corners: bridges between cells stay, because a continuous map of one cloud cannot come apart.",
  steps: 12_000,
  config: {
    ...planeRecipe("checkerboard", 12_000, adam(1e-3, 0, 0.99)),
    loss: "relativistic",
    penalties: { clip: 0, wganGp: 0, dragan: 0, r1: 0.1, r2: 0.1 },
  },
};
