/** The catalogue of regularisers: names, formulas, what to watch for, what goes with what. No maths on tensors. */
import type { ExperimentConfig } from "./config";
import { isCrossEntropy } from "./losses";

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

/** What speaks against a configuration. "refused" cannot run; "warning" runs, but differs from what theory asks for. */
export interface Conflict {
  readonly level: "refused" | "warning";
  /** Which value to change, as a path into the configuration. */
  readonly path: string;
  /** What is wrong, why, and what to do. */
  readonly text: string;
}

/** Combinations of values that cannot run or should not; empty when all is well. Shapes are checked elsewhere. */
export function findConflicts(config: ExperimentConfig): Conflict[] {
  const conflicts: Conflict[] = [];
  const { penalties, loss, discriminator } = config;
  const gradientPenalty = (["wganGp", "dragan", "r1", "r2"] as const).filter((id) => penalties[id] > 0);
  const has = (type: string) => discriminator.layers.some((layer) => layer.type === type);
  const refuse = (path: string, text: string) => conflicts.push({ level: "refused", path, text });
  const warn = (path: string, text: string) => conflicts.push({ level: "warning", path, text });

  for (const id of gradientPenalty) {
    if (has("batchNorm")) {
      refuse(
        `penalties.${id}`,
        `${PENALTIES[id].name} asks for the gradient of each sample's score, but batch norm in D mixes the samples of a batch. Use layer norm in D, or no normalisation.`,
      );
    }
    if (has("minibatchStdDev")) {
      warn(
        `penalties.${id}`,
        `Minibatch standard deviation mixes the samples of a batch, so ${PENALTIES[id].name} no longer measures each sample's own slope.`,
      );
    }
  }
  if (penalties.wganGp > 0 && penalties.dragan > 0) {
    refuse("penalties.dragan", "WGAN-GP and DRAGAN ask for slope 1 in different places. Choose one of the two.");
  }
  if (loss === "wasserstein" && gradientPenalty.length === 0 && penalties.clip === 0 && !hasSpectralNorm(config)) {
    warn(
      "loss",
      "The Wasserstein loss without a Lipschitz bound grows without end. Add WGAN-GP, clipping or spectral norm.",
    );
  }
  if (config.labelSmoothing < 1 && !isCrossEntropy(loss)) {
    refuse(
      "labelSmoothing",
      "Label smoothing changes the target probability of reals; this loss has no target probability. Use minimax or non-saturating.",
    );
  }
  if (
    config.unrolledSteps > 0 &&
    discriminator.layers.some((l) => l.type === "conv2d" || l.type === "conv2dTranspose")
  ) {
    refuse(
      "unrolledSteps",
      "Unrolling differentiates through D's updates and is offered for dense networks only. Set it to 0 or use a dense D.",
    );
  }
  if (config.batchSize % config.packing !== 0) {
    refuse(
      "packing",
      `PacGAN packs ${config.packing} samples together, so the batch size must be a multiple of ${config.packing}.`,
    );
  }
  if (config.packing > 1 && loss === "relativistic") {
    warn("packing", "The relativistic loss pairs whole packs: one pack of reals with one pack of fakes.");
  }
  return conflicts;
}

/** Whether any layer of D is spectrally normalised. */
export function hasSpectralNorm(config: ExperimentConfig): boolean {
  return config.discriminator.layers.some((layer) => "spectralNorm" in layer && layer.spectralNorm === true);
}
