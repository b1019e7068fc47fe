/** Two moons with R1: a first curved target. */
import { withChanges } from "../config";
import { planeRecipe } from "./recipes";
import type { Preset } from "./types";

export const moonsPreset: Preset = {
  id: "moons",
  name: "Two moons",
  group: "shapes",
  shows: "One cloud torn into two curved pieces, with a thin bridge.",
  lesson:
    "G must tear one cloud of noise into two curved pieces. Look for the thin bridge of fakes between the moons: a continuous G can thin it out, but never cut it.",
  steps: 4_000,
  config: withChanges(planeRecipe("moons", 4_000), { model: { penalties: { r1: 0.1 } } }),
};
