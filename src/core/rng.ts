/**
 * One counter-based generator for the whole project: a random number is a function of (seed, stream, step, index), and of
 * nothing else. So pausing, looking, moving a slider or saving cannot change what training draws, and no generator state is
 * ever saved. Same numbers on every JavaScript engine. Not cryptography, and no distributions over data (core/datasets).
 *
 * Threefry-2x32 with 20 rounds: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
 * key = (seed, stream), counter = (step, block). A block gives two 32-bit words; element i of an array takes word i & 1 of
 * block i >> 1, so it does not depend on the array's length.
 */
import { cosSin24, log24 } from "./elementary";

/** What draws. One number each, below 256; the same number never serves two purposes. Never renumber: runs would change. */
export const STREAMS = {
  initGenerator: 1,
  initDiscriminator: 2,
  minibatch: 3,
  latentD: 4,
  latentG: 5,
  /** x̂ = mix·x + (1-mix)·G(z) of gradient penalties */
  mix: 6,
  dropoutG: 7,
  dropoutD: 8,
  /** instance noise on reals and fakes */
  noise: 9,
  /** real samples shown on the stage */
  view: 10,
  /** latents of the generated samples shown on the stage */
  viewLatent: 11,
  /** real samples for metrics */
  evaluate: 12,
  evaluateLatent: 13,
  shuffle: 14,
  /** the start vectors of spectral normalisation's power iteration */
  spectral: 15,
  /** perturbations of penalties (DRAGAN) */
  perturb: 16,
  /** projections and subsets inside metrics */
  metric: 17,
  /** the random latent a person asks for */
  latentPanel: 18,
  /** classes that fakes are asked for: in D's update and in G's */
  labelD: 19,
  labelG: 20,
  /** augmentation of what D sees: of reals and of fakes, in D's update and in G's */
  augment: 21,
  /** a classifier of real images: its first weights, its minibatches, how images are moved */
  classifier: 40,
} as const;

export type StreamName = keyof typeof STREAMS;

const MAX_SUB = 4096;

/**
 * A stream of its own for the k-th part of a stream (the k-th D step within a training step, a layer), and for the j-th part
 * of that. Collision-free: stream, k and j keep bits of their own (8, 12, 12), and (k, j) = (0, 0) is the stream itself.
 * @throws RangeError when a stream is folded twice, or k or j is not a whole number from 0 to 4095.
 */
export function subStream(stream: number, k: number, j = 0): number {
  if (stream < 0 || stream > 255)
    throw new RangeError(`Stream ${stream} is already a sub-stream: give k and j together.`);
  if (!(Number.isInteger(k) && k >= 0 && k < MAX_SUB && Number.isInteger(j) && j >= 0 && j < MAX_SUB)) {
    throw new RangeError(`A sub-stream's numbers are whole and from 0 to ${MAX_SUB - 1}, not (${k}, ${j}).`);
  }
  return (stream | (k << 8) | (j << 20)) >>> 0;
}

/**
 * Blocks first, first + 1, ... of the sequence with key (k0, k1) and high counter c0, two words each.
 * @param words receives 2 · blocks words (a Uint32Array; its length may be greater)
 */
export function threefryBlocks(
  words: Uint32Array,
  blocks: number,
  k0: number,
  k1: number,
  c0: number,
  first: number,
): void {
  const a = k0 | 0;
  const b = k1 | 0;
  const c = 0x1bd11bda ^ a ^ b; // the parity word of Skein
  for (let i = 0; i < blocks; i++) {
    let x = (c0 + a) | 0;
    let y = (first + i + b) | 0;
    // Four rounds, then a key injection; the rotations are 13 15 26 6 and 17 29 16 24 in turn.
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    x = (x + b) | 0;
    y = (y + c + 1) | 0;
    x = (x + y) | 0;
    y = ((y << 17) | (y >>> 15)) ^ x;
    x = (x + y) | 0;
    y = ((y << 29) | (y >>> 3)) ^ x;
    x = (x + y) | 0;
    y = ((y << 16) | (y >>> 16)) ^ x;
    x = (x + y) | 0;
    y = ((y << 24) | (y >>> 8)) ^ x;
    x = (x + c) | 0;
    y = (y + a + 2) | 0;
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    x = (x + a) | 0;
    y = (y + b + 3) | 0;
    x = (x + y) | 0;
    y = ((y << 17) | (y >>> 15)) ^ x;
    x = (x + y) | 0;
    y = ((y << 29) | (y >>> 3)) ^ x;
    x = (x + y) | 0;
    y = ((y << 16) | (y >>> 16)) ^ x;
    x = (x + y) | 0;
    y = ((y << 24) | (y >>> 8)) ^ x;
    x = (x + b) | 0;
    y = (y + c + 4) | 0;
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    words[2 * i] = x + c;
    words[2 * i + 1] = y + a + 5;
  }
}

