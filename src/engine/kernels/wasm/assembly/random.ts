/**
 * core/rng.ts's generator (Threefry-2x32, 20 rounds) and its normal numbers, as the same operations on the same doubles, so that a
 * number has the same bits wherever it is drawn. Not a second generator: core/rng.ts says what is drawn when.
 * The logarithm, sine and cosine are core/elementary.ts's, after FreeBSD's fdlibm:
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */

// @ts-ignore: decorator
@inline
function round(x: v128, y: v128, left: i32): v128 {
  return v128.xor(v128.or(i32x4.shl(y, left), i32x4.shr_u(y, 32 - left)), x);
}

/** Words of four blocks: `first` of each in the lanes of the first vector at `words`, second words in the next. */
// @ts-ignore: decorator
@inline
function fourBlocks(words: usize, k0: i32, k1: i32, counter: i32, first: i32): void {
  const a = i32x4.splat(k0), b = i32x4.splat(k1), c = i32x4.splat(0x1bd11bda ^ k0 ^ k1);
  let x = i32x4.splat(counter + k0);
  let y = i32x4.add(i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3)), b);
  x = i32x4.add(x, y); y = round(x, y, 13);
  x = i32x4.add(x, y); y = round(x, y, 15);
  x = i32x4.add(x, y); y = round(x, y, 26);
  x = i32x4.add(x, y); y = round(x, y, 6);
  x = i32x4.add(x, b); y = i32x4.add(i32x4.add(y, c), i32x4.splat(1));
  x = i32x4.add(x, y); y = round(x, y, 17);
  x = i32x4.add(x, y); y = round(x, y, 29);
  x = i32x4.add(x, y); y = round(x, y, 16);
  x = i32x4.add(x, y); y = round(x, y, 24);
  x = i32x4.add(x, c); y = i32x4.add(i32x4.add(y, a), i32x4.splat(2));
  x = i32x4.add(x, y); y = round(x, y, 13);
  x = i32x4.add(x, y); y = round(x, y, 15);
  x = i32x4.add(x, y); y = round(x, y, 26);
  x = i32x4.add(x, y); y = round(x, y, 6);
  x = i32x4.add(x, a); y = i32x4.add(i32x4.add(y, b), i32x4.splat(3));
  x = i32x4.add(x, y); y = round(x, y, 17);
  x = i32x4.add(x, y); y = round(x, y, 29);
  x = i32x4.add(x, y); y = round(x, y, 16);
  x = i32x4.add(x, y); y = round(x, y, 24);
  x = i32x4.add(x, b); y = i32x4.add(i32x4.add(y, c), i32x4.splat(4));
  x = i32x4.add(x, y); y = round(x, y, 13);
  x = i32x4.add(x, y); y = round(x, y, 15);
  x = i32x4.add(x, y); y = round(x, y, 26);
  x = i32x4.add(x, y); y = round(x, y, 6);
  v128.store(words, i32x4.add(x, c));
  v128.store(words, i32x4.add(y, i32x4.add(a, i32x4.splat(5))), 16);
}

// @ts-ignore: decorator
@inline
function odd24(word: u32): u32 {
  return ((word >>> 9) << 1) | 1;
}

// @ts-ignore: decorator
@inline
function log24(m: u32): f64 {
  let exponent = 31 - <i32>clz<u32>(m);
  let mantissa = <f64>m / <f64>(1 << exponent);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    exponent += 1;
  }
  const k = <f64>(exponent - 24);
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const r = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373)) +
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return k * 0.6931471803691238 - (half - (s * (half + r) + k * 1.9082149292705877e-10) - f);
}

// @ts-ignore: decorator
@inline
function kernelSin(x: f64): f64 {
  const z = x * x;
  const w = z * z;
  const r = 0.00833333333332249 + z * (-0.0001984126982985795 + z * 0.0000027557313707070068) +
    z * w * (-2.5050760253406863e-8 + z * 1.58969099521155e-10);
  return x + z * x * (-0.16666666666666632 + z * r);
}

// @ts-ignore: decorator
@inline
function kernelCos(x: f64): f64 {
  const z = x * x;
  const w = z * z;
  const r = z * (0.0416666666666666 + z * (-0.001388888888887411 + z * 0.00002480158728947673)) +
    w * w * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11));
  const half = 0.5 * z;
  const v = 1 - half;
  return v + (1 - v - half + z * r);
}

/** `count` standard normal numbers (Box and Muller 1958). `words` is 32 bytes of scratch. */
export function normals(target: usize, count: i32, seed: i32, stream: i32, at: i32, words: usize): void {
  for (let start = 0; start < count; start += 8) {
    fourBlocks(words, seed, stream, at, start >> 1);
    const here = min(8, count - start);
    for (let i = 0; i < here; i += 2) {
      const lane = <usize>i << 1;
      const radius = Math.sqrt(-2 * log24(odd24(load<u32>(words + lane))));
      const m = odd24(load<u32>(words + lane, 16));
      const quarter = (m + 0x200000) >>> 22;
      const x = <f64>(<i32>(m - (quarter << 22))) * (3.141592653589793 / 8388608.0);
      const c = kernelCos(x), s = kernelSin(x);
      const odd = (quarter & 1) == 1;
      const cosine = (odd ? s : c) * <f64>(1 - <i32>((quarter + 1) & 2));
      const sine = (odd ? c : s) * <f64>(1 - <i32>(quarter & 2));
      const to = target + (<usize>(start + i) << 2);
      store<f32>(to, <f32>(radius * cosine));
      if (i + 1 < here) store<f32>(to, <f32>(radius * sine), 4);
    }
  }
}

/** Uniform numbers in (0, 1), or in (-1, 1) when `symmetric`. */
export function uniforms(target: usize, count: i32, seed: i32, stream: i32, at: i32, symmetric: i32, words: usize): void {
  for (let start = 0; start < count; start += 8) {
    fourBlocks(words, seed, stream, at, start >> 1);
    const here = min(8, count - start);
    for (let i = 0; i < here; i++) {
      const word = load<u32>(words + (<usize>(i >> 1) << 2) + (<usize>(i & 1) << 4));
      const unit = <f32>(<f64>odd24(word) * (1.0 / 16777216.0));
      store<f32>(target + (<usize>(start + i) << 2), symmetric != 0 ? <f32>(2 * <f64>unit - 1) : unit);
    }
  }
}

/** `value` where a word is below `threshold` (a double, since 2^32 must be possible), else 0. */
export function bernoulli(
  target: usize, count: i32, seed: i32, stream: i32, at: i32, threshold: f64, value: f32, words: usize,
): void {
  for (let start = 0; start < count; start += 8) {
    fourBlocks(words, seed, stream, at, start >> 1);
    const here = min(8, count - start);
    for (let i = 0; i < here; i++) {
      const word = load<u32>(words + (<usize>(i >> 1) << 2) + (<usize>(i & 1) << 4));
      store<f32>(target + (<usize>(start + i) << 2), <f64>word < threshold ? value : <f32>0);
    }
  }
}
