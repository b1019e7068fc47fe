/** γ/2·E‖∇D‖² at the reals (R1) and at the fakes (R2). Mescheder et al. 2018, equation 9 and section 4.1. */
import * as tf from "@tensorflow/tfjs";
import type { GradientPenalty } from "./types";

const term = (squaredNorms: tf.Tensor, gamma: number): tf.Scalar => tf.mul(tf.mean(squaredNorms), gamma / 2);

export const r1: GradientPenalty = { kind: "gradient", needs: [], points: ({ real }) => real, term };
export const r2: GradientPenalty = { kind: "gradient", needs: [], points: ({ fake }) => fake, term };
