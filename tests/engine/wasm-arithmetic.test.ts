import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";

/** Numbers without a pattern, in (-3, 3). */
const numbers = (count: number, phase = 0) =>
  Float32Array.from({ length: count }, (_, i) => 3 * Math.sin(i * 12.9898 + phase));
const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const tensorOf = (shape: number[], phase = 0) => tf.tensor(numbers(size(shape), phase), shape);

/** The element of a tensor that broadcasting puts at a place of the result. */
function elementAt(values: Float32Array, shape: readonly number[], place: readonly number[]): number {
  let index = 0;
  for (const [axis, length] of shape.entries()) {
    const at = place[axis + place.length - shape.length] ?? 0;
    index = index * length + (length === 1 ? 0 : at);
  }
  return values[index] ?? Number.NaN;
}

function placesOf(shape: readonly number[]): number[][] {
  return Array.from({ length: size(shape) }, (_, index) => {
    let rest = index;
    return shape
      .toReversed()
      .map((length) => {
        const at = rest % length;
        rest = Math.floor(rest / length);
        return at;
      })
      .reverse();
  });
}

const f = Math.fround;

beforeAll(async () => {
  await startBackend("wasm");
});

describe("arithmetic with broadcasting", () => {
  const operations = {
    add: [tf.add, (a: number, b: number) => f(a + b)],
    sub: [tf.sub, (a: number, b: number) => f(a - b)],
    mul: [tf.mul, (a: number, b: number) => f(a * b)],
    div: [tf.div, (a: number, b: number) => f(a / b)],
    maximum: [tf.maximum, Math.max],
    minimum: [tf.minimum, Math.min],
  } as const;
  const shapes: [number[], number[]][] = [
    [[11], [11]],
    [[5, 7], []],
    [[], [5, 7]],
    [[5, 7], [7]],
    [[7], [5, 7]],
    [
      [5, 7],
      [5, 1],
    ],
    [
      [5, 1],
      [1, 7],
    ],
    [
      [3, 4, 5],
      [4, 1],
    ],
    [
      [3, 1, 5],
      [3, 4, 5],
    ],
    [
      [3, 1, 5],
      [1, 4, 1],
    ],
    [[2, 3, 4, 9], [9]],
    [
      [2, 1, 4, 1],
      [1, 3, 1, 5],
    ], // four axes that do not merge: the stock kernel's
    [[1], [1, 1]],
  ];
  for (const [name, [operation, plain]] of Object.entries(operations)) {
    it.each(shapes)(`${name} of [%j] and [%j]`, async (shapeA, shapeB) => {
      const [a, b] = [tensorOf(shapeA), tensorOf(shapeB, 1)];
      const y = operation(a, b);
      const expected = placesOf(y.shape).map((place) =>
        plain(elementAt(numbers(size(shapeA)), shapeA, place), elementAt(numbers(size(shapeB), 1), shapeB, place)),
      );
      expect([...(await y.data())]).toEqual(expected);
      tf.dispose([a, b, y]);
    });
  }

  it("adds many", async () => {
    const all = [0, 1, 2, 3].map((phase) => tensorOf([3, 3], phase));
    const y = tf.addN(all);
    const expected = Array.from(numbers(9), (x, i) =>
      [1, 2, 3].reduce((sum, phase) => f(sum + (numbers(9, phase)[i] ?? 0)), x),
    );
    expect([...(await y.data())]).toEqual(expected);
    tf.dispose([...all, y]);
  });
});

