/**
 * First and second derivatives of a case, from TensorFlow.js and from difference quotients of the plain function in double precision.
 * The scalar is L = Σ(r·y + y²/2), with fixed r, so that even operations linear in x have a second derivative;
 * the second-order scalar is P = Σ(∂L/∂x)², which is what WGAN-GP, R1 and DRAGAN differentiate.
 */
import * as tf from "@tensorflow/tfjs";
import type { GradientCase } from "./gradient-cases";
import { numbers } from "./numbers";

export interface Derivatives {
  readonly dx: ArrayLike<number>;
  readonly dw: ArrayLike<number>;
  /** ∂P/∂x and ∂P/∂w. */
  readonly ddx: ArrayLike<number>;
  readonly ddw: ArrayLike<number>;
}

/** Steps of the difference quotients, chosen for errors near 1e-7 in double precision. */
const FIRST_STEP = 1e-4;
const SECOND_STEP = 1e-3;

export function plainDerivatives({ x, w, plain }: GradientCase): Derivatives {
  const r = numbers(plain(x, w).length, 21);
  const loss = (xs: readonly number[], ws: readonly number[]): number =>
    plain(xs, ws).reduce((sum, y, i) => sum + (r[i] ?? 0) * y + (y * y) / 2, 0);
  const dx = (xs: readonly number[], ws: readonly number[]): number[] =>
    quotients(xs, (at) => loss(at, ws), FIRST_STEP);
  const penalty = (xs: readonly number[], ws: readonly number[]): number =>
    dx(xs, ws).reduce((sum, value) => sum + value * value, 0);
  return {
    dx: dx(x, w),
    dw: quotients(w, (at) => loss(x, at), FIRST_STEP),
    ddx: quotients(x, (at) => penalty(at, w), SECOND_STEP),
    ddw: quotients(w, (at) => penalty(x, at), SECOND_STEP),
  };
}

/** Central difference quotients of f at `at`, in every direction. */
function quotients(at: readonly number[], f: (at: readonly number[]) => number, step: number): number[] {
  const moved = [...at];
  return at.map((value, i) => {
    moved[i] = value + step;
    const above = f(moved);
    moved[i] = value - step;
    const below = f(moved);
    moved[i] = value;
    return (above - below) / (2 * step);
  });
}

export async function tensorDerivatives(c: GradientCase): Promise<Derivatives> {
  const hasWeights = c.w.length > 0;
  const results = tf.tidy(() => {
    const x = tf.tensor(Float32Array.from(c.x), c.xShape);
    const w = hasWeights ? tf.tensor(Float32Array.from(c.w), c.wShape) : tf.zeros([1]);
    const r = tf.tensor(Float32Array.from(numbers(c.plain(c.x, c.w).length, 21)));
    const loss = (xs: tf.Tensor, ws: tf.Tensor): tf.Tensor => {
      const y = tf.reshape(c.tensors(xs, ws), [-1]);
      return tf.sum(tf.add(tf.mul(r, y), tf.div(tf.square(y), 2)));
    };
    const penalty = (xs: tf.Tensor, ws: tf.Tensor): tf.Tensor =>
      tf.sum(tf.square(tf.grad((at: tf.Tensor) => loss(at, ws))(xs)));
    const both = (f: (xs: tf.Tensor, ws: tf.Tensor) => tf.Tensor): tf.Tensor[] =>
      hasWeights ? tf.grads(f)([x, w]) : [tf.grad((at: tf.Tensor) => f(at, w))(x), tf.zeros([0])];
    return [...both(loss), ...both(penalty)];
  });
  const [dx, dw, ddx, ddw] = await Promise.all(results.map((t) => t.data()));
  for (const t of results) t.dispose();
  if (!dx || !dw || !ddx || !ddw) throw new Error("four gradients were asked for");
  return { dx, dw, ddx, ddw };
}
