/** What several presets share: optimisers, wide toy networks, the decaying learning rate. No experiments here. */
import type { LayerSpec } from "../architecture/layers";
import { STACKS, type StackId } from "../architecture/stacks";
import { DEFAULT_CONFIG, type ExperimentConfig, type GanConfig, type OptimizerConfig, withChanges } from "../config";
import { type DatasetId, dataShape } from "../datasets";

/** Adam, unless told otherwise with PyTorch's epsilon. β1 = 0.5 as in Radford et al. 2016, section 4; 0 with gradient penalties. */
export function adam(learningRate: number, beta1 = 0.5, beta2 = 0.999, epsilon = 1e-8): OptimizerConfig {
  return { type: "adam", learningRate, beta1, beta2, epsilon };
}

/** Learning rates that stay as they are. */
export const CONSTANT: ExperimentConfig["schedule"] = { type: "constant", steps: 10_000, finalRatio: 0.01 };

/** Both networks' layers of a named stack, for a dataset and a latent size. */
export function stackLayers(stack: StackId, dataset: DatasetId, latentSize: number) {
  const shape = dataShape(dataset);
  return {
    generator: { layers: STACKS[stack].generator(shape, latentSize) },
    discriminator: { layers: STACKS[stack].discriminator(shape, latentSize) },
  };
}

/** The same for both networks or both players. */
export const both = <const T>(own: T) => ({ discriminator: own, generator: own });

/**
 * The recipe for two-dimensional targets: three layers of 128 with leaky ReLU, z of 2, batches of 256, Adam with a
 * rate that falls to a hundredth along a straight line. The decay matters more for sharp samples than the choice of loss.
 *
 * @param dataset a two-dimensional target
 * @param steps length of the decay, in training steps
 * @param optimizer of both players; Adam 1e-3 with betas .5 and .999 unless given
 */
export function planeRecipe(dataset: DatasetId, steps: number, optimizer = adam(1e-3)): GanConfig {
  const { generator, discriminator } = stackLayers("toy-wide", dataset, 2);
  return withChanges(DEFAULT_CONFIG, {
    dataset,
    latent: { size: 2, prior: "normal" },
    batchSize: 256,
    networks: {
      generator: { ...generator, initializer: "he" },
      discriminator: { ...discriminator, initializer: "he" },
    },
    players: both({ optimizer }),
    schedule: { type: "linear", steps, finalRatio: 0.01 },
  });
}

/** Hidden layers of G in the relativistic recipe: two more than D has. */
const DEEP = 5;

/**
 * The relativistic loss with R1 and R2 (Huang et al. 2024, R3GAN, on toy data): no momentum, and two steps of D to each of G,
 * as a D closer to its optimum tells how full each part of the data should be. G is deeper than the other recipes': it has to
 * be steep between clusters, and slopes multiply from layer to layer.
 */
export function relativisticRecipe(dataset: DatasetId, steps: number): GanConfig {
  const plane = planeRecipe(dataset, steps, adam(3e-3, 0, 0.99));
  const hidden: LayerSpec = { type: "dense", units: 128, activation: "leakyRelu", alpha: 0.2 };
  const layers = [...Array.from({ length: DEEP }, () => hidden), ...plane.networks.generator.layers.slice(-1)];
  return withChanges(plane, {
    networks: { generator: { layers } },
    players: { discriminator: { turns: 2 } },
    model: { loss: "relativistic", penalties: { r1: 0.1, r2: 0.1 } },
  });
}

/**
 * The default's networks, made to fail: G's first weights are so small that all fakes begin in one place, and D is three times
 * as quick as G. G's Adam has a large epsilon: with a tiny one it divides a vanishing gradient by its own size, which hides
 * that it vanishes.
 */
export function collapsingRecipe(steps: number): GanConfig {
  return withChanges(DEFAULT_CONFIG, {
    networks: { generator: { initializer: "dcgan" }, discriminator: { initializer: "glorot" } },
    players: {
      generator: { optimizer: adam(1e-3, 0.5, 0.999, 1e-3) },
      discriminator: { optimizer: adam(3e-3) },
    },
    schedule: { type: "linear", steps, finalRatio: 0.01 },
  });
}
