/** Twenty-five Gaussians with the classic loss: where missing modes are plain to see. */
import { planeRecipe } from "./recipes";
import type { Preset } from "./types";

export const gridNonSaturating: Preset = {
  id: "grid-non-saturating",
  name: "Grid, non-saturating",
  group: "losses",
  shows: "Twenty-five clusters, and the classic loss forgets some.",
  lesson:
    "Count the clusters that get fakes: with this loss some of the 25 stay empty however long you train. D's heat map shows why: it has given up on the clusters that G never visits.",
  steps: 10_000,
  config: planeRecipe("grid", 10_000),
};
