/**
 * Arithmetic on two tensors with broadcasting, four elements at a time. The caller brings the shapes down to three axes, along each of
 * which an operand either moves on or repeats. Not a gradient: those of sums over broadcast axes are in reductions.ts.
 */

// Which function a loop applies is a compile-time constant, so that each export is its own straight code.
const ADD: i32 = 0;
const SUBTRACT: i32 = 1;
const MULTIPLY: i32 = 2;
const DIVIDE: i32 = 3;
const MAXIMUM: i32 = 4;
const MINIMUM: i32 = 5;

// @ts-ignore: decorator
@inline
function combine(operation: i32, a: v128, b: v128): v128 {
  if (operation == ADD) return f32x4.add(a, b);
  if (operation == SUBTRACT) return f32x4.sub(a, b);
  if (operation == MULTIPLY) return f32x4.mul(a, b);
  if (operation == DIVIDE) return f32x4.div(a, b);
  if (operation == MAXIMUM) return f32x4.max(a, b);
  return f32x4.min(a, b);
}

/** One run of `count` elements; a step of 0 repeats an operand's first element, 1 walks along it. */
// @ts-ignore: decorator
@inline
function run(operation: i32, a: usize, b: usize, y: usize, count: i32, stepA: i32, stepB: i32): void {
  let rest = count;
  if (stepA != 0 && stepB != 0) {
    for (; rest >= 8; rest -= 8) {
      const left = combine(operation, v128.load(a), v128.load(b));
      const right = combine(operation, v128.load(a, 16), v128.load(b, 16));
      v128.store(y, left);
      v128.store(y, right, 16);
      a += 32;
      b += 32;
      y += 32;
    }
    for (; rest > 0; rest--) {
      v128.store_lane<f32>(y, combine(operation, v128.load32_splat(a), v128.load32_splat(b)), 0);
      a += 4;
      b += 4;
      y += 4;
    }
    return;
  }
  if (stepA != 0) {
    const value = v128.load32_splat(b);
    for (; rest >= 4; rest -= 4) {
      v128.store(y, combine(operation, v128.load(a), value));
      a += 16;
      y += 16;
    }
    for (; rest > 0; rest--) {
      v128.store_lane<f32>(y, combine(operation, v128.load32_splat(a), value), 0);
      a += 4;
      y += 4;
    }
    return;
  }
  const value = v128.load32_splat(a);
  const moving = <usize>(stepB << 2);
  if (stepB != 0) {
    for (; rest >= 4; rest -= 4) {
      v128.store(y, combine(operation, value, v128.load(b)));
      b += 16;
      y += 16;
    }
  }
  for (; rest > 0; rest--) {
    v128.store_lane<f32>(y, combine(operation, value, v128.load32_splat(b)), 0);
    b += moving;
    y += 4;
  }
}

// @ts-ignore: decorator
@inline
function broadcast(
  operation: i32, a: usize, b: usize, y: usize, outer: i32, middle: i32, inner: i32,
  outerA: i32, middleA: i32, innerA: i32, outerB: i32, middleB: i32, innerB: i32,
): void {
  const length = <usize>inner << 2;
  for (let o = 0; o < outer; o++) {
    let fromA = a + (<usize>(o * outerA) << 2), fromB = b + (<usize>(o * outerB) << 2);
    for (let m = 0; m < middle; m++) {
      run(operation, fromA, fromB, y, inner, innerA, innerB);
      fromA += <usize>middleA << 2;
      fromB += <usize>middleB << 2;
      y += length;
    }
  }
}

/** y[outer×middle×inner] = a + b; the last six are the operands' strides in floats, innermost 0 or 1. y may be a or b if that is not broadcast. */
export function add(a: usize, b: usize, y: usize, outer: i32, middle: i32, inner: i32, oa: i32, ma: i32, ia: i32, ob: i32, mb: i32, ib: i32): void {
  broadcast(ADD, a, b, y, outer, middle, inner, oa, ma, ia, ob, mb, ib);
}

export function subtract(a: usize, b: usize, y: usize, outer: i32, middle: i32, inner: i32, oa: i32, ma: i32, ia: i32, ob: i32, mb: i32, ib: i32): void {
  broadcast(SUBTRACT, a, b, y, outer, middle, inner, oa, ma, ia, ob, mb, ib);
}

