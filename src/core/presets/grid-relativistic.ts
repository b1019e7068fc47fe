/** The grid with the relativistic loss, R1 and R2: the recipe of R3GAN on toy data. */
import { relativisticRecipe } from "./recipes";
import type { Preset } from "./types";

const steps = 10_000;

export const gridRelativistic: Preset = {
  id: "grid-relativistic",
  name: "Grid, relativistic",
  group: "losses",
  shows: "All twenty-five clusters, sharp, by the loss of R3GAN.",
  lesson:
    "D only has to say which of two is more real, and both penalties keep it flat where it is judged. Watch all twenty-five clusters fill and stay filled; then compare with the non-saturating loss, which drops some.",
  steps,
  config: relativisticRecipe("grid", steps),
};
