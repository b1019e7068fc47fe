/** A GAN that collapses: all fakes begin in one place, D is quick, and they end on one pair of clusters. */
import { collapsingRecipe } from "./recipes";
import type { Preset } from "./types";

const steps = 4_000;

export const modeCollapse: Preset = {
  id: "mode-collapse",
  name: "Mode collapse",
  group: "failures",
  shows: "Everything that G makes ends on two of eight clusters, and stays there.",
  lesson:
    "The fakes begin as a speck in the middle and set out together, so they arrive together, on one or two of the eight clusters. Each fake looks real on its own, which is all that D can judge, so nothing ever sends one to another cluster.",
  steps,
  config: collapsingRecipe(steps),
};
