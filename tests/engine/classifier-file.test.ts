import { describe, expect, it } from "vitest";
import { fromHalf, toHalf } from "../../src/core/half";
import { packClassifier, parseClassifier } from "../../src/engine/classifier/file";

describe("halfs", () => {
  it("have IEEE's bits for known numbers", () => {
    const known: readonly (readonly [number, number])[] = [
      [0, 0x0000],
      [1, 0x3c00],
      [-2, 0xc000],
      [65504, 0x7bff],
      [1 / 3, 0x3555],
      [2 ** -14, 0x0400],
      [2 ** -24, 0x0001],
      [Number.POSITIVE_INFINITY, 0x7c00],
    ];
    for (const [value, bits] of known) expect(toHalf(value), String(value)).toBe(bits);
  });

  it("round to the nearest, ties to even, and overflow to infinity", () => {
    expect(toHalf(1 + 2 ** -11)).toBe(0x3c00);
    expect(toHalf(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(toHalf(2047.9999)).toBe(toHalf(2048)); // carries into the exponent
    expect(toHalf(65520)).toBe(0x7c00);
    expect(toHalf(2 ** -26)).toBe(0);
    expect(toHalf(-(2 ** -25) * 1.5)).toBe(0x8001);
  });

  it("come back as they went, all of them", () => {
    for (let half = 0; half < 0x10000; half++) {
      if ((half & 0x7c00) === 0x7c00 && (half & 0x3ff) !== 0) expect(fromHalf(half)).toBeNaN();
      else if (half !== 0x8000) expect(toHalf(fromHalf(half))).toBe(half);
    }
  });
});

describe("a classifier's file", () => {
  const header = {
    dataset: "mnist",
    shape: [28, 28, 1],
    classes: 10,
    layers: [{ type: "flatten" as const }, { type: "dense" as const, units: 10 }],
    features: 784,
    accuracy: 0.9,
    testImages: 10_000,
    floors: { samples: 500, values: { frechet: 1.5 } },
  };
  const weights = Float32Array.of(0.5, -1, 0.25);
  const packed = () => packClassifier(header, weights).buffer as ArrayBuffer;

  it("comes back as it was packed", () => {
    const file = parseClassifier(packed(), "mnist");
    expect(file.header).toEqual({ format: 1, ...header, weights: 3 });
    expect(file.weights).toEqual(weights);
  });

  it("is refused in a sentence when it is cut, of other data, or something else", () => {
    expect(() => parseClassifier(packed().slice(0, -2), "mnist")).toThrow("promises 3 weights but holds 2");
    expect(() => parseClassifier(packed().slice(0, 20), "mnist")).toThrow("cut or damaged");
    expect(() => parseClassifier(packed(), "fashion")).toThrow('is for "mnist", not for "fashion"');
    expect(() => parseClassifier(new ArrayBuffer(0), "mnist")).toThrow("cut or damaged");
    expect(() => parseClassifier(Uint8Array.of(4, 0, 0, 0, 65, 65, 65, 65).buffer, "mnist")).toThrow("JSON");
    expect(() => parseClassifier(Uint8Array.of(2, 0, 0, 0, 123, 125).buffer, "mnist")).toThrow("fault at format");
  });
});
