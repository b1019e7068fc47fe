/** Augmentation beside its authors' own code (tests/fixtures/augment): what comes out, and the gradient of a weighted sum of it. */
import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { AUGMENT_DRAWS, type Augment, SUGGESTED_AUGMENT } from "../../src/core/augment";
import { type ExperimentConfig, withChanges } from "../../src/core/config";
import { augmented, feedAugment } from "../../src/engine/augment";
import { differentiate } from "../../src/engine/differentiate";
import type { Draw } from "../../src/engine/draws";
import { worstDifference } from "./numbers";
import { SMALL } from "./trainers";

/** Of one image of AUGMENTED. */
export const AUGMENTED_SHAPE = [8, 8, 3];

/** A small game of colour images with everything on; its reals are noise of AUGMENTED_SHAPE. */
export const AUGMENTED: ExperimentConfig = withChanges(SMALL, {
  dataset: "faces-16",
  batchSize: 6,
  model: { augment: SUGGESTED_AUGMENT, penalties: { r1: 0.1 }, loss: "relativistic" },
  networks: {
    generator: {
      layers: [
        { type: "dense", units: 192, activation: "tanh" },
        { type: "reshape", shape: AUGMENTED_SHAPE },
      ],
    },
    discriminator: {
      layers: [
        { type: "conv2d", filters: 4, kernelSize: 3, strides: 2, activation: "leakyRelu" },
        { type: "flatten" },
        { type: "dense", units: 1 },
      ],
    },
  },
});

export interface AugmentCase {
  readonly name: string;
  readonly shape: [number, number, number, number];
  readonly augment: Augment;
  readonly x: readonly number[];
  /** [batch, AUGMENT_DRAWS.length] */
  readonly draws: readonly number[];
  readonly weights: readonly number[];
  readonly y: readonly number[];
  readonly gradient: readonly number[];
}

export const AUGMENT_CASES: readonly AugmentCase[] = JSON.parse(
  readFileSync(new URL("../fixtures/augment/cases.json", import.meta.url), "utf8"),
);

/** How far our numbers are from the case's: of the images, and of the gradient. */
export async function augmentDeviations(fixture: AugmentCase): Promise<{ y: number; gradient: number }> {
  const { shape, augment } = fixture;
  const [batch, ...image] = shape;
  const found = tf.tidy(() => {
    const uniforms = (out: Float32Array) => void out.set(Float32Array.from(fixture.draws));
    const take = ({ shape: size, fill }: Draw) => {
      const values = new Float32Array(size.reduce((a, b) => a * b, 1));
      fill(values, { step: 0, updates: {}, inputs: undefined });
      return tf.tensor(values, [...size]);
    };
    if (fixture.draws.length !== batch * AUGMENT_DRAWS.length)
      throw new Error("A case has other draws than there are.");
    const feed = feedAugment(augment, batch, image, uniforms, take);
    const x = tf.tensor4d(Float32Array.from(fixture.x), shape);
    const weights = tf.tensor4d(Float32Array.from(fixture.weights), shape);
    const { gradients } = differentiate([x], () => tf.sum(tf.mul(augmented(x, feed), weights)));
    return [augmented(x, feed), gradients[0] ?? tf.zerosLike(x)];
  });
  const [y = new Float32Array(0), gradient = new Float32Array(0)] = await Promise.all(
    found.map((tensor) => tensor.data<"float32">()),
  );
  for (const tensor of found) tensor.dispose();
  return { y: worstDifference(y, fixture.y), gradient: worstDifference(gradient, fixture.gradient) };
}
