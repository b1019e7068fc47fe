/** Sharpness and power spectra of images that can be worked out by hand. */
import { describe, expect, it } from "vitest";
import { evaluatePoints } from "../../../src/core/metrics/evaluate";
import { type ImageShape, sharpness, sharpnessRatio } from "../../../src/core/metrics/sharpness";
import { radialSpectrum, spectrumDistance } from "../../../src/core/metrics/spectrum";
import { finish } from "../../../src/core/pieces";
import { MEASURE_IDS } from "../../../src/core/quality/measures";
import { makeYardstick, measure } from "../../../src/core/quality/measuring";
import { normals } from "../../../src/core/rng";

const shape: ImageShape = [8, 8, 1];
const image = (f: (x: number, y: number) => number) =>
  Float32Array.from({ length: 64 }, (_, i) => f(i % 8, Math.floor(i / 8)));
const wave = (u: number, v: number) => image((x, y) => Math.cos((2 * Math.PI * (u * x + v * y)) / 8));
const noise = (size: number, step: number) => normals(new Float32Array(size), 3, 9, step);

/** Each pixel with its neighbours to the right and below. */
function blurred(images: Float32Array, side: number): Float32Array {
  const size = side * side;
  return images.map((value, i) => {
    const [row, x, y] = [Math.floor(i / size), i % side, Math.floor((i % size) / side)];
    const at = (dx: number, dy: number) => images[row * size + ((y + dy) % side) * side + ((x + dx) % side)] ?? 0;
    return (value + at(1, 0) + at(0, 1) + at(1, 1)) / 4;
  });
}

describe("sharpness", () => {
  it("is the slope of a ramp, whichever way it goes, and of the brightness where there are channels", () => {
    expect(
      sharpness(
        image((x) => 0.5 * x),
        shape,
      ),
    ).toBeCloseTo(0.5, 6);
    expect(
      sharpness(
        image((x, y) => 3 * x + 4 * y),
        shape,
      ),
    ).toBeCloseTo(5, 6);
    expect(
      sharpness(
        image(() => 0.7),
        shape,
      ),
    ).toBe(0);
    const colour = Float32Array.from({ length: 64 * 3 }, (_, i) => (i % 3 === 0 ? Math.floor(i / 3) % 8 : 0));
    expect(sharpness(colour, [8, 8, 3])).toBeCloseTo(1 / 3, 6);
  });

  it("falls with blur", () => {
    const images = noise(64 * 20, 0);
    expect(sharpnessRatio(blurred(images, 8), images, shape)).toBeLessThan(0.6);
    expect(sharpnessRatio(images, images, shape)).toBe(1);
  });
});

describe("the radial power spectrum", () => {
  it.each([
    [1, 0, 1],
    [0, 3, 3],
    [2, 2, 3], // √8, rounded
  ])("of a wave (%d, %d) is all at radius %d", (u, v, radius) => {
    const spectrum = radialSpectrum(wave(u, v), shape);
    expect(spectrum.length).toBe(5);
    for (const [r, power] of spectrum.entries()) {
      if (r === radius) expect(power).toBeGreaterThan(0.01);
      else expect(power).toBeLessThan(1e-12);
    }
  });

  it("adds up to the images' mean square, as Parseval's theorem has it", () => {
    const odd: ImageShape = [5, 5, 1];
    const images = noise(25 * 4, 1);
    const spectrum = radialSpectrum(images, odd);
    // By rounded radius: 1 frequency at 0, 8 at 1 (1 and 1.41), 12 at 2 (2 and 2.24); the other 4 (2.83) are left out.
    const inside = [1, 8, 12];
    const total = spectrum.reduce((sum, power, radius) => sum + power * (inside[radius] ?? 0), 0);
    const mean = images.reduce((sum, value) => sum + value * value, 0) / images.length;
    expect(total).toBeLessThan(mean);
    expect(total).toBeGreaterThan(0.6 * mean); // the corners, at radius 3, are left out
  });

  it("has less at fine detail after blur, and is at no distance from itself", () => {
    const images = noise(64 * 20, 2);
    const [sharp, soft] = [radialSpectrum(images, shape), radialSpectrum(blurred(images, 8), shape)];
    expect((soft[4] ?? 0) / (sharp[4] ?? 0)).toBeLessThan(0.2);
    expect((soft[1] ?? 0) / (sharp[1] ?? 0)).toBeGreaterThan(0.6);
    expect(spectrumDistance(sharp, sharp)).toBe(0);
    expect(spectrumDistance(soft, sharp)).toBeGreaterThan(0.3);
  });
});

describe("measuring images in pieces", () => {
  it("reads what the whole evaluation reads, and brings both spectra", () => {
    const [reals, realsB] = [noise(784 * 60, 3), noise(784 * 60, 4)];
    const fakes = blurred(noise(784 * 60, 5), 28);
    const yardstick = finish(makeYardstick("mnist", reals, realsB, 5));
    const { values, spectrum } = finish(measure(fakes, yardstick));
    const whole = evaluatePoints({ fakes, reals, dimension: 784, image: [28, 28, 1], seed: 5 });
    for (const id of MEASURE_IDS) {
      if (values[id] !== undefined) expect(values[id], id).toBeCloseTo(whole[id] ?? Number.NaN, 9);
    }
    expect(values.sharpnessRatio).toBeLessThan(0.6);
    expect(yardstick.standards.floor.sharpnessRatio).toBeCloseTo(1, 1);
    expect(spectrumDistance(spectrum ?? [], yardstick.image?.spectrum ?? [])).toBeCloseTo(
      whole.spectrumDistance ?? Number.NaN,
      9,
    );
  });
});
