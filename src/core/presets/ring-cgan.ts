/** The ring of clusters with their numbers as classes: a G that is told which cluster to make. */
import { startOf, withChanges } from "../config";
import { adam, both } from "./recipes";
import type { Preset } from "./types";

const steps = 4_000;

export const ringCgan: Preset = {
  id: "ring-cgan",
  name: "Ring, conditional",
  group: "models",
  shows: "Eight clusters, eight classes: ask for one, get it.",
  lesson:
    "Both players are told which cluster a sample belongs to, so G need not split its latent space: no cluster is lost and none is bridged. Choose another cluster beside the latent while it trains: D's map shows where samples of that one belong.",
  steps,
  config: withChanges(startOf("cgan", "ring"), {
    model: { loss: "relativistic", penalties: { r1: 0.1, r2: 0.1 } },
    players: both({ optimizer: adam(2e-3, 0, 0.99) }),
    schedule: { steps },
  }),
};
