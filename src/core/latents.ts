/** Latent vectors: priors, sampling, the ways between two of them (walk.ts), truncation. No tensors, no sliders. */
import type { ExperimentConfig, LatentPrior } from "./config";
import { normals, STREAMS, uniforms } from "./rng";

/** From this many dimensions on, a Gaussian's mass lies on a shell, and a straight line between two points leaves it. */
export const SLERP_FROM = 16;

/** Fills `out` with latents of the prior: N(0, 1) or U(-1, 1), independent numbers. */
export function sampleLatents(
  out: Float32Array,
  prior: LatentPrior,
  seed: number,
  stream: number,
  step: number,
): Float32Array {
  return SAMPLERS[prior](out, seed, stream, step);
}

type Sampler = (out: Float32Array, seed: number, stream: number, step: number) => Float32Array;

const SAMPLERS = {
  normal: normals,
  uniform(out, seed, stream, step) {
    uniforms(out, seed, stream, step);
    for (let i = 0; i < out.length; i++) out[i] = 2 * (out[i] ?? 0) - 1;
    return out;
  },
} satisfies Record<LatentPrior, Sampler>;

/**
 * The latents [count, size] of the generated samples on the stage: the same at every step, whoever asks. So a sample's
 * latent is known wherever its number is; the first n are the same whatever `count` is.
 */
export function stageLatents({ latent, seed }: Pick<ExperimentConfig, "latent" | "seed">, count: number): Float32Array {
  return sampleLatents(new Float32Array(count * latent.size), latent.prior, seed, STREAMS.viewLatent, 0);
}

/** Samples in each row of the stage's grid of a model that is told classes, a row a class: the same latents in all of them. */
export const CLASS_COLUMNS = 8;

/** Half width of a slider over one latent dimension: ±3 standard deviations, or the whole interval. */
export function sliderRange(prior: LatentPrior): number {
  return SLIDER_RANGES[prior];
}

const SLIDER_RANGES = { normal: 3, uniform: 1 } satisfies Record<LatentPrior, number>;

/** (1 - t)·a + t·b, element by element. @throws RangeError when the lengths differ. */
export function lerp(a: ArrayLike<number>, b: ArrayLike<number>, t: number): Float32Array {
  checkLengths(a, b);
  return Float32Array.from(a, (value, i) => (1 - t) * value + t * (b[i] ?? 0));
}

/** Below this sine of the angle (nearly parallel or opposite vectors) the arc is not well defined, and lerp is used. */
const MIN_SINE = 1e-4;

/**
 * The great-circle way from a to b (Shoemake 1985; for latents White 2016, "Sampling generative networks"), which keeps the
 * length of vectors of equal length. Vectors that are zero, parallel or opposite have no arc: they are joined by lerp.
 * @throws RangeError when the lengths differ.
 */
export function slerp(a: ArrayLike<number>, b: ArrayLike<number>, t: number): Float32Array {
  checkLengths(a, b);
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? 0;
    const y = b[i] ?? 0;
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  const cosine = dot / Math.sqrt(aa * bb);
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
  const sine = Math.sin(angle);
  if (!(sine > MIN_SINE)) return lerp(a, b, t); // also when the cosine is not a number
  const wa = Math.sin((1 - t) * angle) / sine;
  const wb = Math.sin(t * angle) / sine;
  return Float32Array.from(a, (value, i) => wa * value + wb * (b[i] ?? 0));
}

/**
 * Pulls a latent towards the prior's mean, z → ψ·z: the truncation of StyleGAN (Karras et al. 2019, appendix B) without a
 * mapping network. ψ = 1 leaves it, ψ = 0 gives the mean; smaller ψ trades variety for typical samples.
 */
export function truncate(z: ArrayLike<number>, psi: number): Float32Array {
  return Float32Array.from(z, (value) => psi * value);
}

function checkLengths(a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length !== b.length) {
    throw new RangeError(
      `Latents of ${a.length} and ${b.length} dimensions have no way between them; pin two of one size.`,
    );
  }
}
