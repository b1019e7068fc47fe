/** Handwritten digits with the Wasserstein loss and a gradient penalty, by the small fully connected networks. */
import { withChanges } from "../config";
import { mnistMlpConfig } from "./mnist-mlp";
import { adam } from "./recipes";
import type { Preset } from "./types";

const optimizer = adam(2e-4, 0, 0.9); // Gulrajani et al. 2017, algorithm 1: β = (0, .9)

export const mnistWganGp: Preset = {
  id: "mnist-wgan-gp",
  name: "Digits, WGAN-GP",
  group: "images",
  shows: "A loss curve that falls as the digits get better.",
  lesson:
    "Minus the critic's loss estimates a distance between fakes and reals, and falls as the digits get better: a curve that means something at last. The price is five critic steps, each with a gradient of a gradient.",
  steps: 2_000,
  config: withChanges(mnistMlpConfig, {
    model: { loss: "wasserstein", penalties: { wganGp: 10 } },
    players: { discriminator: { optimizer, turns: 5 }, generator: { optimizer } },
  }),
};
