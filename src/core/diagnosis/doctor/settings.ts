/** The settings that remedies read and change, each in one place. No rules. */
import { flatSpecs, type LayerSpec } from "../../architecture/layers";
import { activeAugments, suggestedAugment } from "../../augment";
import { type AdversarialConfig, withChanges, withLoss } from "../../config";
import { datasetOf } from "../../datasets";
import { formatNumber } from "../../format";
import type { LossId } from "../../losses";
import type { GanNetwork } from "../../models/gan";
import type { PenaltyId } from "../../penalties";
import type { Remedy } from "./types";

export const rateOf = (config: AdversarialConfig, player: GanNetwork): number =>
  config.players[player].optimizer.learningRate;

const LETTER: Readonly<Record<GanNetwork, string>> = { discriminator: "D", generator: "G" };

/** A player's learning rate times a factor. */
export function changeRate(config: AdversarialConfig, player: GanNetwork, factor: number): Remedy {
  const before = rateOf(config, player);
  const after = Number(Math.min(1, before * factor).toPrecision(3));
  const { players } = config;
  const optimizer = { ...players[player].optimizer, learningRate: after };
  return {
    words: `${factor < 1 ? "Lower" : "Raise"} ${LETTER[player]}'s learning rate from ${text(before)} to ${text(after)}.`,
    config: { ...config, players: { ...players, [player]: { ...players[player], optimizer } } },
  };
}

/** Both learning rates times a factor. */
export function changeRates(config: AdversarialConfig, factor: number): Remedy {
  const both = changeRate(changeRate(config, "discriminator", factor).config, "generator", factor).config;
  const rates = `D's to ${text(rateOf(both, "discriminator"))}, G's to ${text(rateOf(both, "generator"))}`;
  return { words: `${factor < 1 ? "Lower" : "Raise"} both learning rates: ${rates}.`, config: both };
}

export function changeLoss(config: AdversarialConfig, loss: LossId, words: string): Remedy {
  return { words, config: withLoss(config, loss) };
}

export const penaltyOf = (config: AdversarialConfig, id: PenaltyId): number => config.model.penalties[id];

export function changePenalty(config: AdversarialConfig, id: PenaltyId, strength: number, words: string): Remedy {
  const penalties = { ...config.model.penalties, [id]: strength };
  return { words, config: { ...config, model: { ...config.model, penalties } } };
}

export const packingOf = (config: AdversarialConfig): number => config.model.packing;

export function changePacking(config: AdversarialConfig, packing: number, words: string): Remedy {
  return { words, config: { ...config, model: { ...config.model, packing } } };
}

export const instanceNoiseOf = (config: AdversarialConfig): number => config.model.instanceNoise;

export function changeInstanceNoise(config: AdversarialConfig, instanceNoise: number, words: string): Remedy {
  return { words, config: { ...config, model: { ...config.model, instanceNoise } } };
}

/** Images below which augmentation gains most: a tenth of CIFAR-10 (Zhao et al. 2020, table 3). */
const FEW_IMAGES = 5_000;

/** Whether there are so few training images that D may soon know each of them. */
export function hasFewImages({ dataset }: AdversarialConfig): boolean {
  const data = datasetOf(dataset);
  return data.kind === "images" && data.trainCount <= FEW_IMAGES;
}

/** Augmentation of everything that D sees; null where there is some, or nothing to augment. */
export function addAugment(config: AdversarialConfig): Remedy | null {
  const data = datasetOf(config.dataset);
  if (data.kind !== "images" || activeAugments(config.model.augment).length > 0) return null;
  const augment = suggestedAugment(data);
  const mirrored = augment.flip > 0 ? "mirrored, " : "";
  return {
    words: `Show D every image in ever new ways, ${mirrored}moved, tinted and partly hidden, reals and fakes alike (augmentation, Zhao et al. 2020).`,
    config: { ...config, model: { ...config.model, augment } },
  };
}

export const batchSizeOf = (config: AdversarialConfig): number => config.batchSize;

export function changeBatchSize(config: AdversarialConfig, batchSize: number): Remedy {
  const words = `Raise the batch size from ${config.batchSize} to ${batchSize}.`;
  return { words, config: { ...config, batchSize } };
}

export function changeInitializer(config: AdversarialConfig, words: string): Remedy {
  return { words, config: withChanges(config, { networks: { discriminator: { initializer: "he" } } }) };
}

/** Layer norm in the place of D's batch norm: each sample by its own mean and spread. */
export function withoutBatchNorm(config: AdversarialConfig): Remedy {
  const layers = config.networks.discriminator.layers.map(
    (layer): LayerSpec => (layer.type === "batchNorm" ? { type: "layerNorm", epsilon: 1e-5 } : layer),
  );
  const words = "Put layer norm in the place of D's batch norm: it looks at each sample alone.";
  return { words, config: withChanges(config, { networks: { discriminator: { layers } } }) };
}

/** Whether a network mixes the samples of a batch by batch norm. */
export function hasBatchNorm(config: AdversarialConfig, network: GanNetwork): boolean {
  return flatSpecs(config.networks[network].layers).some(({ type }) => type === "batchNorm");
}

const text = (value: number) => formatNumber(value, 2);
