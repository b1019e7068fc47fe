/** Fits an experiment to other data: which stack it uses, and what a change of dataset does to it. No tensors. */
import { DEFAULT_CONFIG, type ExperimentConfig } from "../config";
import { type DatasetId, dataShape, datasetOf } from "../datasets";
import { dcganStart } from "../presets/mnist-dcgan";
import type { LayerSpec } from "./layers";
import { defaultStack, STACK_IDS, STACKS, type StackId } from "./stacks";

/** The named stack whose two networks the experiment has, layer for layer; null when somebody edited them. */
export function stackOf(config: ExperimentConfig): StackId | null {
  const { generator, discriminator } = config;
  return (
    STACK_IDS.find((id) => {
      const stack = stackNetworks(id, config.dataset, config.latent.size);
      return same(stack.generator, generator.layers) && same(stack.discriminator, discriminator.layers);
    }) ?? null
  );
}

/** The named stacks that fit a dataset. */
export function stacksFor(dataset: DatasetId): StackId[] {
  const { kind } = datasetOf(dataset);
  return STACK_IDS.filter((id) => STACKS[id].kind === kind);
}

/** The experiment with both networks replaced by a named stack. */
export function withStack(config: ExperimentConfig, id: StackId): ExperimentConfig {
  const stack = stackNetworks(id, config.dataset, config.latent.size);
  return {
    ...config,
    generator: { ...config.generator, layers: stack.generator },
    discriminator: { ...config.discriminator, layers: stack.discriminator },
  };
}

/**
 * The experiment on another dataset. Data of the same shape keep the networks as they are. Data of another shape get the
 * same named stack, built for them, where it fits their kind, else the stack to begin with. From points to images or back,
 * latent, initialisers, optimisers, averaging and schedule also begin anew, because what suits the one does not train the other.
 */
export function withDataset(config: ExperimentConfig, dataset: DatasetId): ExperimentConfig {
  const shape = dataShape(dataset);
  const next = { ...config, dataset };
  if (same(shape, dataShape(config.dataset))) return next;
  const { kind } = datasetOf(dataset);
  const stack = stackOf(config);
  if (kind === datasetOf(config.dataset).kind) return withStack(next, stack ?? defaultStack(shape));
  const start = kind === "images" ? dcganStart : DEFAULT_CONFIG;
  const begun: ExperimentConfig = {
    ...next,
    latent: start.latent,
    batchSize: start.batchSize,
    generator: start.generator,
    discriminator: start.discriminator,
    schedule: start.schedule,
  };
  return withStack(begun, defaultStack(shape));
}

function stackNetworks(id: StackId, dataset: DatasetId, latentSize: number) {
  const shape = dataShape(dataset);
  if (STACKS[id].kind !== datasetOf(dataset).kind) return { generator: [], discriminator: [] };
  return {
    generator: STACKS[id].generator(shape, latentSize),
    discriminator: STACKS[id].discriminator(shape, latentSize),
  };
}

/** Equal as values; keys of layers in any order. */
function same(a: readonly (LayerSpec | number)[], b: readonly (LayerSpec | number)[]): boolean {
  const text = (value: LayerSpec | number) =>
    typeof value === "number"
      ? String(value)
      : JSON.stringify(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)));
  return a.length === b.length && a.every((value, i) => text(value) === text(b[i] ?? Number.NaN));
}
