/**
 * Logarithm, sine and cosine from + - * / alone, in double precision, so that every JavaScript engine (and a WebAssembly
 * kernel doing the same f64 operations) gives the same bits. Math.log, Math.cos and Math.sin do not promise that.
 * Not a general maths library: it covers the arguments that core/rng.ts and core/datasets make.
 *
 * Coefficients (as the shortest decimals of the same doubles) and order of operations are those of FreeBSD's fdlibm
 * (e_log.c, k_sin.c, k_cos.c):
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const L1 = 0.6666666666666735;
const L2 = 0.3999999999940942;
const L3 = 0.2857142874366239;
const L4 = 0.22222198432149784;
const L5 = 0.1818357216161805;
const L6 = 0.15313837699209373;
const L7 = 0.14798198605116586;

const S1 = -0.16666666666666632;
const S2 = 0.00833333333332249;
const S3 = -0.0001984126982985795;
const S4 = 0.0000027557313707070068;
const S5 = -2.5050760253406863e-8;
const S6 = 1.58969099521155e-10;

const C1 = 0.0416666666666666;
const C2 = -0.001388888888887411;
const C3 = 0.00002480158728947673;
const C4 = -2.7557314351390663e-7;
const C5 = 2.087572321298175e-9;
const C6 = -1.1359647557788195e-11;

/** One 2^-24 of a turn in radians; the divisor is a power of two, so only π itself is rounded. */
const RADIANS = Math.PI / 8388608;

/**
 * ln(m · 2^-24) for a whole m in [1, 2^24], within one unit in the last place of the double result or nearly so.
 * The exponent is read with clz32, because m is whole: no bit views, hence no question of byte order.
 */
export function log24(m: number): number {
  let exponent = 31 - Math.clz32(m);
  let mantissa = m / (1 << exponent); // [1, 2), exact
  if (mantissa > Math.SQRT2) {
    mantissa *= 0.5;
    exponent += 1;
  }
  const k = exponent - 24;
  const f = mantissa - 1; // [-0.293, 0.415]
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const r = w * (L2 + w * (L4 + w * L6)) + z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
}

/**
 * cos and sin of 2π · m · 2^-24 for 0 ≤ m < 2^31, into out[at] and out[at + 1].
 * The reduction to ±1/8 turn is exact.
 */
export function cosSin24(m: number, out: Float64Array, at: number): void {
  const quarter = (m + 0x200000) >>> 22; // nearest quarter turn
  const x = (m - (quarter << 22)) * RADIANS; // [-π/4, π/4]
  const c = kernelCos(x);
  const s = kernelSin(x);
  const odd = (quarter & 1) === 1;
  out[at] = (odd ? s : c) * (1 - ((quarter + 1) & 2));
  out[at + 1] = (odd ? c : s) * (1 - (quarter & 2));
}

/** cos and sin of `turns` whole turns (0 ≤ turns < 127) into out[at] and out[at + 1]; returns `out`. */
export function cosSinTurns(turns: number, out: Float64Array, at: number): Float64Array {
  cosSin24(turns * 16777216, out, at);
  return out;
}

function kernelSin(x: number): number {
  const z = x * x;
  const w = z * z;
  const r = S2 + z * (S3 + z * S4) + z * w * (S5 + z * S6);
  return x + z * x * (S1 + z * r);
}

function kernelCos(x: number): number {
  const z = x * x;
  const w = z * z;
  const r = z * (C1 + z * (C2 + z * C3)) + w * w * (C4 + z * (C5 + z * C6));
  const half = 0.5 * z;
  const v = 1 - half;
  return v + (1 - v - half + z * r);
}
