/**
 * Spectral normalisation (Miyato et al. 2018, algorithm 1): a kernel divided by an estimate of its largest singular value,
 * σ = vᵀ W u, W being the kernel as a matrix [-1, last axis]. u and v are constants of the gradient; the trainer does one
 * power iteration at the start of each training step. Not the forward pass.
 */
import * as tf from "@tensorflow/tfjs";
import { normals, STREAMS, subStream } from "../core/rng";
import type { Network } from "./networks";

/** One normalised kernel's state. */
export interface SpectralState {
  readonly layer: number;
  /** The kernel's place in the network's list of weights. */
  readonly weight: number;
  readonly u: tf.Variable<tf.Rank.R1>; // [out]
  readonly v: tf.Variable<tf.Rank.R1>; // [in, times the window for convolutions]
}

const TINY = 1e-12; // keeps a kernel of zeros from dividing by zero; far below float32's resolution of a norm

/**
 * Start vectors: u random, v one half iteration away. The caller disposes them.
 * @param part tells players apart in the random stream
 */
export function createSpectralStates(
  network: Network,
  variables: readonly tf.Tensor[],
  seed: number,
  part: number,
): SpectralState[] {
  return network.weights.flatMap((info, weight) => {
    const spec = network.layers[info.layer]?.spec;
    const kernel = variables[weight];
    const normalized = spec !== undefined && "spectralNorm" in spec && spec.spectralNorm === true;
    if (!normalized || info.name !== "kernel" || kernel === undefined) return [];
    return [
      tf.tidy(() => {
        const columns = info.shape.at(-1) ?? 1;
        const start = normals(new Float32Array(columns), seed, subStream(STREAMS.spectral, part, info.layer), 0);
        const u = unit(tf.tensor1d(start));
        const v = unit(times(kernel, u));
        return { layer: info.layer, weight, u: tf.variable(u, false), v: tf.variable(v, false) };
      }),
    ];
  });
}

/** One power iteration: v = normalise(W u), u = normalise(Wᵀ v). */
export function powerIteration(states: readonly SpectralState[], variables: readonly tf.Tensor[]): void {
  for (const { weight, u, v } of states) {
    const kernel = variables[weight];
    if (kernel === undefined) continue;
    tf.tidy(() => {
      v.assign(unit(times(kernel, u)));
      const back = tf.matMul(asMatrix(kernel), tf.reshape(v, [-1, 1]) as tf.Tensor2D, true);
      u.assign(unit(tf.reshape(back, [-1])));
    });
  }
}

/** The weights with normalised kernels in their places, differentiable in the weights. */
export function normalizeKernels(
  states: readonly SpectralState[],
  weights: readonly tf.Tensor[],
): readonly tf.Tensor[] {
  if (states.length === 0) return weights;
  const result = [...weights];
  for (const { weight, u, v } of states) {
    const kernel = result[weight];
    if (kernel === undefined) continue;
    const outer = tf.matMul(tf.reshape(v, [-1, 1]) as tf.Tensor2D, tf.reshape(u, [1, -1]) as tf.Tensor2D);
    const sigma = tf.sum(tf.mul(asMatrix(kernel), outer)); // = vᵀ W u
    result[weight] = tf.div(kernel, sigma);
  }
  return result;
}

const asMatrix = (kernel: tf.Tensor): tf.Tensor2D => tf.reshape(kernel, [-1, kernel.shape.at(-1) ?? 1]);

const times = (kernel: tf.Tensor, u: tf.Tensor): tf.Tensor1D =>
  tf.reshape(tf.matMul(asMatrix(kernel), tf.reshape(u, [-1, 1]) as tf.Tensor2D), [-1]);

const unit = (x: tf.Tensor): tf.Tensor1D => tf.div(x, tf.add(tf.sqrt(tf.sum(tf.square(x))), TINY));