export function multiply(a: usize, b: usize, y: usize, outer: i32, middle: i32, inner: i32, oa: i32, ma: i32, ia: i32, ob: i32, mb: i32, ib: i32): void {
  broadcast(MULTIPLY, a, b, y, outer, middle, inner, oa, ma, ia, ob, mb, ib);
}

export function divide(a: usize, b: usize, y: usize, outer: i32, middle: i32, inner: i32, oa: i32, ma: i32, ia: i32, ob: i32, mb: i32, ib: i32): void {
  broadcast(DIVIDE, a, b, y, outer, middle, inner, oa, ma, ia, ob, mb, ib);
}

export function maximum(a: usize, b: usize, y: usize, outer: i32, middle: i32, inner: i32, oa: i32, ma: i32, ia: i32, ob: i32, mb: i32, ib: i32): void {
  broadcast(MAXIMUM, a, b, y, outer, middle, inner, oa, ma, ia, ob, mb, ib);
}

export function minimum(a: usize, b: usize, y: usize, outer: i32, middle: i32, inner: i32, oa: i32, ma: i32, ia: i32, ob: i32, mb: i32, ib: i32): void {
  broadcast(MINIMUM, a, b, y, outer, middle, inner, oa, ma, ia, ob, mb, ib);
}

/** target[rows × bytes] from source: rows of `bytes` bytes (a multiple of 4) that lie `sourceStride` and `targetStride` bytes apart. */
export function copyRows(source: usize, target: usize, rows: i32, bytes: i32, sourceStride: i32, targetStride: i32): void {
  for (let row = 0; row < rows; row++) {
    if (bytes >= 64) {
      memory.copy(target, source, <usize>bytes);
    } else {
      for (let at = 0; at < bytes; at += 4) store<f32>(target + <usize>at, load<f32>(source + <usize>at));
    }
    source += <usize>sourceStride;
    target += <usize>targetStride;
  }
}

/**
 * target[n0×n1×n2×n3] from source, whose elements along each of target's axes lie s0, s1, s2 and s3 floats apart: any exchange of axes of up to
 * four that do not stay neighbours.
 */
export function rearrange(
  source: usize, target: usize, n0: i32, n1: i32, n2: i32, n3: i32, s0: i32, s1: i32, s2: i32, s3: i32,
): void {
  const step = <usize>s3 << 2;
  for (let i = 0; i < n0; i++) {
    for (let j = 0; j < n1; j++) {
      for (let k = 0; k < n2; k++) {
        let from = source + (<usize>(i * s0 + j * s1 + k * s2) << 2);
        for (let l = 0; l < n3; l++) {
          store<f32>(target, load<f32>(from));
          from += step;
          target += 4;
        }
      }
    }
  }
}

export function fill(target: usize, count: i32, value: f32): void {
  const four = f32x4.splat(value);
  for (; count >= 4; count -= 4) {
    v128.store(target, four);
    target += 16;
  }
  for (; count > 0; count--) {
    store<f32>(target, value);
    target += 4;
  }
}

/** dx = dy·1 where x > 0 and dy·slope elsewhere, NaN for NaN: the gradient of leaky ReLU in one pass, as two kernels would round it. */
export function leakyGradient(dy: usize, x: usize, dx: usize, count: i32, slope: f32): void {
  const one = f32x4.splat(1), zero = f32x4.splat(0), s = f32x4.splat(slope);
  for (; count >= 4; count -= 4) {
    const at = v128.load(x);
    const slopes = v128.bitselect(v128.bitselect(one, s, f32x4.gt(at, zero)), at, f32x4.eq(at, at));
    v128.store(dx, f32x4.mul(v128.load(dy), slopes));
    dy += 16;
    x += 16;
    dx += 16;
  }
  for (; count > 0; count--) {
    const at = load<f32>(x);
    store<f32>(dx, load<f32>(dy) * (at > 0 ? <f32>1 : at == at ? slope : at));
    dy += 4;
    x += 4;
    dx += 4;
  }
}

/** ELU's gradient from its output: dy·1 where y ≥ 0 and dy·(y + 1) elsewhere. */
export function eluGradient(dy: usize, y: usize, dx: usize, count: i32): void {
  for (; count > 0; count--) {
    const value = load<f32>(y);
    store<f32>(dx, load<f32>(dy) * (value >= 0 ? <f32>1 : value + 1));
    dy += 4;
    y += 4;
    dx += 4;
  }
}
