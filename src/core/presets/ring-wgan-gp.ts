/** The ring with the Wasserstein loss and a gradient penalty. */
import { withChanges } from "../config";
import { adam, planeRecipe } from "./recipes";
import type { Preset } from "./types";

const steps = 4_000; // of G, with five of D each

export const ringWganGp: Preset = {
  id: "ring-wgan-gp",
  name: "Ring, WGAN-GP",
  group: "losses",
  shows: "A critic whose loss is a distance: the curve falls as the clusters fill.",
  lesson:
    "D is a critic with slope near 1 everywhere, so even far-off fakes know which way to go. Its loss estimates the distance to the eight clusters: watch it shrink while they fill.",
  steps,
  config: withChanges(planeRecipe("ring", steps, adam(1e-3, 0, 0.9)), {
    model: { loss: "wasserstein", penalties: { wganGp: 0.1 } },
    players: { discriminator: { turns: 5 } },
  }),
};
