/**
 * core/rng.ts's numbers drawn on the GPU: the same words, hence the same uniform numbers, coins and whole numbers bit for bit, and the same
 * normal numbers within single precision, because a GPU has no doubles. Not a second generator: core/rng.ts says what is drawn when.
 */
import type { RandomDraw } from "../../feed";
import { type GpuPlan, type Hook, onePass } from "./program";
import { float, hookBuffers, hookFunction, linearKernel } from "./wgsl";

/** Whole numbers from 0 to bound - 1, as u32; the bound is live, because it grows while a data set loads. */
export interface IntegerDraw {
  readonly kind: "integers";
  readonly seed: number;
  readonly stream: number;
  /** Where the moment buffer holds the bound, which is from 1 to 2^21: there core/rng.ts's double arithmetic is exact. */
  readonly boundAt: number;
}

export interface RandomOptions {
  /** Where the moment buffer holds the step. Default 0. */
  readonly stepAt?: number;
  /** The last dimension of the result, for the hook's row and col. Default: all of it. */
  readonly columns?: number;
  /** Runs on each number, not on whole ones. */
  readonly epilogue?: Hook;
}

/**
 * `count` random numbers of (seed, stream, step), where the step is read on the GPU.
 * Operands: moment (u32, read), [extra inputs], result [count] (f32; u32 for whole numbers), [extra outputs].
 */
export function randomNumbers(draw: RandomDraw | IntegerDraw, count: number, options: RandomOptions = {}): GpuPlan {
  const { stepAt = 0, columns = count, epilogue } = options;
  const [extras, outs] = hookBuffers(epilogue);
  const whole = draw.kind === "integers";
  // An element per word; the word's partner belongs to the next or the previous element.
  const { code, workgroups, bindings } = linearKernel(
    Math.ceil(count / 2),
    [
      { name: "moment", kind: "read", type: "array<u32>" },
      ...extras,
      { name: "result", kind: "read-write", type: whole ? "array<u32>" : "array<f32>" },
      ...outs,
    ],
    `${THREEFRY}
${functionsOf(draw)}
${
  whole
    ? "fn put(index: u32, value: u32) { result[index] = value; }"
    : `${hookFunction("epilogue", epilogue)}
fn put(index: u32, value: f32) { result[index] = epilogue(value, index, index / ${columns}u, index % ${columns}u); }`
}`,
    `let words = threefry(${draw.seed >>> 0}u, ${draw.stream >>> 0}u, moment[${stepAt}], index);
  let pair = numbers(words);
  put(2u * index, pair.x);
  ${count % 2 === 0 ? "" : `if (2u * index + 1u < ${count}u)`} { put(2u * index + 1u, pair.y); }`,
  );
  return onePass({ label: `${draw.kind} ${count}`, code, workgroups, bindings });
}

/** WGSL: `fn numbers(words: vec2<u32>) -> vec2`, the two numbers of a block. */
function functionsOf(draw: RandomDraw | IntegerDraw): string {
  switch (draw.kind) {
    case "normals":
      return NORMALS;
    case "uniforms":
      return `${ODD24}
fn numbers(words: vec2<u32>) -> vec2<f32> { return vec2<f32>(odd24(words)) * ${float(2 ** -24)}; }`;
    case "symmetric":
      // 2u - 1 with the subtraction in whole numbers, so that nothing is rounded.
      return `${ODD24}
fn numbers(words: vec2<u32>) -> vec2<f32> {
  return vec2<f32>(vec2<i32>(odd24(words)) - vec2<i32>(8388608)) * ${float(2 ** -23)};
}`;
    case "bernoulli": {
      const threshold = Math.ceil(draw.probability * 2 ** 32); // a whole word is below p·2^32 just when it is below this
      const below = threshold >= 2 ** 32 ? "vec2<bool>(true)" : `words < vec2<u32>(${Math.max(threshold, 0)}u)`;
      return `fn numbers(words: vec2<u32>) -> vec2<f32> {
  return select(vec2<f32>(0.0), vec2<f32>(${float(draw.value)}), ${below});
}`;
    }
    case "integers":
      // The high word of word · bound, from 16-bit halves, so that nothing overflows.
      return `fn numbers(words: vec2<u32>) -> vec2<u32> {
  let bound = vec2<u32>(moment[${draw.boundAt}]);
  let low = bound & vec2<u32>(0xffffu);
  let high = bound >> vec2<u32>(16u);
  let wordLow = words & vec2<u32>(0xffffu);
  let wordHigh = words >> vec2<u32>(16u);
  let carry = (wordLow * low) >> vec2<u32>(16u);
  let middle = wordHigh * low + carry; // below 2^32
  let other = wordLow * high + (middle & vec2<u32>(0xffffu));
  return wordHigh * high + (middle >> vec2<u32>(16u)) + (other >> vec2<u32>(16u));
}`;
    default:
      throw new Error(`Unknown random draw ${JSON.stringify(draw satisfies never)}; this is a bug.`);
  }
}

