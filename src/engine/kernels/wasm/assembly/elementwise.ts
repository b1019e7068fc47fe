/**
 * exp, tanh, softplus, leaky ReLU, broadcasting and Adam over whole tensors, four at a time; stock computes them one by one.
 * Polynomials and range reduction are those of S. Moshier's Cephes (expf, tanhf): within a few units in the last place.
 * The last one to three elements go through the same vector code, so that every element gets the same arithmetic.
 */
import { multiplyAdd, splat } from "./arithmetic";
import { SQUARES } from "./reductions";

/** e^x = 2^n · e^r with |r| ≤ ln 2 / 2. Infinite above 88.72, zero below -87.34 (no subnormal results), NaN for NaN. */
// @ts-ignore: decorator
@inline
function exponential(x: v128): v128 {
  const n = f32x4.nearest(f32x4.mul(f32x4.min(f32x4.max(x, splat(-88)), splat(89)), splat(1.44269504088896341)));
  // ln 2 in two parts, the first of which times n is exact.
  let r = f32x4.sub(x, f32x4.mul(n, splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, splat(-2.12194440e-4)));
  let p = multiplyAdd(splat(1.9875691500e-4), r, splat(1.3981999507e-3));
  p = multiplyAdd(p, r, splat(8.3334519073e-3));
  p = multiplyAdd(p, r, splat(4.1665795894e-2));
  p = multiplyAdd(p, r, splat(1.6666665459e-1));
  p = multiplyAdd(p, r, splat(5.0000001201e-1));
  p = f32x4.add(multiplyAdd(p, f32x4.mul(r, r), r), splat(1));
  // 2^n as two powers: 2^128 alone would be infinite although the result is not.
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  const y = f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
  const over = v128.bitselect(splat(Infinity), y, f32x4.gt(x, splat(88.722839)));
  return v128.bitselect(splat(0), over, f32x4.lt(x, splat(-87.336544)));
}

// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

// @ts-ignore: decorator
@inline
function hyperbolicTangent(x: v128): v128 {
  const magnitude = f32x4.abs(x);
  // Near zero: an odd polynomial. Elsewhere 1 - 2/(e^2|x| + 1), with the sign of x.
  const z = f32x4.mul(x, x);
  let p = multiplyAdd(splat(-5.70498872745e-3), z, splat(2.06390887954e-2));
  p = multiplyAdd(p, z, splat(-5.37397155531e-2));
  p = multiplyAdd(p, z, splat(1.33314422036e-1));
  p = multiplyAdd(p, z, splat(-3.33332819422e-1));
  const near = multiplyAdd(f32x4.mul(p, z), x, x);
  const e = exponential(f32x4.add(magnitude, magnitude));
  const far = f32x4.sub(splat(1), f32x4.div(splat(2), f32x4.add(e, splat(1))));
  const sign = v128.and(x, i32x4.splat(0x80000000));
  return v128.bitselect(near, v128.or(far, sign), f32x4.lt(magnitude, splat(0.625)));
}

/** max(x, 0) + log(1 + e^-|x|): no overflow, and relative accuracy also where the result is tiny. */
// @ts-ignore: decorator
@inline
function softPlus(x: v128): v128 {
  const u = exponential(f32x4.neg(f32x4.abs(x)));
  // log(1 + u) = 2 artanh(s), s = u/(2 + u) ≤ 1/3; the series' next term is below 1.5e-8 of the first.
  const s = f32x4.div(u, f32x4.add(u, splat(2)));
  const z = f32x4.mul(s, s);
  let p = multiplyAdd(splat(<f32>(2.0 / 13.0)), z, splat(<f32>(2.0 / 11.0)));
  p = multiplyAdd(p, z, splat(<f32>(2.0 / 9.0)));
  p = multiplyAdd(p, z, splat(<f32>(2.0 / 7.0)));
  p = multiplyAdd(p, z, splat(<f32>(2.0 / 5.0)));
  p = multiplyAdd(p, z, splat(<f32>(2.0 / 3.0)));
  const logarithm = multiplyAdd(f32x4.mul(p, z), s, f32x4.add(s, s));
  return f32x4.add(f32x4.max(x, splat(0)), logarithm);
}

// @ts-ignore: decorator
@inline
function leaky(x: v128, slope: v128): v128 {
  return v128.bitselect(x, f32x4.mul(x, slope), f32x4.gt(x, splat(0)));
}

// Which function a loop applies is a compile-time constant, so that each of the loops below is its own straight code.
const EXPONENTIAL: i32 = 0;
const TANH: i32 = 1;
const SOFTPLUS: i32 = 2;
const LEAKY: i32 = 3;
const SQUARE: i32 = 4;
const ROOT: i32 = 5;
const INVERSE_ROOT: i32 = 6;
const NEGATE: i32 = 7;
const SIGMOID: i32 = 8;
const RELU: i32 = 9;
const STEP: i32 = 10;
const ELU: i32 = 11;
const ABSOLUTE: i32 = 12;

