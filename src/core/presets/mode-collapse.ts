/** A GAN that collapses: all fakes begin in one place, D is quick, and they end on very few clusters. */
import { collapsingRecipe } from "./recipes";
import type { Preset } from "./types";

const steps = 4_000;

export const modeCollapse: Preset = {
  id: "mode-collapse",
  name: "Mode collapse",
  group: "failures",
  shows: "Everything that G makes ends on two or three of eight clusters, and stays there.",
  lesson:
    "The fakes begin as a speck in the middle and set out together, so they arrive together, on one, two or three of the eight clusters, and stay. D looks at one sample at a time: it never sees how alike they are, so nothing pushes them apart.",
  steps,
  config: collapsingRecipe(steps),
};