const BLOCKS = 256; // a chunk of words stays in the first-level cache
const words = new Uint32Array(2 * BLOCKS); // scratch; no call yields while it is in use
const wave = new Float64Array(2); // likewise: cosine, sine

/** Calls `use(start, count)` for each chunk of `length` elements, whose words lie in `words` from 0 on. */
function forWords(
  length: number,
  seed: number,
  stream: number,
  step: number,
  use: (start: number, count: number) => void,
) {
  for (let start = 0; start < length; start += 2 * BLOCKS) {
    const count = Math.min(2 * BLOCKS, length - start);
    threefryBlocks(words, (count + 1) >> 1, seed, stream, step, start >> 1);
    use(start, count);
  }
}

const UNIT = 2 ** -24;

/** The top 23 bits of a word as an odd whole number below 2^24: times 2^-24 it is exact in float32, never 0 and never 1. */
const odd24 = (word: number) => ((word >>> 9) << 1) | 1;

/** Fills `out` with uniform numbers in (0, 1), ends excluded: the midpoints of 2^23 equal cells. */
export function uniforms(out: Float32Array, seed: number, stream: number, step: number): Float32Array {
  forWords(out.length, seed, stream, step, (start, count) => {
    for (let i = 0; i < count; i++) out[start + i] = odd24(words[i] ?? 0) * UNIT;
  });
  return out;
}

/** Fills `out` with standard normal numbers: Box and Muller (1958), a block's two words giving two numbers; |n| < 5.8. */
export function normals(out: Float32Array, seed: number, stream: number, step: number): Float32Array {
  forWords(out.length, seed, stream, step, (start, count) => {
    for (let i = 0; i < count; i += 2) {
      const radius = Math.sqrt(-2 * log24(odd24(words[i] ?? 0)));
      cosSin24(odd24(words[i + 1] ?? 0), wave, 0);
      out[start + i] = radius * (wave[0] ?? 0);
      if (i + 1 < count) out[start + i + 1] = radius * (wave[1] ?? 0);
    }
  });
  return out;
}

/** Fills `out` with whole numbers from 0 to bound - 1 (multiply-high: a bias below bound / 2^32). bound is in 1..2^31. */
export function integers(out: Int32Array, bound: number, seed: number, stream: number, step: number): Int32Array {
  if (!(Number.isInteger(bound) && bound >= 1 && bound <= 2 ** 31)) {
    throw new RangeError(`The bound of random integers must be a whole number from 1 to 2^31, not ${bound}.`);
  }
  const scale = bound * 2 ** -32;
  forWords(out.length, seed, stream, step, (start, count) => {
    for (let i = 0; i < count; i++) out[start + i] = Math.floor((words[i] ?? 0) * scale);
  });
  return out;
}

/**
 * Fills `out` with `value` where a coin of the given probability comes up, else 0. A dropout mask of rate r is
 * bernoulli(out, 1 - r, ..., 1 / (1 - r)).
 */
export function bernoulli(
  out: Float32Array,
  probability: number,
  seed: number,
  stream: number,
  step: number,
  value = 1,
): Float32Array {
  const threshold = probability * 2 ** 32;
  forWords(out.length, seed, stream, step, (start, count) => {
    for (let i = 0; i < count; i++) out[start + i] = (words[i] ?? 0) < threshold ? value : 0;
  });
  return out;
}

/**
 * The same generator number by number, for samplers and metrics. Every call spends one block, whatever it draws, so an
 * element that needs several draws can be found by its block; `seek` goes there. Numbers are doubles.
 */
export interface Random {
  /** in (0, 1), ends excluded */
  uniform(): number;
  /** standard normal; the block's other normal is left in `second` */
  normal(): number;
  /** the independent partner of the last normal() */
  second: number;
  /** a whole number from 0 to bound - 1 */
  integer(bound: number): number;
  /** the next draw is number `block` of this (seed, stream, step) */
  seek(block: number): void;
}

/** A fresh reader at draw 0 of (seed, stream, step). */
export function random(seed: number, stream: number, step: number): Random {
  const pair = new Uint32Array(2);
  let block = 0;
  const next = () => threefryBlocks(pair, 1, seed, stream, step, block++);
  return {
    second: 0,
    uniform() {
      next();
      return odd24(pair[0] ?? 0) * UNIT;
    },
    normal() {
      next();
      const radius = Math.sqrt(-2 * log24(odd24(pair[0] ?? 0)));
      cosSin24(odd24(pair[1] ?? 0), wave, 0);
      this.second = radius * (wave[1] ?? 0);
      return radius * (wave[0] ?? 0);
    },
    integer(bound) {
      next();
      return Math.floor((pair[0] ?? 0) * (bound * 2 ** -32));
    },
    seek(to) {
      block = to;
    },
  };
}
