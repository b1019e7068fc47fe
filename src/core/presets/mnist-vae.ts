/** Handwritten digits by a variational autoencoder of the small DCGAN's size. */
import { startOf } from "../config";
import type { Preset } from "./types";

export const mnistVae: Preset = {
  id: "mnist-vae",
  name: "Digits, VAE",
  group: "models",
  shows: "Digits at once, and soft: where codes are alike, their mean.",
  lesson:
    "Encoder and decoder have the small DCGAN's convolutions, but no D: the decoder is asked to make each digit again from a noisy code. Digits come within the first hundred steps and stay soft, because a mean over the digits that a code may stand for is the safest answer: compare sharpness and power spectrum with the DCGAN's.",
  steps: 1_800,
  config: startOf("vae", "mnist"),
};
