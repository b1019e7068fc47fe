/** The collapsing GAN, with one change: D judges two samples at a time (PacGAN). */
import { withChanges } from "../config";
import { modeCollapse } from "./mode-collapse";
import { collapsingRecipe } from "./recipes";
import type { Preset } from "./types";

export const modeCollapseCured: Preset = {
  id: "mode-collapse-cured",
  name: "Mode collapse, cured",
  group: "failures",
  shows: "The same start and the same networks, but D sees two at a time: no collapse.",
  lesson:
    "Nothing is changed but that D judges two samples at once: two fakes from one place give each other away, so G has to spread them. Watch the crowd break up and settle on all eight clusters, and compare with the preset that collapses.",
  steps: modeCollapse.steps,
  config: withChanges(collapsingRecipe(modeCollapse.steps), { model: { packing: 2 } }),
};
