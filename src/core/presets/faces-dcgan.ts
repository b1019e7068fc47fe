/** Drawn faces in colour by a DCGAN: something that everybody recognises, within half a minute. */
import { withDataset } from "../architecture/adapt";
import { DEFAULT_CONFIG, withChanges } from "../config";
import { adam, both, stackLayers } from "./recipes";
import type { Preset } from "./types";

const start = withDataset(DEFAULT_CONFIG, "faces-16");

export const facesDcgan: Preset = {
  id: "faces-dcgan",
  name: "Faces in colour",
  group: "first-steps",
  shows: "Pixel faces from noise, by convolutions.",
  lesson:
    "After a few hundred steps there are faces: skin, hair, two eyes. Hair styles, glasses and hats come after that, because D only asks for them once everything else is right.",
  steps: 840,
  config: withChanges(start, {
    networks: stackLayers("dcgan-colour", "faces-16", start.latent.size),
    players: both({ optimizer: adam(4e-4) }),
  }),
};
