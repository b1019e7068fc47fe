/** The ring by a variational autoencoder: what a model that averages makes of separate clusters. */
import { startOf, withChanges } from "../config";
import type { Preset } from "./types";

const steps = 6_000;

export const ringVae: Preset = {
  id: "ring-vae",
  name: "Ring, VAE",
  group: "models",
  shows: "No game: code, decode, keep the codes close to a normal cloud.",
  lesson:
    "There is no D here, and nothing can collapse: the encoder spreads the ring over latent space, the decoder maps it back, and the loss only falls. All clusters are found, but G is continuous, so the codes between two clusters give points between them.",
  steps,
  config: withChanges(startOf("vae", "ring"), { schedule: { steps } }),
};
