/** The collapsing GAN, with one change: D judges four samples at a time (PacGAN). */
import { modeCollapse } from "./mode-collapse";
import type { Preset } from "./types";

export const modeCollapseCured: Preset = {
  id: "mode-collapse-cured",
  name: "Mode collapse, cured",
  group: "failures",
  shows: "The same start and the same networks, but no collapse.",
  lesson:
    "Nothing changed but that D sees four samples at once: four that look alike give the fakes away, so G must spread. Watch the crowd break up and reach all eight clusters, though at this pace it never comes to rest on them.",
  steps: modeCollapse.steps,
  config: { ...modeCollapse.config, packing: 4 },
};
