/** What goes with what where D tells fakes from reals: combinations that cannot run, and those known to mislead. */
import { flatSpecs } from "./architecture/layers";
import { activeAugments } from "./augment";
import type { AdversarialConfig } from "./config";
import type { Conflict } from "./conflicts";
import { datasetOf } from "./datasets";
import { isCrossEntropy, type LossId } from "./losses";
import { misleading } from "./misleading";
import { hasSpectralNorm, PENALTIES } from "./penalties";

/** Combinations of values that cannot run or should not; empty when all is well. */
export function ganConflicts(config: AdversarialConfig): Conflict[] {
  const conflicts: Conflict[] = [];
  const { penalties, loss, labelSmoothing, packing, unrolledSteps } = config.model;
  const { discriminator } = config.networks;
  const gradientPenalty = (["wganGp", "dragan", "r1", "r2"] as const).filter((id) => penalties[id] > 0);
  const layers = flatSpecs(discriminator.layers);
  const has = (type: string) => layers.some((layer) => layer.type === type);
  const refuse = (path: string, text: string) => conflicts.push({ level: "refused", path, text });
  const warn = (path: string, text: string) => conflicts.push({ level: "warning", path, text });

  for (const id of gradientPenalty) {
    if (has("batchNorm")) {
      refuse(
        `model.penalties.${id}`,
        `${PENALTIES[id].name} asks for the gradient of each sample's score, but batch norm in D mixes the samples of a batch. Use layer norm in D, or no normalisation.`,
      );
    }
    if (has("minibatchStdDev")) {
      warn(
        `model.penalties.${id}`,
        `Minibatch standard deviation mixes the samples of a batch, so ${PENALTIES[id].name} no longer measures each sample's own slope.`,
      );
    }
  }
  if (penalties.wganGp > 0 && penalties.dragan > 0) {
    refuse("model.penalties.dragan", "WGAN-GP and DRAGAN ask for slope 1 in different places. Choose one of the two.");
  }
  if (gradientPenalty.length === 0 && penalties.clip === 0 && !hasSpectralNorm(config)) {
    const unbounded = UNBOUNDED[loss];
    if (unbounded !== undefined) warn("model.loss", `${unbounded} Add a gradient penalty, clipping or spectral norm.`);
  }
  if (labelSmoothing < 1 && !isCrossEntropy(loss)) {
    refuse(
      "model.labelSmoothing",
      "Label smoothing changes the target probability of reals; this loss has no target probability. Use minimax or non-saturating.",
    );
  }
  if (unrolledSteps > 0 && layers.some((l) => l.type === "conv2d" || l.type === "conv2dTranspose")) {
    refuse(
      "model.unrolledSteps",
      "Unrolling differentiates through D's updates and is offered for dense networks only. Set it to 0 or use a dense D.",
    );
  }
  const [augmented] = activeAugments(config.model.augment);
  if (augmented !== undefined && datasetOf(config.dataset).kind !== "images") {
    refuse(`model.augment.${augmented}`, "Augmentation changes images; points have none. Set it to 0.");
  }
  if (config.batchSize % packing !== 0) {
    refuse(
      "model.packing",
      `PacGAN packs ${packing} samples together, so the batch size must be a multiple of ${packing}.`,
    );
  }
  if (packing > 1 && loss === "relativistic") {
    warn("model.packing", "The relativistic loss pairs whole packs: one pack of reals with one pack of fakes.");
  }
  for (const { path, text } of misleading(config)) warn(path, text);
  return conflicts;
}

/** Losses whose D can lower its loss for ever by larger scores, and why that ends badly. */
const UNBOUNDED: Partial<Record<LossId, string>> = {
  wasserstein: "The Wasserstein loss without a Lipschitz bound grows without end.",
  "f-forward-kl": "This divergence has no bound: where fakes miss the data, D's scores grow until numbers run away.",
  "f-reverse-kl": "This divergence has no bound: where fakes miss the data, D's scores grow until numbers run away.",
  "f-pearson": "This divergence has no bound: where fakes miss the data, D's scores grow until numbers run away.",
};
