/**
 * Experiments that run and teach the wrong thing, because a layer or an optimiser hides what one wants to see. Sentences for
 * people, each with what to do; nothing here keeps an experiment from running.
 */
import { type Activation, flatSpecs, type LayerSpec } from "./architecture/layers";
import type { AdversarialConfig } from "./config";
import { type DatasetId, datasetOf } from "./datasets";
import { formatNumber } from "./format";

export interface Caution {
  /** Which value to change, as a path into the configuration. */
  readonly path: string;
  readonly text: string;
}

export function misleading(config: AdversarialConfig): Caution[] {
  const cautions: Caution[] = [];
  const say = (path: string, text: string) => cautions.push({ path, text });
  const { generator, discriminator } = config.networks;
  const { optimizer } = config.players.discriminator;
  if (flatSpecs(discriminator.layers).some(({ type }) => type === "batchNorm")) {
    say(
      "networks.discriminator.layers",
      "Batch norm in D brings a batch of fakes to the same mean and spread as a batch of reals, so D is blind to a shift or a scale of G's samples. Use layer norm or spectral norm in D, or none.",
    );
  }
  const last = finalLayer(generator.layers);
  if (last?.type === "batchNorm") {
    say(
      "networks.generator.layers",
      "Batch norm on G's output fixes the mean and spread of every batch of samples, whatever G's weights do. DCGAN leaves it out there (Radford et al. 2016, section 3); end G with a layer of its own.",
    );
  }
  const range = last === undefined ? null : unreachable(last, config.dataset);
  if (range !== null) say("networks.generator.layers", range);
  if (config.model.unrolledSteps > 0 && (optimizer.type === "adam" || optimizer.type === "rmsprop")) {
    const name = optimizer.type === "adam" ? "Adam" : "RMSProp";
    say(
      "model.unrolledSteps",
      `D's unrolled updates divide by ${name}'s running averages, which count as constants in G's gradient: G does not see how its samples would change them. SGD or momentum in D unrolls exactly.`,
    );
  }
  return cautions;
}

/** The layer that makes G's numbers: those after it only arrange them. */
function finalLayer(layers: readonly LayerSpec[]): LayerSpec | undefined {
  return layers.findLast(({ type }) => type !== "reshape" && type !== "flatten" && type !== "dropout");
}

/** Values that an activation can put out. Those with no entry reach every number. */
const REACH: Partial<Record<Activation, readonly [number, number]>> = {
  relu: [0, Number.POSITIVE_INFINITY],
  tanh: [-1, 1],
  sigmoid: [0, 1],
  elu: [-1, Number.POSITIVE_INFINITY],
  softplus: [0, Number.POSITIVE_INFINITY],
  swish: [-0.2785, Number.POSITIVE_INFINITY],
};

/** Why G cannot make all of the data with this last layer; null when it can. */
function unreachable(last: LayerSpec, dataset: DatasetId): string | null {
  const activation = "activation" in last ? last.activation : undefined;
  const reach = activation === undefined ? undefined : REACH[activation];
  if (activation === undefined || reach === undefined) return null;
  const [low, high] = dataRange(dataset);
  if (reach[0] <= low && high <= reach[1]) return null;
  const values = Number.isFinite(reach[1])
    ? `between ${formatNumber(reach[0], 2)} and ${formatNumber(reach[1], 2)}`
    : `above ${formatNumber(reach[0], 2)}`;
  const cure = datasetOf(dataset).kind === "images" ? "Use tanh there." : "Leave it linear there.";
  return `G ends in ${activation}, whose values lie ${values}, but the data goes from ${formatNumber(low, 2)} to ${formatNumber(high, 2)}: G cannot make all of it, and D finds the rest. ${cure}`;
}

/** All but the outermost points count: nobody misses what one sample in a hundred has. */
const OUTSIDE = 0.005;
const COUNT = 2000;

const ranges = new Map<DatasetId, readonly [number, number]>();

/** Where the numbers of the data lie: pixel values, or coordinates of nearly all points. */
function dataRange(id: DatasetId): readonly [number, number] {
  const dataset = datasetOf(id);
  if (dataset.kind === "images") return dataset.valueRange;
  const known = ranges.get(id);
  if (known !== undefined) return known;
  const sample = new Float32Array(COUNT * dataset.dimension);
  dataset.sample(sample, 1, 0, 0);
  sample.sort();
  const skip = Math.floor(OUTSIDE * sample.length);
  const range = [sample[skip] ?? 0, sample[sample.length - 1 - skip] ?? 0] as const;
  ranges.set(id, range);
  return range;
}
