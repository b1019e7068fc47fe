/** Two soft clusters with R1: the smallest target in the plane that can be half missed. */
import { withChanges } from "../config";
import { planeRecipe } from "./recipes";
import type { Preset } from "./types";

export const twoGaussiansPreset: Preset = {
  id: "two-gaussians",
  name: "Two Gaussians",
  group: "shapes",
  shows: "One cloud parts into two, and a thread between them thins out.",
  lesson:
    "Watch one cloud of fakes part into two: they are joined by a thread that gets thinner as G gets steeper, and never breaks, since a continuous G passes through all that lies between. Without R1 (set it to 0) D is harsher to what is at the rims, and both clusters come out narrower than the data.",
  steps: 2_000,
  config: withChanges(planeRecipe("two-gaussians", 2_000), { model: { penalties: { r1: 0.1 } } }),
};
