/** Handwritten digits that one can ask for by number: a small conditional DCGAN, told its class by projection. */
import { startOf, withChanges } from "../config";
import { adam, both } from "./recipes";
import type { Preset } from "./types";

export const mnistCgan: Preset = {
  id: "mnist-cgan",
  name: "Digits, conditional",
  group: "models",
  shows: "Ask for a digit and get it: a row a class.",
  lesson:
    "Each row is one digit, each column one z: G learns what the number says and what z is left to say, slant and thickness. D sees the digit's number too, so a fine 3 in the row of fives is a bad fake.",
  steps: 1_800,
  config: withChanges(startOf("cgan", "mnist"), {
    model: { loss: "relativistic", penalties: { r1: 0.5, r2: 0.5 } },
    players: both({ optimizer: adam(1e-3, 0, 0.99) }),
  }),
};
