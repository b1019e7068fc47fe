/** A network's state on the device: weights, batch-norm statistics, spectral vectors, an average. Not who trains it: player.ts. */
import * as tf from "@tensorflow/tfjs";
import type { InitializerId } from "../../core/architecture/layers";
import type { Moments } from "../layers";
import { initialValues } from "./initializers";
import type { Network } from "./network";
import { createSpectralStates, normalizeKernels, powerIteration, type SpectralState } from "./spectral-norm";

/** Share of the old value in batch norm's moving statistics: a window of some ten updates. */
const MOVING_MOMENTUM = 0.9;

interface MovingMoments {
  readonly mean: tf.Variable;
  readonly variance: tf.Variable;
}

export interface NetworkOptions {
  readonly name: string;
  readonly network: Network;
  readonly initializer: InitializerId;
  readonly seed: number;
  /** The random stream of the initial weights. */
  readonly stream: number;
  /** Tells networks of a model apart in the random stream of spectral vectors. */
  readonly place: number;
  /** Whether a moving average of the weights is kept. */
  readonly averaged: boolean;
  /** Initial weights by saved name, where they are not to be drawn. */
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/** One network's tensors, and what is done to all of them at once. Disposed by its owner. */
export class NetworkState {
  readonly name: string;
  readonly network: Network;
  /** In the order of network.weights. */
  readonly variables: readonly tf.Variable[];
  /** Moving average of the weights, or null. */
  readonly average: readonly tf.Variable[] | null;
  readonly moments: ReadonlyMap<number, MovingMoments>;
  readonly spectral: readonly SpectralState[];

  constructor({ name, network, initializer, seed, stream, place, averaged, weights }: NetworkOptions) {
    this.name = name;
    this.network = network;
    this.variables = network.weights.map((info) => {
      const description = network.layers[info.layer];
      if (description === undefined) throw new Error(`Layer ${info.layer} is missing; this is a bug.`);
      const given = weights.get(`${name}/weights/${info.key}`);
      return variable(
        given?.slice() ?? initialValues(description, info, info.layer, initializer, seed, stream),
        info.shape,
      );
    });
    this.average = averaged ? this.variables.map(copyOf) : null;
    this.moments = new Map(
      network.normalized.map(({ layer, channels }) => [
        layer,
        {
          mean: variable(new Float32Array(channels), [channels]),
          variance: variable(new Float32Array(channels).fill(1), [channels]),
        },
      ]),
    );
    this.spectral = createSpectralStates(network, this.variables, seed, place);
  }

  /** Weights as forward passes take them; differentiable in `weights`. */
  effective(weights: readonly tf.Tensor[] = this.variables): readonly tf.Tensor[] {
    return normalizeKernels(this.spectral, weights);
  }

  iterateSpectralNorm(): void {
    powerIteration(this.spectral, this.variables);
  }

  /** Moves batch norm's statistics towards those of one batch. */
  moveMoments(batch: ReadonlyMap<number, Moments>): void {
    for (const [layer, { mean, variance }] of this.moments) {
      const seen = batch.get(layer);
      if (seen === undefined) continue;
      mean.assign(mix(mean, seen.mean, MOVING_MOMENTUM));
      variance.assign(mix(variance, seen.variance, MOVING_MOMENTUM));
    }
  }

  /** One step of the moving average of the weights. */
  moveAverage(decay: number): void {
    for (const [i, average] of (this.average ?? []).entries()) {
      const weight = this.variables[i];
      if (weight !== undefined) average.assign(mix(average, weight, decay));
    }
  }

  /** Every tensor that the network's future depends on, under the name it is saved with, in a fixed order. */
  tensors(): { readonly name: string; readonly variable: tf.Variable }[] {
    const { name } = this;
    const keys = this.network.weights.map((info) => info.key);
    const path = (layer: number) => this.network.layers[layer]?.path ?? layer;
    return [
      ...this.variables.map((variable, i) => ({ name: `${name}/weights/${keys[i]}`, variable })),
      ...[...this.moments].flatMap(([layer, { mean, variance }]) => [
        { name: `${name}/moving/${path(layer)}/mean`, variable: mean },
        { name: `${name}/moving/${path(layer)}/variance`, variable: variance },
      ]),
      ...this.spectral.flatMap(({ layer, u, v }) => [
        { name: `${name}/spectral/${path(layer)}/u`, variable: u },
        { name: `${name}/spectral/${path(layer)}/v`, variable: v },
      ]),
      ...(this.average ?? []).map((variable, i) => ({ name: `${name}/average/${keys[i]}`, variable })),
    ];
  }

  dispose(): void {
    for (const { variable } of this.tensors()) variable.dispose();
  }
}

const mix = (old: tf.Tensor, now: tf.Tensor, decay: number): tf.Tensor =>
  tf.add(tf.mul(old, decay), tf.mul(now, 1 - decay));

/** A variable that starts with the given numbers. The caller disposes it. */
export function variable(values: Float32Array, shape: readonly number[]): tf.Variable {
  return tf.tidy(() => tf.variable(tf.tensor(values, [...shape]), false));
}

/** A variable with numbers of its own: tf.variable alone would share the buffer, which an update in place would write to. */
function copyOf(weight: tf.Tensor): tf.Variable {
  return tf.tidy(() => tf.variable(tf.add(weight, 0), false));
}
