/** The ring with the relativistic loss, R1 and R2: the recipe of R3GAN on toy data. */
import { relativisticRecipe } from "./recipes";
import type { Preset } from "./types";

const steps = 6_000;

export const ringRelativistic: Preset = {
  id: "ring-relativistic",
  name: "Ring, relativistic",
  group: "losses",
  shows: "Which of two is more real? All eight clusters, evenly filled.",
  lesson:
    "D only has to say which of two is more real, and both penalties keep it flat where it is judged. Watch all eight clusters fill and stay filled; then compare with the non-saturating loss, which drops some.",
  steps,
  config: relativisticRecipe("ring", steps),
};
