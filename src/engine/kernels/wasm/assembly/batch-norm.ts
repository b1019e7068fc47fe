/**
 * Batch normalisation of the columns of a matrix and its gradient (Ioffe and Szegedy 2015), each in two passes over memory: sums, in double
 * precision, and what is made of them. Columns are computed by themselves, so threads can share them.
 */
import { multiplyAdd, splat } from "./arithmetic";

// @ts-ignore: decorator
@inline
function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

// @ts-ignore: decorator
@inline
function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
}

/** Four floats from the doubles of two. */
// @ts-ignore: decorator
@inline
function floats(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 1, 4, 5);
}

/** E x² - (E x)² in doubles, where the squares of floats are exact; not below zero. */
// @ts-ignore: decorator
@inline
function spread(squares: v128, mean: v128, share: v128): v128 {
  return f64x2.max(f64x2.sub(f64x2.mul(squares, share), f64x2.mul(mean, mean)), f64x2.splat(0));
}

/** 1 / √(variance + ε). */
// @ts-ignore: decorator
@inline
function inverseDeviation(variance: v128, epsilon: f32): v128 {
  return f32x4.div(splat(1), f32x4.sqrt(f32x4.add(variance, splat(epsilon))));
}

/** A float from memory in all four places, and the first of four to memory. */
// @ts-ignore: decorator
@inline
function take(from: usize): v128 {
  return v128.load32_splat(from);
}

// @ts-ignore: decorator
@inline
function put(to: usize, x: v128): void {
  v128.store_lane<f32>(to, x, 0);
}

/**
 * y = (x - mean) / √(variance + ε) · γ + β for the first `columns` columns of x [length, width], with their means and biased variances.
 */
export function normalizeColumns(
  x: usize, gamma: usize, beta: usize, y: usize, mean: usize, variance: usize, length: i32, columns: i32, width: i32, epsilon: f32,
): void {
  const stride = <usize>width << 2, last = x + <usize>length * stride;
  const share = f64x2.splat(1 / <f64>length);
  const whole = <usize>(columns & ~7) << 2, end = <usize>columns << 2;
  let at: usize = 0;
  for (; at < whole; at += 32) {
    let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
    let q0 = f64x2.splat(0), q1 = f64x2.splat(0), q2 = f64x2.splat(0), q3 = f64x2.splat(0);
    for (let from = x; from < last; from += stride) {
      const a = low(v128.load64_zero(from + at)), b = low(v128.load64_zero(from + at, 8));
      s0 = f64x2.add(s0, a); s1 = f64x2.add(s1, b);
      q0 = f64x2.add(q0, f64x2.mul(a, a)); q1 = f64x2.add(q1, f64x2.mul(b, b));
      const c = low(v128.load64_zero(from + at, 16)), d = low(v128.load64_zero(from + at, 24));
      s2 = f64x2.add(s2, c); s3 = f64x2.add(s3, d);
      q2 = f64x2.add(q2, f64x2.mul(c, c)); q3 = f64x2.add(q3, f64x2.mul(d, d));
    }
    s0 = f64x2.mul(s0, share); s1 = f64x2.mul(s1, share); s2 = f64x2.mul(s2, share); s3 = f64x2.mul(s3, share);
    const middle0 = floats(s0, s1), middle1 = floats(s2, s3);
    const spread0 = floats(spread(q0, s0, share), spread(q1, s1, share)), spread1 = floats(spread(q2, s2, share), spread(q3, s3, share));
    v128.store(mean + at, middle0); v128.store(mean + at, middle1, 16);
    v128.store(variance + at, spread0); v128.store(variance + at, spread1, 16);
    const scale0 = f32x4.mul(v128.load(gamma + at), inverseDeviation(spread0, epsilon));
    const scale1 = f32x4.mul(v128.load(gamma + at, 16), inverseDeviation(spread1, epsilon));
    const shift0 = v128.load(beta + at), shift1 = v128.load(beta + at, 16);
    let to = y + at;
    for (let from = x; from < last; from += stride) {
      v128.store(to, multiplyAdd(f32x4.sub(v128.load(from + at), middle0), scale0, shift0));
      v128.store(to, multiplyAdd(f32x4.sub(v128.load(from + at, 16), middle1), scale1, shift1), 16);
      to += stride;
    }
  }
  for (; at < end; at += 4) {
    let s = f64x2.splat(0), q = f64x2.splat(0);
    for (let from = x; from < last; from += stride) {
      const a = low(take(from + at));
      s = f64x2.add(s, a);
      q = f64x2.add(q, f64x2.mul(a, a));
    }
    s = f64x2.mul(s, share);
    const middle = floats(s, s), spreads = floats(spread(q, s, share), s);
    put(mean + at, middle);
    put(variance + at, spreads);
    const scale = f32x4.mul(take(gamma + at), inverseDeviation(spreads, epsilon)), shift = take(beta + at);
    let to = y + at;
    for (let from = x; from < last; from += stride) {
      put(to, multiplyAdd(f32x4.sub(take(from + at), middle), scale, shift));
      to += stride;
    }
  }
}

