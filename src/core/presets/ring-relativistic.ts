/** The ring with the relativistic loss, R1 and R2: the recipe of R3GAN on toy data. */
import { adam, planeRecipe } from "./recipes";
import type { Preset } from "./types";

const steps = 10_000;

export const ringRelativistic: Preset = {
  id: "ring-relativistic",
  name: "Ring, relativistic + R1 + R2",
  summary:
    "D only has to say which of two is more real, and both penalties keep it flat where it is judged. Watch all eight clusters fill and stay filled; then compare with the non-saturating loss, which drops some.",
  steps,
  config: {
    ...planeRecipe("ring", steps, adam(1e-3, 0, 0.99)),
    loss: "relativistic",
    penalties: { clip: 0, wganGp: 0, dragan: 0, r1: 0.1, r2: 0.1 },
  },
};