// @ts-ignore: decorator
@inline
function apply(operation: i32, x: v128, parameter: v128): v128 {
  if (operation == EXPONENTIAL) return exponential(x);
  if (operation == TANH) return hyperbolicTangent(x);
  if (operation == SOFTPLUS) return softPlus(x);
  if (operation == LEAKY) return leaky(x, parameter);
  if (operation == SQUARE) return f32x4.mul(x, x);
  if (operation == ROOT) return f32x4.sqrt(x);
  if (operation == INVERSE_ROOT) return f32x4.div(splat(1), f32x4.sqrt(x));
  if (operation == NEGATE) return f32x4.neg(x);
  if (operation == SIGMOID) return f32x4.div(splat(1), f32x4.add(splat(1), exponential(f32x4.neg(x))));
  if (operation == RELU) return f32x4.max(x, splat(0));
  if (operation == STEP) return v128.bitselect(v128.bitselect(splat(1), parameter, f32x4.gt(x, splat(0))), x, f32x4.eq(x, x));
  if (operation == ELU) return v128.bitselect(x, f32x4.sub(exponential(x), splat(1)), f32x4.gt(x, splat(0)));
  return f32x4.abs(x);
}

// @ts-ignore: decorator
@inline
function map(operation: i32, source: usize, target: usize, count: i32, parameter: f32): void {
  const p = splat(parameter);
  for (; count >= 4; count -= 4) {
    v128.store(target, apply(operation, v128.load(source), p));
    source += 16;
    target += 16;
  }
  for (; count > 0; count--) {
    v128.store_lane<f32>(target, apply(operation, v128.load32_splat(source), p), 0);
    source += 4;
    target += 4;
  }
}

export function exp(source: usize, target: usize, count: i32): void {
  map(EXPONENTIAL, source, target, count, 0);
}

export function tanh(source: usize, target: usize, count: i32): void {
  map(TANH, source, target, count, 0);
}

export function softplus(source: usize, target: usize, count: i32): void {
  map(SOFTPLUS, source, target, count, 0);
}

export function leakyRelu(source: usize, target: usize, count: i32, slope: f32): void {
  map(LEAKY, source, target, count, slope);
}

export function square(source: usize, target: usize, count: i32): void {
  map(SQUARE, source, target, count, 0);
}

export function squareRoot(source: usize, target: usize, count: i32): void {
  map(ROOT, source, target, count, 0);
}

export function inverseSquareRoot(source: usize, target: usize, count: i32): void {
  map(INVERSE_ROOT, source, target, count, 0);
}

export function negate(source: usize, target: usize, count: i32): void {
  map(NEGATE, source, target, count, 0);
}

export function sigmoid(source: usize, target: usize, count: i32): void {
  map(SIGMOID, source, target, count, 0);
}

export function relu(source: usize, target: usize, count: i32): void {
  map(RELU, source, target, count, 0);
}

/** 1 for positive elements, `otherwise` for the rest; NaN for NaN. */
export function step(source: usize, target: usize, count: i32, otherwise: f32): void {
  map(STEP, source, target, count, otherwise);
}

export function elu(source: usize, target: usize, count: i32): void {
  map(ELU, source, target, count, 0);
}

export function absolute(source: usize, target: usize, count: i32): void {
  map(ABSOLUTE, source, target, count, 0);
}

export function clip(source: usize, target: usize, count: i32, low: f32, high: f32): void {
  for (; count > 0; count--) {
    store<f32>(target, min(max(load<f32>(source), low), high));
    source += 4;
    target += 4;
  }
}

/**
 * target[outer×times×inner] from source[outer×inner]: every block of `inner` floats `times` times in a row, as broadcasting does.
 */
export function repeat(source: usize, target: usize, outer: i32, times: i32, inner: i32): void {
  const bytes = <usize>inner << 2;
  for (let o = 0; o < outer; o++) {
    if (inner == 1) {
      const value = v128.load32_splat(source);
      let rest = times;
      for (; rest >= 4; rest -= 4) {
        v128.store(target, value);
        target += 16;
      }
      for (; rest > 0; rest--) {
        v128.store_lane<f32>(target, value, 0);
        target += 4;
      }
    } else {
      for (let t = 0; t < times; t++) {
        memory.copy(target, source, bytes);
        target += bytes;
      }
    }
    source += bytes;
  }
}

/**
 * One step of Adam for one tensor (Kingma and Ba 2015, algorithm 1), everything in one pass over memory:
 * m' = β₁m + (1-β₁)g, v' = β₂v + (1-β₂)g², change = m'·rate / (√v'·correction + ε).
 * The two live coefficients (rate over m's bias correction, root of v's) are read from `rate` and `correction`.
 * The betas come in double precision: 1 - .99999 of a float32 is off by a thousandth, and the second moments with it.
 */
