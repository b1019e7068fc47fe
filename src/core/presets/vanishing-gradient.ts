/** Saturating against non-saturating: the failure that section 3 of Goodfellow et al. 2014 warns of, beside its remedy. */
import { withChanges } from "../config";
import { collapsingRecipe } from "./recipes";
import type { Preset } from "./types";

const steps = 4_000;

// D judges pairs, in both arms: without that the arm that moves would end on two clusters (preset mode-collapse).
const nonSaturating = withChanges(collapsingRecipe(steps), { model: { packing: 2 } });

export const vanishingGradient: Preset = {
  id: "vanishing-gradient",
  name: "Vanishing gradient",
  group: "failures",
  shows: "Two losses, one start: one stays where it is, the other finds the clusters.",
  lesson:
    "The fakes begin as a speck in the middle and D soon rejects them all: there the saturating loss is flat, so its gradient falls to almost nothing and its fakes stand still for good. From the same weights the non-saturating loss keeps its slope, leaves the middle and finds the clusters.",
  steps,
  config: withChanges(nonSaturating, { model: { loss: "minimax" } }),
  comparison: nonSaturating,
};
