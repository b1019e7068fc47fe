/** Handwritten digits by a small DCGAN with spectral norm in D and the hinge loss (SNGAN). */
import { withChanges } from "../config";
import { dcganStart } from "./mnist-dcgan";
import { adam } from "./recipes";
import type { Preset } from "./types";

export const mnistSpectralNorm: Preset = {
  id: "mnist-spectral-norm",
  name: "Digits, spectral norm",
  group: "images",
  shows: "D is kept from becoming steep, and the training calm.",
  lesson:
    "Every kernel of D is divided by its largest singular value, so D cannot become steep however long it trains. Look at the gradient norms: they stay in one band.",
  steps: 2_000,
  config: withChanges(dcganStart, {
    model: { loss: "hinge" },
    networks: {
      discriminator: {
        initializer: "glorot",
        layers: dcganStart.networks.discriminator.layers.map((layer) =>
          layer.type === "dense" || layer.type === "conv2d" ? { ...layer, spectralNorm: true } : layer,
        ),
      },
    },
    players: {
      generator: { optimizer: adam(2e-4, 0.5) },
      discriminator: { optimizer: adam(4e-4, 0.5) }, // two time scales: a Lipschitz D may run ahead (Heusel et al. 2017)
    },
  }),
};
