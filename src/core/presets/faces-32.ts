/** The faces at twice the size: the same picture to find, with four times as many numbers. */
import { withChanges } from "../config";
import { facesDcgan } from "./faces-dcgan";
import { stackLayers } from "./recipes";
import type { Preset } from "./types";

const { config } = facesDcgan;

export const faces32Dcgan: Preset = {
  id: "faces-32",
  name: "Faces in colour, 32 × 32",
  group: "images",
  shows: "The same faces with four times as many pixels.",
  lesson:
    "Nothing is in these pictures that was not in the small ones, yet they take longer, and each step costs four times as much. G has to paint squares that are even and meet at their edges: look for those that do not.",
  steps: 1_200,
  config: withChanges(config, {
    dataset: "faces-32",
    networks: stackLayers("dcgan-colour", "faces-32", config.latent.size),
  }),
};