/**
 * The gradients of that with respect to x, γ and β: with n = (x - mean) / √(variance + ε) and all means over rows,
 * dx = γ / √(variance + ε) · (dy - E dy - n · E(dy · n)), dγ = Σ dy · n, dβ = Σ dy.
 */
export function normalizeGradient(
  x: usize, dy: usize, gamma: usize, mean: usize, variance: usize, dx: usize, dGamma: usize, dBeta: usize,
  length: i32, columns: i32, width: i32, epsilon: f32,
): void {
  const stride = <usize>width << 2, span = <usize>length * stride;
  const share = f64x2.splat(1 / <f64>length);
  const whole = <usize>(columns & ~7) << 2, end = <usize>columns << 2;
  let at: usize = 0;
  for (; at < whole; at += 32) {
    const middle0 = v128.load(mean + at), middle1 = v128.load(mean + at, 16);
    const inverse0 = inverseDeviation(v128.load(variance + at), epsilon), inverse1 = inverseDeviation(v128.load(variance + at, 16), epsilon);
    let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
    let p0 = f64x2.splat(0), p1 = f64x2.splat(0), p2 = f64x2.splat(0), p3 = f64x2.splat(0);
    for (let row = at; row < span; row += stride) {
      let d = v128.load(dy + row);
      s0 = f64x2.add(s0, low(d)); s1 = f64x2.add(s1, high(d));
      d = f32x4.mul(d, f32x4.sub(v128.load(x + row), middle0));
      p0 = f64x2.add(p0, low(d)); p1 = f64x2.add(p1, high(d));
      d = v128.load(dy + row, 16);
      s2 = f64x2.add(s2, low(d)); s3 = f64x2.add(s3, high(d));
      d = f32x4.mul(d, f32x4.sub(v128.load(x + row, 16), middle1));
      p2 = f64x2.add(p2, low(d)); p3 = f64x2.add(p3, high(d));
    }
    v128.store(dBeta + at, floats(s0, s1)); v128.store(dBeta + at, floats(s2, s3), 16);
    v128.store(dGamma + at, f32x4.mul(floats(p0, p1), inverse0)); v128.store(dGamma + at, f32x4.mul(floats(p2, p3), inverse1), 16);
    const common0 = floats(f64x2.mul(s0, share), f64x2.mul(s1, share)), common1 = floats(f64x2.mul(s2, share), f64x2.mul(s3, share));
    const along0 = alongNormal(f64x2.mul(p0, share), f64x2.mul(p1, share), inverse0);
    const along1 = alongNormal(f64x2.mul(p2, share), f64x2.mul(p3, share), inverse1);
    const scale0 = f32x4.mul(v128.load(gamma + at), inverse0), scale1 = f32x4.mul(v128.load(gamma + at, 16), inverse1);
    for (let row = at; row < span; row += stride) {
      v128.store(dx + row, slope(v128.load(x + row), v128.load(dy + row), middle0, common0, along0, scale0));
      v128.store(dx + row, slope(v128.load(x + row, 16), v128.load(dy + row, 16), middle1, common1, along1, scale1), 16);
    }
  }
  for (; at < end; at += 4) {
    const middle = take(mean + at), inverse = inverseDeviation(take(variance + at), epsilon);
    let s = f64x2.splat(0), p = f64x2.splat(0);
    for (let row = at; row < span; row += stride) {
      const d = take(dy + row);
      s = f64x2.add(s, low(d));
      p = f64x2.add(p, low(f32x4.mul(d, f32x4.sub(take(x + row), middle))));
    }
    put(dBeta + at, floats(s, s));
    put(dGamma + at, f32x4.mul(floats(p, p), inverse));
    s = f64x2.mul(s, share);
    p = f64x2.mul(p, share);
    const common = floats(s, s), along = alongNormal(p, p, inverse), scale = f32x4.mul(take(gamma + at), inverse);
    for (let row = at; row < span; row += stride) put(dx + row, slope(take(x + row), take(dy + row), middle, common, along, scale));
  }
}

/** - E(dy · n) / √(variance + ε), the means of dy · (x - mean) being given. */
// @ts-ignore: decorator
@inline
function alongNormal(a: v128, b: v128, inverse: v128): v128 {
  return f32x4.neg(f32x4.mul(f32x4.mul(floats(a, b), inverse), inverse));
}

// @ts-ignore: decorator
@inline
function slope(x: v128, dy: v128, middle: v128, common: v128, along: v128, scale: v128): v128 {
  return f32x4.mul(multiplyAdd(f32x4.sub(x, middle), along, f32x4.sub(dy, common)), scale);
}
