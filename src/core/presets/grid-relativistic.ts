/** The grid with the relativistic loss, R1 and R2: the recipe of R3GAN on toy data. */
import { adam, relativisticRecipe } from "./recipes";
import type { Preset } from "./types";

const steps = 10_000;
const config = relativisticRecipe("grid", steps);
const optimizer = adam(3e-3, 0, 0.99);

export const gridRelativistic: Preset = {
  id: "grid-relativistic",
  name: "Grid, relativistic + R1 + R2",
  summary:
    "D only has to say which of two is more real, and both penalties keep it flat where it is judged. Watch all twenty-five clusters fill and stay filled; then compare with the non-saturating loss, which drops some.",
  steps,
  // Two steps of D to each of G: closer to its optimum, D tells how full each of the 25 clusters should be.
  config: {
    ...config,
    discriminatorSteps: 2,
    generator: { ...config.generator, optimizer },
    discriminator: { ...config.discriminator, optimizer },
  },
};
