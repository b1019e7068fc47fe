/** Clothes and shoes by the recipe of the digits: the same networks, softer pictures. */
import { withChanges } from "../config";
import { mnistDcgan } from "./mnist-dcgan";
import type { Preset } from "./types";

export const fashionDcgan: Preset = {
  id: "fashion-dcgan",
  name: "Fashion, DCGAN",
  group: "images",
  shows: "Shirts, trousers, shoes and bags from noise.",
  lesson:
    "Outlines come first, trousers, shirts and shoes; then shades of grey fill them, folds and collars last. The networks are those of the digits: what changes is what D can tell apart.",
  steps: 1_800,
  config: withChanges(mnistDcgan.config, { dataset: "fashion-mnist" }),
};
