/**
 * Spectral normalisation (Miyato et al. 2018, algorithm 1): a kernel divided by an estimate of its largest singular value,
 * σ = vᵀ W u, W being the kernel as a matrix [-1, out]. u and v are constants of the gradient; a network does some power
 * iterations when it is built and one before every update of its own. Not the forward pass.
 */
import * as tf from "@tensorflow/tfjs";
import { normals, STREAMS, subStream } from "../../core/rng";
import type { Network } from "./network";

/** One normalised kernel's state. */
export interface SpectralState {
  readonly layer: number;
  /** The kernel's place in the network's list of weights. */
  readonly weight: number;
  /** Whether the kernel is HWOI, as a transposed convolution's: outputs are its third axis. */
  readonly transposed: boolean;
  readonly u: tf.Variable<tf.Rank.R1>; // [out]
  readonly v: tf.Variable<tf.Rank.R1>; // [in, times the window for convolutions]
}

const TINY = 1e-12; // keeps a kernel of zeros from dividing by zero; far below float32's resolution of a norm
/** Iterations on the initial weights: one alone underestimates σ several times (as in torch.nn.utils.parametrizations). */
const ITERATIONS_AT_START = 15;

/**
 * Start vectors: u random, then power iterations. The caller disposes them.
 * @param part tells networks apart in the random stream
 */
export function createSpectralStates(
  network: Network,
  variables: readonly tf.Tensor[],
  seed: number,
  part: number,
): SpectralState[] {
  const states = network.weights.flatMap((info, weight): SpectralState[] => {
    const spec = network.layers[info.layer]?.spec;
    const kernel = variables[weight];
    const normalized = spec !== undefined && "spectralNorm" in spec && spec.spectralNorm === true;
    if (!normalized || info.name !== "kernel" || kernel === undefined) return [];
    const transposed = spec.type === "conv2dTranspose";
    const out = info.shape.at(transposed ? -2 : -1) ?? 1;
    const start = normals(new Float32Array(out), seed, subStream(STREAMS.spectral, part, info.layer), 0);
    return [
      tf.tidy(() => {
        const u = tf.variable<tf.Rank.R1>(unit(tf.tensor1d(start)), false);
        const v = tf.variable<tf.Rank.R1>(tf.zeros([kernel.size / out]), false);
        return { layer: info.layer, weight, transposed, u, v };
      }),
    ];
  });
  for (let i = 0; i < ITERATIONS_AT_START; i++) powerIteration(states, variables);
  return states;
}

/** One power iteration: v = normalise(W u), u = normalise(Wᵀ v). */
export function powerIteration(states: readonly SpectralState[], variables: readonly tf.Tensor[]): void {
  for (const { weight, transposed, u, v } of states) {
    const kernel = variables[weight];
    if (kernel === undefined) continue;
    tf.tidy(() => {
      const matrix = asMatrix(kernel, transposed);
      v.assign(unit(times(matrix, u)));
      const back = tf.matMul(matrix, tf.reshape(v, [-1, 1]) as tf.Tensor2D, true);
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
  for (const { weight, transposed, u, v } of states) {
    const kernel = result[weight];
    if (kernel === undefined) continue;
    const outer = tf.matMul(tf.reshape(v, [-1, 1]) as tf.Tensor2D, tf.reshape(u, [1, -1]) as tf.Tensor2D);
    const sigma = transposed
      ? tf.sum(tf.mul(kernel, swapChannels(tf.reshape(outer, swapped(kernel.shape)))))
      : tf.sum(tf.mul(asMatrix(kernel, false), outer)); // = vᵀ W u
    result[weight] = tf.div(kernel, sigma);
  }
  return result;
}

/** The matrix [-1, out] whose singular values count. @param transposed whether the kernel is HWOI */
export function asMatrix(kernel: tf.Tensor, transposed: boolean): tf.Tensor2D {
  const last = transposed ? swapChannels(kernel) : kernel;
  return tf.reshape(last, [-1, last.shape.at(-1) ?? 1]);
}

/** HWOI to HWIO, or back. */
const swapChannels = (kernel: tf.Tensor): tf.Tensor => tf.transpose(kernel, [0, 1, 3, 2]);
const swapped = ([height = 1, width = 1, third = 1, last = 1]: readonly number[]) => [height, width, last, third];

const times = (matrix: tf.Tensor2D, u: tf.Tensor): tf.Tensor1D =>
  tf.reshape(tf.matMul(matrix, tf.reshape(u, [-1, 1]) as tf.Tensor2D), [-1]);

const unit = (x: tf.Tensor): tf.Tensor1D => tf.div(x, tf.add(tf.sqrt(tf.sum(tf.square(x))), TINY));
