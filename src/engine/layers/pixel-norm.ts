/**
 * Pixel norm (Karras et al. 2018, section 4.2): each position's channels, or an example's features, scaled to a mean square of 1. Mixes no
 * examples and has no weights.
 */
import * as tf from "@tensorflow/tfjs";
import type { Layer } from "./types";

const EPSILON = 1e-8; // under the root, as in the paper

export const pixelNorm: Layer<"pixelNorm"> = (x) =>
  tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), EPSILON)));
