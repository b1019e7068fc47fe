/** Handwritten digits by an auxiliary-classifier GAN: D is not told the number but has to name it. */
import { startOf, withChanges } from "../config";
import { adam, both } from "./recipes";
import type { Preset } from "./types";

export const mnistAcgan: Preset = {
  id: "mnist-acgan",
  name: "Digits, ACGAN",
  group: "models",
  shows: "D also names the digit, and G is paid for being read right.",
  lesson:
    "D has two tasks, real or fake and which digit: watch it name the fakes before the reals, since G is paid for being read right and makes what is told apart long before it makes digits. Samples that could be two digits grow rare, for that is what a classifier rewards.",
  steps: 1_800,
  config: withChanges(startOf("acgan", "mnist"), {
    model: { loss: "relativistic", penalties: { r1: 0.5, r2: 0.5 } },
    players: both({ optimizer: adam(1e-3, 0, 0.99) }),
  }),
};