export function adamStep(
  gradient: usize, m: usize, v: usize, rate: usize, correction: usize,
  change: usize, newM: usize, newV: usize, count: i32, beta1: f64, beta2: f64, epsilon: f32,
): void {
  const rates = v128.load32_splat(rate), corrections = v128.load32_splat(correction), e = splat(epsilon);
  const b1 = splat(<f32>beta1), b2 = splat(<f32>beta2);
  const c1 = splat(<f32>(1 - beta1)), c2 = splat(<f32>(1 - beta2));
  const whole = <usize>(count & ~3) << 2;
  const end = <usize>count << 2;
  for (let at: usize = 0; at < end;) {
    const isWhole = at < whole;
    const g = isWhole ? v128.load(gradient + at) : v128.load32_splat(gradient + at);
    const m0 = isWhole ? v128.load(m + at) : v128.load32_splat(m + at);
    const v0 = isWhole ? v128.load(v + at) : v128.load32_splat(v + at);
    const m1 = f32x4.add(f32x4.mul(m0, b1), f32x4.mul(g, c1));
    const v1 = f32x4.add(f32x4.mul(v0, b2), f32x4.mul(f32x4.mul(g, g), c2));
    const root = f32x4.add(f32x4.mul(f32x4.sqrt(v1), corrections), e);
    const step = f32x4.div(f32x4.mul(m1, rates), root);
    if (isWhole) {
      v128.store(newM + at, m1);
      v128.store(newV + at, v1);
      v128.store(change + at, step);
      at += 16;
    } else {
      v128.store_lane<f32>(newM + at, m1, 0);
      v128.store_lane<f32>(newV + at, v1, 0);
      v128.store_lane<f32>(change + at, step, 0);
      at += 4;
    }
  }
}

/**
 * The same step and w' = w - change, for a weight whose gradient and moments are parts of the vectors. Where `squares` is not 0, the gradient's
 * squares are summed on the way, as partialSquares would.
 */
export function adamUpdate(
  w: usize, gradient: usize, m: usize, v: usize, rate: usize, correction: usize,
  newW: usize, newM: usize, newV: usize, count: i32, beta1: f64, beta2: f64, epsilon: f32, squares: usize,
): void {
  const rates = v128.load32_splat(rate), corrections = v128.load32_splat(correction), e = splat(epsilon);
  const b1 = splat(<f32>beta1), b2 = splat(<f32>beta2);
  const c1 = splat(<f32>(1 - beta1)), c2 = splat(<f32>(1 - beta2));
  const end = <usize>count << 2;
  let at: usize = 0;
  while (at < end) {
    const stop = min(end, at + (<usize>SQUARES << 2));
    const whole = at + ((stop - at) & ~15);
    let s0 = f64x2.splat(0), s1 = f64x2.splat(0);
    for (; at < whole; at += 16) {
      const g = v128.load(gradient + at);
      const square = f32x4.mul(g, g);
      s0 = f64x2.add(s0, f64x2.promote_low_f32x4(square));
      s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<f32>(square, square, 2, 3, 2, 3)));
      const m1 = f32x4.add(f32x4.mul(v128.load(m + at), b1), f32x4.mul(g, c1));
      const v1 = f32x4.add(f32x4.mul(v128.load(v + at), b2), f32x4.mul(square, c2));
      const root = f32x4.add(f32x4.mul(f32x4.sqrt(v1), corrections), e);
      v128.store(newM + at, m1);
      v128.store(newV + at, v1);
      v128.store(newW + at, f32x4.sub(v128.load(w + at), f32x4.div(f32x4.mul(m1, rates), root)));
    }
    s0 = f64x2.add(s0, s1);
    let sum = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
    for (; at < stop; at += 4) {
      const g = v128.load32_splat(gradient + at);
      const square = f32x4.mul(g, g);
      sum += <f64>f32x4.extract_lane(square, 0);
      const m1 = f32x4.add(f32x4.mul(v128.load32_splat(m + at), b1), f32x4.mul(g, c1));
      const v1 = f32x4.add(f32x4.mul(v128.load32_splat(v + at), b2), f32x4.mul(square, c2));
      const root = f32x4.add(f32x4.mul(f32x4.sqrt(v1), corrections), e);
      v128.store_lane<f32>(newM + at, m1, 0);
      v128.store_lane<f32>(newV + at, v1, 0);
      v128.store_lane<f32>(newW + at, f32x4.sub(v128.load32_splat(w + at), f32x4.div(f32x4.mul(m1, rates), root)), 0);
    }
    if (squares != 0) {
      store<f64>(squares, sum);
      squares += 8;
    }
  }
}