describe("functions of one number", () => {
  const x = Float32Array.of(-90, -3, -1, -0.5, -1e-3, 0, 1e-3, 0.25, 1, 2, 4, 90, Number.POSITIVE_INFINITY);
  const cases: [string, (x: tf.Tensor) => tf.Tensor, (x: number) => number][] = [
    ["square", tf.square, (v) => v * v],
    ["negation", tf.neg, (v) => -v],
    ["absolute value", tf.abs, Math.abs],
    ["relu", tf.relu, (v) => Math.max(v, 0)],
    ["step", (t) => tf.step(t, 0.25), (v) => (v > 0 ? 1 : 0.25)],
    ["clip", (t) => tf.clipByValue(t, -1, 2), (v) => Math.min(Math.max(v, -1), 2)],
    ["sigmoid", tf.sigmoid, (v) => 1 / (1 + Math.exp(-v))],
    ["elu", tf.elu, (v) => (v > 0 ? v : Math.exp(v) - 1)],
    ["square root", (t) => tf.sqrt(tf.abs(t)), (v) => Math.sqrt(Math.abs(v))],
    ["inverse square root", (t) => tf.rsqrt(tf.abs(t)), (v) => 1 / Math.sqrt(Math.abs(v))],
  ];
  it.each(cases)("%s", async (_name, operation, plain) => {
    const found = await tf.tidy(() => operation(tf.tensor1d(x))).data();
    for (const [i, value] of found.entries()) {
      const expected = plain(x[i] ?? 0);
      if (Number.isFinite(expected))
        expect(Math.abs(value - expected)).toBeLessThanOrEqual(2e-7 * Math.max(1, Math.abs(expected)));
      else expect(value).toBe(expected);
    }
  });

  it("nothing hides a NaN", async () => {
    for (const operation of [tf.relu, tf.sigmoid, tf.elu, tf.square, tf.sqrt]) {
      expect((await tf.tidy(() => operation(tf.tensor1d([Number.NaN]))).data())[0]).toBeNaN();
    }
  });
});

describe("parts and wholes", () => {
  it.each([0, 1, 2])("split along axis %i and concatenated again", async (axis) => {
    const x = tensorOf([6, 6, 6]);
    const y = tf.tidy(() => tf.concat(tf.split(x, [1, 3, 2], axis), axis));
    expect(await y.data()).toEqual(await x.data());
    tf.dispose([x, y]);
  });

  it("slices of one axis and of two", async () => {
    const x = tf.range(0, 24).reshape([2, 3, 4]);
    const one = x.slice([0, 1, 0], [2, 1, 4]);
    const two = x.slice([1, 1, 1], [1, 2, 2]);
    expect([...(await one.data())]).toEqual([4, 5, 6, 7, 16, 17, 18, 19]);
    expect([...(await two.data())]).toEqual([17, 18, 21, 22]);
    tf.dispose([x, one, two]);
  });
});

describe("narrow products", () => {
  const sides: [number, number, number][] = [
    [9, 1, 21],
    [9, 2, 21],
    [1, 37, 21],
    [2, 37, 21],
    [9, 12, 1],
    [9, 12, 2],
    [1, 1, 400],
    [2, 2, 3],
    [17, 2, 400],
  ];
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      it.each(sides)(
        `%i×%i over %i${transposeA ? ", A transposed" : ""}${transposeB ? ", B transposed" : ""}`,
        async (m, n, k) => {
          const a = tensorOf(transposeA ? [k, m] : [m, k]);
          const b = tensorOf(transposeB ? [n, k] : [k, n], 1);
          const bias = tensorOf([n], 2);
          const y = tf.tidy(() => tf.matMul(a, b, transposeA, transposeB));
          const biased = tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D, transposeA, transposeB, bias });
          const [va, vb, vbias] = [numbers(m * k), numbers(k * n, 1), numbers(n, 2)];
          const [found, foundBiased] = [await y.data(), await biased.data()];
          for (let i = 0; i < m; i++) {
            for (let j = 0; j < n; j++) {
              let sum = 0;
              for (let p = 0; p < k; p++) {
                sum += (va[transposeA ? p * m + i : i * k + p] ?? 0) * (vb[transposeB ? j * k + p : p * n + j] ?? 0);
              }
              expect(Math.abs((found[i * n + j] ?? Number.NaN) - sum)).toBeLessThan(1e-3);
              expect(Math.abs((foundBiased[i * n + j] ?? Number.NaN) - sum - (vbias[j] ?? 0))).toBeLessThan(1e-3);
            }
          }
          tf.dispose([a, b, bias, y, biased]);
        },
      );
    }
  }
});