const mix = (rotation: number): string => `x += y; y = ((y << ${rotation}u) | (y >> ${32 - rotation}u)) ^ x;`;
const FIRST = [13, 15, 26, 6].map(mix).join(" ");
const SECOND = [17, 29, 16, 24].map(mix).join(" ");

/** core/rng.ts's threefryBlocks for one block. */
const THREEFRY = `fn threefry(a: u32, b: u32, counter: u32, block: u32) -> vec2<u32> {
  let c = 0x1bd11bdau ^ a ^ b;
  var x = counter + a;
  var y = block + b;
  ${FIRST}
  x += b; y += c + 1u;
  ${SECOND}
  x += c; y += a + 2u;
  ${FIRST}
  x += a; y += b + 3u;
  ${SECOND}
  x += b; y += c + 4u;
  ${FIRST}
  return vec2<u32>(x + c, y + a + 5u);
}`;

const ODD24 = `fn odd24(words: vec2<u32>) -> vec2<u32> { return ((words >> vec2<u32>(9u)) << vec2<u32>(1u)) | vec2<u32>(1u); }`;

/**
 * Box and Muller (1958). WGSL promises too little of its own log near 1 and of sin and cos (2^-11), so they are made of + - * / here:
 * the logarithm after FreeBSD's fdlibm (e_logf.c; Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a
 * Sun Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this
 * notice is preserved), sine and cosine with the polynomials of the Cephes library (Moshier 1989, sinf.c).
 */
const NORMALS = `${ODD24}
fn log24(m: u32) -> f32 {
  var exponent = i32(firstLeadingBit(m)) - 24;
  var mantissa = bitcast<f32>((bitcast<u32>(f32(m)) & 0x007fffffu) | 0x3f800000u);
  if (mantissa > 1.41421356f) {
    mantissa *= 0.5f;
    exponent += 1;
  }
  let k = f32(exponent);
  let f = mantissa - 1.0f;
  let s = f / (2.0f + f);
  let z = s * s;
  let w = z * z;
  let r = w * (0.40000972152f + w * 0.24279078841f) + z * (0.66666662693f + w * 0.28498786688f);
  let half = 0.5f * f * f;
  return k * 0.69313812256f - (half - (s * (half + r) + k * 9.0580006145e-6f) - f);
}
fn numbers(words: vec2<u32>) -> vec2<f32> {
  let m = odd24(words);
  let radius = sqrt(-2.0f * log24(m.x));
  let quarter = (m.y + 0x200000u) >> 22u;
  let x = f32(i32(m.y) - i32(quarter << 22u)) * ${float(Math.PI / 8388608)};
  let z = x * x;
  let s = x + x * z * (-1.6666654611e-1f + z * (8.3321608736e-3f + z * -1.9515295891e-4f));
  let c = 1.0f - 0.5f * z + z * z * (4.166664568298827e-2f + z * (-1.388731625493765e-3f + z * 2.443315711809948e-5f));
  let odd = (quarter & 1u) == 1u;
  let cosine = select(c, s, odd) * f32(1 - i32((quarter + 1u) & 2u));
  let sine = select(s, c, odd) * f32(1 - i32(quarter & 2u));
  return radius * vec2<f32>(cosine, sine);
}`;
