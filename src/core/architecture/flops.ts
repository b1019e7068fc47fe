/** How many floating-point operations a training step's matrix products and convolutions take. Counts only; nothing is run or timed. */
import { type ExperimentConfig, playerOf } from "../config";
import { modelOf, type PassCost } from "../models";
import { LAYER_TABLE } from "./layer-table";
import type { Activation, LayerSpec } from "./layers";
import { describeOwn, flatLayers, type LayerDescription, type Shape } from "./shapes";

/** A multiplication and an addition. */
const PER_PRODUCT = 2;

/** Activations made of straight pieces: their second derivative is zero, so no gradient flows through their slope. */
const STRAIGHT: ReadonlySet<Activation> = new Set(["linear", "relu", "leakyRelu"]);

/**
 * Floating-point operations of one layer on one example, forward: two for each product of its matrices and convolutions, padding
 * included; elementwise work (normalisation, activations and the like) is a small part of a step and is left out.
 */
export function layerFlops(layer: LayerDescription): number {
  return PER_PRODUCT * LAYER_TABLE[layer.spec.type].products(layer);
}

/** The products of one network on one example. Each of its layers has three, of equal cost: output, weight gradient, input gradient. */
interface NetworkFlops {
  readonly forward: number;
  /** The first layer with products: whoever has no use for the gradient of the network's input saves one product there. */
  readonly first: number;
  readonly last: number;
  /** Up to and including the last layer whose activation is curved. */
  readonly curved: number;
}

/** @throws Error naming the layer that does not fit */
function networkFlops(config: ExperimentConfig, name: string, dataShape: Shape): NetworkFlops {
  const network = describeOwn(config, name, dataShape);
  if ("error" in network) throw new Error(`The products of this network cannot be counted: ${network.error}`);
  const all = flatLayers(network.layers);
  const each = all.map(layerFlops);
  const sum = (costs: readonly number[]) => costs.reduce((a, b) => a + b, 0);
  const bent = all.findLastIndex(({ spec }) => isCurved(spec));
  return {
    forward: sum(each),
    first: each.find((cost) => cost > 0) ?? 0,
    last: each.findLast((cost) => cost > 0) ?? 0,
    curved: sum(each.slice(0, bent + 1)),
  };
}

function isCurved(spec: LayerSpec): boolean {
  if (LAYER_TABLE[spec.type].curved) return true;
  return "activation" in spec && spec.activation !== undefined && !STRAIGHT.has(spec.activation);
}

/** Floating-point operations of one example's pass. */
const PASSES: Record<PassCost<string>["kind"], (network: NetworkFlops) => number> = {
  forward: ({ forward }) => forward,
  through: ({ forward }) => 2 * forward,
  learned: ({ forward, first }) => 3 * forward - first,
  inner: ({ forward }) => 3 * forward,
  // Forward and the gradient of the input: 2. Backwards through that gradient: 2, less the last layer's, whose gradient is the constant 1.
  // Where activations bend, it also runs down the forward pass from them: 2, less the first layer's input.
  penalty: ({ forward, first, last, curved }) => 4 * forward - last + (curved > 0 ? 2 * curved - first : 0),
  ahead: () => 0,
};

/**
 * Floating-point operations of one training step, all turns of all players: two for each product of dense layers and convolutions.
 * Products with what is known to be constant, and gradients that nobody uses, are left out. A gradient penalty counts D forward and back
 * at its points, and the gradient of that gradient.
 *
 * Not counted: normalisation, activations, losses, optimisers, spectral norm's power iteration, unrolled look-ahead, and reals in G's
 * own loss (relativistic, feature matching). So a rate computed from it is never flattering.
 *
 * @param dataShape shape of one example of the data
 * @throws Error naming the layer that does not fit
 */
export function stepFlops(config: ExperimentConfig, dataShape: Shape): number {
  const { networks, players } = modelOf(config);
  const each = new Map(Object.keys(networks).map((name) => [name, networkFlops(config, name, dataShape)]));
  const cost = ({ network, examples, kind, times = 1 }: PassCost<string>) => {
    const own = each.get(network);
    return own === undefined ? 0 : times * examples * PASSES[kind](own);
  };
  const sum = (costs: readonly number[]) => costs.reduce((a, b) => a + b, 0);
  return sum(
    Object.entries(players).map(([name, role]) => playerOf(config, name).turns * sum(role.passes(config).map(cost))),
  );
}
