/** The project's generator in WGSL: the same words as core/rng, and from them the same numbers but for float32's rounding. */
import type { RandomDraw } from "../../draws";
import { literal } from "./elementwise";

/**
 * Threefry-2x32 with 20 rounds (Salmon et al. 2011; core/rng.ts), and logarithm, cosine and sine of 24-bit arguments by the polynomials of
 * core/elementary.ts: the driver's own may be far off for arguments near one.
 */
export const RANDOM_FUNCTIONS = `
fn random_rotate(x: u32, n: u32) -> u32 { return (x << n) | (x >> (32u - n)); }
fn random_words(key: vec2<u32>, step: u32, block: u32) -> vec2<u32> {
  let parity = 0x1bd11bdau ^ key.x ^ key.y;
  var x = step + key.x;
  var y = block + key.y;
${[
  { rotations: [13, 15, 26, 6], x: "key.y", y: "parity + 1u" },
  { rotations: [17, 29, 16, 24], x: "parity", y: "key.x + 2u" },
  { rotations: [13, 15, 26, 6], x: "key.x", y: "key.y + 3u" },
  { rotations: [17, 29, 16, 24], x: "key.y", y: "parity + 4u" },
  { rotations: [13, 15, 26, 6], x: "parity", y: "key.x + 5u" },
]
  .flatMap(({ rotations, x, y }) => [
    ...rotations.map((n) => `  x = x + y; y = random_rotate(y, ${n}u) ^ x;`),
    `  x = x + ${x}; y = y + ${y};`,
  ])
  .join("\n")}
  return vec2<u32>(x, y);
}
fn random_odd(word: u32) -> u32 { return ((word >> 9u) << 1u) | 1u; }
fn random_unit(word: u32) -> f32 { return f32(random_odd(word)) * ${literal(2 ** -24)}; }
fn random_log(m: u32) -> f32 {
  let bits = bitcast<u32>(f32(m));
  var exponent = i32(bits >> 23u) - 151;
  var mantissa = bitcast<f32>((bits & 0x7fffffu) | 0x3f800000u);
  if (mantissa > 1.4142135f) { mantissa = mantissa * 0.5f; exponent = exponent + 1; }
  let f = mantissa - 1.0f;
  let s = f / (2.0f + f);
  let z = s * s;
  let r = z * (0.6666667f + z * (0.4f + z * (0.2857143f + z * (0.22222199f + z * 0.18183573f))));
  let half = 0.5f * f * f;
  let k = f32(exponent);
  return k * 0.69313812f - (half - (s * (half + r) + k * 0.0000090580006f) - f);
}
fn random_wave(m: u32) -> vec2<f32> {
  let quarter = (m + 0x200000u) >> 22u;
  let x = f32(i32(m) - i32(quarter << 22u)) * ${literal(Math.PI / 8388608)};
  let z = x * x;
  let c = 1.0f - 0.5f * z + z * z * (0.041666668f + z * (-0.0013888889f + z * 0.000024801588f));
  let s = x + x * z * (-0.16666667f + z * (0.008333334f + z * (-0.00019841270f + z * 0.0000027557319f)));
  let odd = (quarter & 1u) == 1u;
  let signs = vec2<f32>(1.0f - f32((quarter + 1u) & 2u), 1.0f - f32(quarter & 2u));
  return select(vec2<f32>(c, s), vec2<f32>(s, c), odd) * signs;
}
fn random_normals(words: vec2<u32>) -> vec2<f32> {
  return sqrt(-2.0f * random_log(random_odd(words.x))) * random_wave(random_odd(words.y));
}
`;

/** The expression of a block's two numbers, by the name of its words. */
export function randomPair(random: RandomDraw, words: string): string {
  switch (random.kind) {
    case "normals":
      return `random_normals(${words})`;
    case "uniforms":
      return `vec2<f32>(random_unit(${words}.x), random_unit(${words}.y))`;
    case "symmetric":
      return `(2.0f * vec2<f32>(random_unit(${words}.x), random_unit(${words}.y)) - 1.0f)`;
    case "bernoulli": {
      const threshold = Math.ceil(random.probability * 2 ** 32);
      if (threshold >= 2 ** 32) return `vec2<f32>(${literal(random.value)})`;
      return `select(vec2<f32>(0.0f), vec2<f32>(${literal(random.value)}), ${words} < vec2<u32>(${threshold}u))`;
    }
    default:
      random satisfies never;
      return "vec2<f32>(0.0f)";
  }
}
