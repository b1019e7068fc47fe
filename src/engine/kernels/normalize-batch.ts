/**
 * Batch normalisation with the batch's own statistics (Ioffe and Szegedy 2015) as one operation with a gradient of its own: in one kernel each
 * where the backend has them, else of few operations. The layers are layers/batch-norm.ts and layers/conditional-batch-norm.ts.
 */
import * as tf from "@tensorflow/tfjs";
import type { Moments } from "../layers/types";

/** Every tensor but x is [channels]. */
interface Given {
  readonly x: tf.Tensor;
  readonly gamma: tf.Tensor;
  readonly epsilon: number;
}

/**
 * (x - mean) / √(variance + ε) · γ + β per channel, over batch and positions, with the biased variance. Has right gradients to the second order.
 * @param x [..., channels]
 * @param gamma and beta, [channels]
 * @param told is given the statistics, which live no longer than the surrounding tidy
 */
export function normalizeBatch(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  epsilon: number,
  told: ((moments: Moments) => void) | undefined,
): tf.Tensor {
  const kept: Moments[] = []; // beyond the operation's own scope
  const operation = tf.customGrad((...args) => {
    const [ownX, ownGamma, ownBeta, save] = args as unknown as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const { y, mean, variance } = normalized({ x: ownX, gamma: ownGamma, epsilon }, ownBeta);
    kept.push({ mean: tf.keep(mean), variance: tf.keep(variance) });
    save([ownX, ownGamma, mean, variance]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [savedX, savedGamma, savedMean, savedVariance] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      return gradients({ x: savedX, gamma: savedGamma, epsilon }, { mean: savedMean, variance: savedVariance }, dy);
    };
    return { value: y, gradFunc };
  });
  const y = operation(x, gamma, beta);
  for (const { mean, variance } of kept) {
    told?.({ mean: tf.clone(mean), variance: tf.clone(variance) });
    mean.dispose();
    variance.dispose();
  }
  return y;
}

function normalized({ x, gamma, epsilon }: Given, beta: tf.Tensor): Moments & { readonly y: tf.Tensor } {
  if (tf.getKernel("NormalizeBatch", tf.getBackend())) {
    const [y, mean, variance] = tf.engine().runKernel("NormalizeBatch", { x, gamma, beta }, { epsilon }) as tf.Tensor[];
    if (!y || !mean || !variance) throw new Error("The kernel NormalizeBatch returned too few tensors; this is a bug.");
    return { y, mean, variance };
  }
  const { mean, variance } = moments(x);
  const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)));
  return { y: tf.add(tf.mul(tf.sub(x, mean), scale), beta), mean, variance };
}

/**
 * Means of x and of x² that do not wait for each other, of differences from the first row: near the mean, so that little cancels (the
 * shifted data algorithm of Chan, Golub and LeVeque 1983).
 */
function moments(x: tf.Tensor): Moments {
  const channels = x.shape.at(-1) ?? 1;
  const first = tf.slice(tf.reshape(x, [-1, channels]), [0, 0], [1, channels]);
  const pilot = tf.reshape(first, [channels]);
  const shifted = tf.sub(x, pilot);
  const mean = tf.mean(shifted, leadingAxes(x));
  const variance = tf.sub(tf.mean(tf.square(shifted), leadingAxes(x)), tf.square(mean));
  return { mean: tf.add(pilot, mean), variance };
}

const leadingAxes = (x: tf.Tensor): number[] => x.shape.map((_, axis) => axis).slice(0, -1);

/** With n = (x - mean) / √(variance + ε): dx = γ / √(variance + ε) · (dy - E dy - n · E(dy · n)), dγ = Σ dy · n, dβ = Σ dy. */
function gradients({ x, gamma, epsilon }: Given, saved: Moments, dy: tf.Tensor): tf.Tensor[] {
  const isRecorded = tf.engine().state.gradientDepth > 0; // then statistics are functions of x, too
  if (!isRecorded && tf.getKernel("NormalizeBatchGradient", tf.getBackend())) {
    const inputs = { x, dy, gamma, ...saved };
    return tf.engine().runKernel("NormalizeBatchGradient", inputs, { epsilon }) as tf.Tensor[];
  }
  const { mean, variance } = isRecorded ? moments(x) : saved;
  const axes = leadingAxes(x);
  const share = (x.shape.at(-1) ?? 1) / x.size;
  const inverse = tf.rsqrt(tf.add(variance, epsilon));
  const normal = tf.mul(tf.sub(x, mean), inverse);
  const [dBeta, dGamma] = [tf.sum(dy, axes), tf.sum(tf.mul(dy, normal), axes)];
  const inside = tf.sub(tf.sub(dy, tf.mul(dBeta, share)), tf.mul(normal, tf.mul(dGamma, share)));
  return [tf.mul(inside, tf.mul(gamma, inverse)), dGamma, dBeta];
}
