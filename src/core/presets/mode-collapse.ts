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
    "The fakes begin as a speck in the middle and set out together, so they arrive together, on two of the eight clusters, and stay. D looks at one sample at a time: it never sees how alike they are, so nothing pushes them apart.",
  steps,
  config: collapsingRecipe(steps),
};
