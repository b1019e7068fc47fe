/**
 * What a training step takes in from outside, described as a `Draw`, which can be drawn for any step: so the rest of a step is the
 * same list of operations every time: a draw becomes a tensor (eagerly), or is written to fixed memory (replay). Which draws there are:
 * feeds.ts.
 */
import { type Tensor, tensor } from "@tensorflow/tfjs";
import { sampleLatents } from "../core/latents";
import { bernoulli, normals, uniforms } from "../core/rng";
import type { ImageSet } from "./image-set";

/** Random inputs of one training step, for the oracle: flattened, row-major. Otherwise they come from core/rng. */
export interface StepInputs {
  readonly real: Float32Array; // [batch, ...dataShape]
  readonly zD?: Float32Array; // [batch, latentDim]
  readonly zG?: Float32Array; // [batch, latentDim]
  readonly mix?: Float32Array; // [batch], WGAN-GP's interpolation weights
  readonly z?: Float32Array; // [batch, latentDim], a VAE's noise
  readonly labels?: Float32Array; // [batch, classes], one-hot classes of the reals
}

/** When something is drawn: the state at the start of a training step. */
export interface StepMoment {
  readonly step: number;
  /** Updates that each player has behind it. */
  readonly updates: Readonly<Record<string, number>>;
  /** Given in place of what would be drawn. */
  readonly inputs: StepInputs | undefined;
}

/** Random numbers by description, so that a backend may draw them itself; the same bits as `fill` gives. */
export type RandomDraw =
  | { readonly kind: "normals" | "uniforms" | "symmetric"; readonly seed: number; readonly stream: number }
  | {
      readonly kind: "bernoulli";
      readonly seed: number;
      readonly stream: number;
      readonly probability: number;
      readonly value: number;
    };

/** Images of a set, by description: a device that keeps the set can take them itself. */
export interface ImageDraw {
  readonly set: ImageSet;
  /** Which images, [batch]; valid until the next call. @throws Error when they are not loaded */
  indices(moment: StepMoment): Int32Array;
}

/** One input of a step. */
export interface Draw {
  readonly shape: readonly number[];
  /** Fills `out`, of the shape's size. */
  fill(out: Float32Array, moment: StepMoment): void;
  /** The same, where it is nothing but random numbers. */
  readonly random?: RandomDraw;
  /** The same, where it is images of a set by index. */
  readonly images?: ImageDraw;
  /** What stands in for it in the inputs of a moment, if anything does. */
  given?(inputs: StepInputs): Float32Array | undefined;
}

/** Turns a draw into a tensor of its shape, which the caller's tidy owns. */
export type TakeIn = (draw: Draw) => Tensor;

/** A draw of nothing but random numbers. */
export function randomDraw(
  shape: readonly number[],
  random: RandomDraw,
  given?: (inputs: StepInputs) => Float32Array | undefined,
): Draw {
  return {
    shape,
    random,
    fill: (out, { step }) => drawOnHost(out, random, step),
    ...(given === undefined ? {} : { given }),
  };
}

function drawOnHost(out: Float32Array, random: RandomDraw, step: number): void {
  const { seed, stream } = random;
  switch (random.kind) {
    case "normals":
      normals(out, seed, stream, step);
      return;
    case "uniforms":
      uniforms(out, seed, stream, step);
      return;
    case "symmetric":
      sampleLatents(out, "uniform", seed, stream, step);
      return;
    case "bernoulli":
      bernoulli(out, random.probability, seed, stream, step, random.value);
      return;
    default:
      random satisfies never;
  }
}

/** Writes a draw's numbers to `out`, of its size. */
export function fillDraw(draw: Draw, out: Float32Array, moment: StepMoment): void {
  const given = moment.inputs && draw.given?.(moment.inputs);
  if (given === undefined) draw.fill(out, moment);
  else if (given.length === out.length) out.set(given);
  else
    throw new Error(`An input of a step has ${given.length} numbers, but [${draw.shape.join(", ")}] were asked for.`);
}

/** A draw as a tensor, for one step. */
export function makeDraw(draw: Draw, moment: StepMoment): Tensor {
  const values = new Float32Array(draw.shape.reduce((a, b) => a * b, 1));
  fillDraw(draw, values, moment);
  return tensor(values, [...draw.shape], "float32");
}
