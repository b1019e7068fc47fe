/** The experiments that the benchmark times, the same for every system. Specifications only; nothing is run. */
import type { LayerSpec } from "../../core/architecture/layers";
import { STACKS } from "../../core/architecture/stacks";
import { DEFAULT_CONFIG, type GanConfig, type OptimizerConfig, withChanges } from "../../core/config";

export const WORK_IDS = ["default", "2d", "mlp", "dcgan", "2d-wgan-gp", "mlp-wgan-gp"] as const;
export type WorkId = (typeof WORK_IDS)[number];

/**
 * One GAN. A step is the same in every system: G makes a batch of fakes from fresh normal latents, which count as constants; D is updated by
 * Adam on one fixed batch of reals and these fakes, in one update; then G is updated by Adam through the new D on a second batch of fresh
 * latents. Everything in float32. Losses on logits: softplus(-D(x)) + softplus(D(G(z))) and softplus(-D(G(z))); with WGAN-GP the differences
 * of means and λ = 10 times the penalty at random points between reals and fakes, one update of D for one of G.
 */
export interface Work {
  readonly name: string;
  /** Shape of one example; reals are standard normal numbers of this shape, kept for all steps. */
  readonly dataShape: readonly number[];
  readonly config: GanConfig;
}

const leaky = (units: number): LayerSpec => ({ type: "dense", units, activation: "leakyRelu", alpha: 0.2 });
const logit: LayerSpec = { type: "dense", units: 1 };
const adam: OptimizerConfig = { type: "adam", learningRate: 2e-4, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 };

interface Networks {
  readonly latent: number;
  readonly batchSize: number;
  readonly generator: readonly LayerSpec[];
  readonly discriminator: readonly LayerSpec[];
}

function configOf({ latent, batchSize, generator, discriminator }: Networks): GanConfig {
  return withChanges(DEFAULT_CONFIG, {
    latent: { size: latent, prior: "normal" },
    batchSize,
    networks: {
      generator: { layers: [...generator], initializer: "glorot" },
      discriminator: { layers: [...discriminator], initializer: "glorot" },
    },
    players: { generator: { optimizer: adam }, discriminator: { optimizer: adam } },
  });
}

function withGradientPenalty(config: GanConfig): GanConfig {
  return withChanges(config, { model: { loss: "wasserstein", penalties: { wganGp: 10 } } });
}

const plane = configOf({
  latent: 2,
  batchSize: 128,
  generator: [leaky(64), leaky(64), { type: "dense", units: 2 }],
  discriminator: [leaky(64), leaky(64), logit],
});

const mlp = configOf({
  latent: 100,
  batchSize: 64,
  generator: [leaky(256), leaky(512), leaky(1024), { type: "dense", units: 784, activation: "tanh" }],
  discriminator: [leaky(1024), leaky(512), leaky(256), logit],
});

const IMAGE = [28, 28, 1];
const dcgan = configOf({
  latent: 64,
  batchSize: 64,
  generator: STACKS["dcgan-small"].generator(IMAGE),
  discriminator: STACKS["dcgan-small"].discriminator(),
});

export const WORKS: Readonly<Record<WorkId, Work>> = {
  default: { name: "the page's first experiment, batch 128", dataShape: [2], config: DEFAULT_CONFIG },
  "2d": { name: "2-64-64-2, batch 128", dataShape: [2], config: plane },
  mlp: { name: "100-256-512-1024-784, batch 64", dataShape: [784], config: mlp },
  dcgan: { name: "DCGAN 28×28, batch 64", dataShape: IMAGE, config: dcgan },
  "2d-wgan-gp": { name: "2-64-64-2, batch 128, WGAN-GP", dataShape: [2], config: withGradientPenalty(plane) },
  "mlp-wgan-gp": {
    name: "100-256-512-1024-784, batch 64, WGAN-GP",
    dataShape: [784],
    config: withGradientPenalty(mlp),
  },
};

export const isWorkId = (name: string): name is WorkId => (WORK_IDS as readonly string[]).includes(name);
