/**
 * How much memory training takes, before any is taken. Estimates from shapes alone; nothing is allocated. The factors were
 * measured on WebAssembly, which takes the most: what runs there was between 0.7 and 1.05 of the estimate.
 */
import { type ExperimentConfig, networkOf, type OptimizerType, playerOf } from "../config";
import { dataShape } from "../datasets";
import { formatBytes } from "../format";
import { modelOf, type PassCost } from "../models";
import { describeOwn, flatLayers, type Shape, size } from "./shapes";

/**
 * What one experiment may take: the addresses that WebAssembly has, less TensorFlow.js's own needs and gaps between tensors.
 * It bounds runs on a graphics card as well, as they go on in WebAssembly when the card is lost, and nobody can ask how
 * much memory a card has.
 */
export const MEMORY_LIMIT = 2 ** 32 - 2 ** 27;

const FLOAT = 4; // bytes

/** Moving averages that an optimiser keeps of every weight. */
const SLOTS: Record<OptimizerType, number> = { adam: 2, momentum: 1, rmsprop: 1, sgd: 0 };

/** A recorded step reads one set of weights and averages and writes the other. */
const COPIES = 2;

/** Gradients and intermediate results of an update, in sizes of the updated network's weights. */
const UPDATE: Record<OptimizerType, number> = { adam: 9, momentum: 9, rmsprop: 14, sgd: 9 };

/** What a layer's output is kept as in a step: before and after its activation, the gradients of both, their products. */
const PER_ACTIVATION = 7;
/** The same for the second derivatives of a gradient penalty. */
const PER_PENALIZED = 14;
/** For each D-step that unrolling looks ahead: all its intermediate results stay until G's gradient went through them. */
const UNROLLED = { weights: 50, activations: 20 };

/** Points at which D is asked for a picture of the plane, at once. */
const VIEW_POINTS = 2500;

interface NetworkSize {
  readonly parameters: number;
  /** Numbers that all layers put out for one example. */
  readonly activations: number;
}

/** Nothing where layers do not fit: then shapes.ts refuses the experiment. */
function networkSize(config: ExperimentConfig, name: string, shape: Shape): NetworkSize {
  const network = describeOwn(config, name, shape);
  if ("error" in network) return { parameters: 0, activations: 0 };
  const activations = flatLayers(network.layers).reduce((sum, { outputShape }) => sum + size(outputShape), 0);
  return { parameters: network.parameters, activations };
}

interface Needs {
  /** The weights themselves, once. */
  readonly weights: number;
  /** As long as the networks live. */
  readonly kept: number;
  /** At the worst moment of a step, or of a view. */
  readonly passing: number;
}

/** Bytes that one arm needs. */
function needsOf(config: ExperimentConfig, shape: Shape): Needs {
  const { networks, players, judge } = modelOf(config);
  const sizes = new Map(Object.keys(networks).map((name) => [name, networkSize(config, name, shape)]));
  const sizeOf = (name: string) => sizes.get(name) ?? { parameters: 0, activations: 0 };
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

  const kept = Object.keys(networks).map((name) => {
    const copies = 1 + (networkOf(config, name).ema > 0 ? 1 : 0);
    return copies * sizeOf(name).parameters;
  });
  const turns = Object.entries(players).map(([name, role]) => {
    const { type } = playerOf(config, name).optimizer;
    const learned = sum(role.updates.map((network) => sizeOf(network).parameters));
    return { slots: SLOTS[type] * learned, passing: UPDATE[type] * learned + passesNeed(role.passes(config), sizeOf) };
  });
  const view = judge === null || shape.length > 1 ? 0 : 2 * VIEW_POINTS * sizeOf(judge).activations;
  return {
    weights: FLOAT * sum([...sizes.values()].map(({ parameters }) => parameters)),
    kept: FLOAT * COPIES * (sum(kept) + sum(turns.map(({ slots }) => slots))),
    passing: FLOAT * Math.max(view, ...turns.map(({ passing }) => passing)),
  };
}

/** Numbers that a turn's passes keep until its gradient went through them. */
function passesNeed(passes: readonly PassCost<string>[], sizeOf: (network: string) => NetworkSize): number {
  return passes.reduce((sum, { network, examples, kind, times = 1 }) => {
    const { parameters, activations } = sizeOf(network);
    const outputs = examples * activations;
    if (kind === "ahead") return sum + times * (UNROLLED.weights * parameters + UNROLLED.activations * outputs);
    return sum + times * (kind === "penalty" ? PER_PENALIZED : PER_ACTIVATION) * outputs;
  }, 0);
}

/** An arm's configuration, and the shape of one example of its data where that is not its dataset's. */
export interface MemoryUser {
  readonly config: ExperimentConfig;
  readonly shape?: Shape;
}

/** Bytes that training takes at its worst moment: what all arms keep, and the largest step, as they take steps in turn. */
export function trainingBytes(arms: readonly MemoryUser[]): number {
  const needs = arms.map(({ config, shape }) => needsOf(config, shape ?? dataShape(config.dataset)));
  return needs.reduce((sum, { kept }) => sum + kept, 0) + Math.max(0, ...needs.map(({ passing }) => passing));
}

/** Why these arms cannot be trained side by side, in a sentence with the number; null when they can. */
export function memoryRefusal(arms: readonly MemoryUser[]): string | null {
  const bytes = trainingBytes(arms);
  if (bytes <= MEMORY_LIMIT) return null;
  const weights = arms.reduce(
    (sum, { config, shape }) => sum + needsOf(config, shape ?? dataShape(config.dataset)).weights,
    0,
  );
  const [what, cure] =
    arms.length === 1
      ? ["These networks", "Make the layers or the batch smaller."]
      : [`These ${arms.length} arms together`, "Make the layers or the batch smaller, or compare fewer arms."];
  return `${what} need about ${formatBytes(bytes)} of memory: ${formatBytes(weights)} for weights, the rest for gradients, the optimiser's averages and a minibatch's activations. There are ${formatBytes(MEMORY_LIMIT)}. ${cure}`;
}
