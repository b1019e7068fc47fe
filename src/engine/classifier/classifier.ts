/** A classifier of real images at work: probabilities and features of samples. It is not one of the models, and learns nothing here. */
import * as tf from "@tensorflow/tfjs";
import type { LayerSpec } from "../../core/architecture/layers";
import type { ImageDataset } from "../../core/datasets";
import type { Judged } from "../../core/metrics/evaluate-features";
import { buildNetwork, type Network } from "../networks/network";
import { variable } from "../networks/state";
import type { ClassifierFile, ClassifierHeader } from "./file";

/** Numbers of the last hidden layer of all our classifiers: what metrics compare. */
export const FEATURES = 64;

/**
 * The layers of all our classifiers: three convolutions of stride 2, then the features: a million operations for a digit, so
 * that judging costs no more than generating. Its weights as halfs are some 100 kB.
 */
export const classifierLayers = ({ classes, attributes = [] }: ImageDataset): LayerSpec[] => [
  { type: "conv2d", filters: 16, kernelSize: 5, strides: 2, activation: "leakyRelu" },
  { type: "conv2d", filters: 32, kernelSize: 3, strides: 2, activation: "leakyRelu" },
  { type: "conv2d", filters: 32, kernelSize: 3, strides: 2, activation: "leakyRelu" },
  { type: "flatten" },
  { type: "dense", units: FEATURES, activation: "leakyRelu" },
  // the classes, then each attribute's values: what it has to tell apart is what its features are about
  { type: "dense", units: attributes.reduce((sum, { values = [] }) => sum + values.length, classes.length) },
];

export class Classifier {
  readonly header: ClassifierHeader;
  readonly #network: Network;
  readonly #weights: readonly tf.Variable[];

  /** @throws Error when the file's weights are not those of its layers */
  constructor({ header, weights }: ClassifierFile) {
    this.header = header;
    this.#network = buildNetwork(header.layers, header.shape);
    const needed = this.#network.weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    if (needed !== weights.length) {
      throw new Error(`The classifier's layers have ${needed} weights, but its file has ${weights.length}.`);
    }
    let at = 0;
    this.#weights = this.#network.weights.map(({ shape }) => {
      const values = weights.slice(at, at + sizeOf(shape));
      at += values.length;
      return variable(values, shape);
    });
  }

  /** @param images [count, ...shape], in the data's range */
  async judge(images: Float32Array, count: number): Promise<Judged> {
    const [features, probabilities] = tf.tidy(() => {
      const x = tf.tensor(images, [count, ...this.header.shape]);
      const { output, features } = this.#network.forward(this.#weights, x, {});
      const { classes } = this.header;
      const own = output.shape[1] === classes ? output : tf.slice(output, [0, 0], [count, classes]);
      return [features.clone(), tf.softmax(own)];
    });
    try {
      return {
        features: await features.data<"float32">(),
        probabilities: await probabilities.data<"float32">(),
      };
    } finally {
      tf.dispose([features, probabilities]);
    }
  }

  dispose(): void {
    tf.dispose([...this.#weights]);
  }
}

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
