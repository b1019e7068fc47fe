/** The ring with the least-squares loss (LSGAN). */
import { withChanges } from "../config";
import { planeRecipe } from "./recipes";
import type { Preset } from "./types";

const steps = 10_000;

export const ringLeastSquares: Preset = {
  id: "ring-least-squares",
  name: "Ring, least squares",
  group: "losses",
  shows: "D gives a score instead of a probability (LSGAN).",
  lesson:
    "D no longer gives a probability but a score, 1 for reals and 0 for fakes, and G is pulled towards 1 from either side. Compare its gradient norm with that of the classic loss: it does not vanish when D is sure.",
  steps,
  config: withChanges(planeRecipe("ring", steps), { model: { loss: "least-squares" } }),
};
