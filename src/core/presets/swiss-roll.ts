/** One rolled-up sheet seen from its edge, with R1. */
import { withChanges } from "../config";
import { planeRecipe } from "./recipes";
import type { Preset } from "./types";

export const swissRollPreset: Preset = {
  id: "swiss-roll",
  name: "Swiss roll",
  group: "shapes",
  shows: "One long ribbon, rolled up.",
  lesson:
    "G rolls a flat cloud of noise into one long strip. Drag the two latent sliders: one should come to run along the roll, the other across it.",
  steps: 8_000,
  config: withChanges(planeRecipe("swiss-roll", 8_000), { model: { penalties: { r1: 0.1 } } }),
};
