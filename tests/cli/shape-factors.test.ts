/** What is read off the pixels of coloured shapes, against the factors that they were drawn from. */
import { expect, it } from "vitest";
import { nodeImages } from "../../src/cli/node-data";
import { SHAPE_FACTORS, shapeFactors } from "../../src/cli/shape-factors";
import { shapes } from "../../src/core/datasets/shapes";

const COUNT = 500;

/** Pearson's. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (x: readonly number[]) => x.reduce((sum, value) => sum + value, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    x.reduce((sum, value, i) => sum + (value - mx) * ((y[i] ?? 0) - my), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}

it("place, size and hue of a shape are read off its pixels", async () => {
  const set = nodeImages(shapes);
  await set.ensureAll("test");
  const numbers = Int32Array.from({ length: COUNT }, (_, i) => i);
  const pixels = set.images(numbers, undefined, "test");
  const size = pixels.length / COUNT;
  const read = Array.from(numbers, (i) => shapeFactors(pixels.subarray(i * size, (i + 1) * size), 16));
  const attribute = (k: number) => Array.from(set.attribute(k, "test").subarray(0, COUNT));
  const hue = attribute(3).map((byte) => (2 * Math.PI * byte) / 255);
  const known = [attribute(0), attribute(1), attribute(2), hue.map(Math.cos), hue.map(Math.sin)];
  for (const [f, name] of SHAPE_FACTORS.entries()) {
    const found = read.map((factors) => factors[f] ?? Number.NaN);
    expect(correlation(found, known[f] ?? []), name).toBeGreaterThan(0.97);
  }
});

it("an image of the ground alone has no factors", () => {
  const ground = Float32Array.from({ length: 16 * 16 * 3 }, (_, i) => ([24, 28, 36][i % 3] ?? 0) / 127.5 - 1);
  expect(shapeFactors(ground, 16)).toEqual(SHAPE_FACTORS.map(() => Number.NaN));
});
