/**
 * Batch normalisation whose scale and shift depend on the condition (Dumoulin et al. 2017; in GANs Miyato and Koyama 2018): a row of
 * gamma and beta for each of its numbers, mixed by them. Statistics as in batch-norm.ts.
 */
import * as tf from "@tensorflow/tfjs";
import { DEFAULT_CONDITIONAL_BATCH_NORM_EPSILON } from "../../core/architecture/layers";
import { normalize } from "./batch-norm";
import { conditionOf, type Layer, weight } from "./types";

export const conditionalBatchNorm: Layer<"conditionalBatchNorm"> = (x, call) => {
  const channels = x.shape.at(-1) ?? 1;
  const shape = [x.shape[0] ?? 1, ...x.shape.slice(1, -1).map(() => 1), channels];
  const own = (i: number) => {
    const mixed = tf.matMul(conditionOf(call) as tf.Tensor2D, weight(call, i) as tf.Tensor2D);
    return tf.reshape(mixed, shape);
  };
  const epsilon = call.spec.epsilon ?? DEFAULT_CONDITIONAL_BATCH_NORM_EPSILON;
  const normal = normalize(x, call, { gamma: tf.ones([channels]), beta: tf.zeros([channels]), epsilon });
  return tf.add(tf.mul(normal, own(0)), own(1));
};
