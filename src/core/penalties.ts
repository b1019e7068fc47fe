/** The catalogue of regularisers: names, formulas, what to watch for. What goes with what: conflicts.ts. No maths on tensors. */
import { flatSpecs } from "./architecture/layers";
import type { AdversarialConfig } from "./config";

export const PENALTY_IDS = ["clip", "wganGp", "dragan", "r1", "r2"] as const;
export type PenaltyId = (typeof PENALTY_IDS)[number];

export interface PenaltyInfo {
  readonly name: string;
  /** TeX of the term added to D's loss (or of the constraint). */
  readonly tex: string;
  /** What its strength is called and a good value to begin with. */
  readonly symbol: string;
  readonly suggested: number;
  readonly lesson: string;
  readonly source: string;
}

export const PENALTIES = {
  clip: {
    name: "Weight clipping",
    tex: String.raw`w \leftarrow \operatorname{clip}(w, -c, c)`,
    symbol: "c",
    suggested: 0.05,
    lesson:
      "Keeps D roughly Lipschitz by brute force: simple, but D becomes too simple or its gradients vanish or explode.",
    source: "Arjovsky et al. 2017, algorithm 1",
  },
  wganGp: {
    name: "Gradient penalty (WGAN-GP)",
    tex: String.raw`\lambda\,\mathbb{E}_{\hat x}\left[(\lVert\nabla_{\hat x} D(\hat x)\rVert_2 - 1)^2\right]`,
    symbol: "λ",
    suggested: 10,
    lesson: "Asks D for slope 1 between reals and fakes. The usual partner of the Wasserstein loss.",
    source: "Gulrajani et al. 2017, equation 3",
  },
  dragan: {
    name: "DRAGAN",
    tex: String.raw`\lambda\,\mathbb{E}_{x,\delta}\left[(\lVert\nabla_x D(x+\delta)\rVert_2 - 1)^2\right]`,
    symbol: "λ",
    suggested: 10,
    lesson: "The same penalty, but around the reals only: it calms the sharp slopes at which G's training breaks.",
    source: "Kodali et al. 2017, section 2.3",
  },
  r1: {
    name: "R1",
    tex: String.raw`\tfrac{\gamma}{2}\,\mathbb{E}_x\left[\lVert\nabla_x D(x)\rVert_2^2\right]`,
    symbol: "γ",
    suggested: 0.1,
    lesson: "Flattens D at the reals, so that the game can come to rest there.",
    source: "Mescheder et al. 2018, equation 9",
  },
  r2: {
    name: "R2",
    tex: String.raw`\tfrac{\gamma}{2}\,\mathbb{E}_z\left[\lVert\nabla_x D(G(z))\rVert_2^2\right]`,
    symbol: "γ",
    suggested: 0.1,
    lesson: "The same at the fakes. Together with R1 and the relativistic loss it makes training locally convergent.",
    source: "Mescheder et al. 2018, section 4.1",
  },
} satisfies Record<PenaltyId, PenaltyInfo>;

/** Whether any layer of D is spectrally normalised. */
export function hasSpectralNorm(config: AdversarialConfig): boolean {
  return flatSpecs(config.networks.discriminator.layers).some(
    (layer) => "spectralNorm" in layer && layer.spectralNorm === true,
  );
}
