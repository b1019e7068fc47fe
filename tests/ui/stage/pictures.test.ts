/** The stage's arithmetic: where images go, where D's border runs, what the colours mean, what is said in words. */
import { describe, expect, it } from "vitest";
import { opinionOf } from "../../../src/core/opinion";
import { contour, heatPixels, heatRange } from "../../../src/ui/stage/heat-map";
import { GUTTER, gridSize, imageLayout } from "../../../src/ui/stage/image-layout";
import { latestReadings } from "../../../src/ui/stage/readings";
import { describeFrame } from "../../../src/ui/stage/words";
import { roleColors } from "../../../src/ui/theme/colors";

const probability = opinionOf("minimax");
const score = opinionOf("wasserstein");

describe("imageLayout", () => {
  const image = { height: 28, width: 28 };
  for (const box of [
    { width: 680, height: 420 },
    { width: 340, height: 480 },
    { width: 1200, height: 300 },
  ]) {
    it(`fits 32 and 32 images into ${box.width} × ${box.height}`, () => {
      const layout = imageLayout(box, image, { fakes: 32, reals: 32 });
      const [fakes, reals] = [gridSize(layout, layout.fakes), gridSize(layout, layout.reals)];
      const width = layout.stacked ? Math.max(fakes.width, reals.width) : fakes.width + reals.width + GUTTER;
      const height = layout.stacked ? fakes.height + reals.height : Math.max(fakes.height, reals.height);
      expect(width).toBeLessThanOrEqual(box.width);
      expect(height).toBeLessThanOrEqual(box.height);
    });
  }
  it("shows fewer images rather than unreadable ones", () => {
    const layout = imageLayout({ width: 320, height: 260 }, image, { fakes: 64, reals: 64 });
    expect(layout.cellWidth).toBeGreaterThanOrEqual(28);
    expect(layout.fakes.count + layout.reals.count).toBeLessThan(128);
  });
});

describe("the map of D", () => {
  it("draws the border where the logit changes sign", () => {
    // Logits grow from left to right and are 0 in the middle of the second cell.
    const logits = Float32Array.from([-3, -1, 1, -3, -1, 1, -3, -1, 1]);
    const segments = contour(logits, 3, 0);
    expect(segments).toHaveLength(8);
    for (let i = 0; i < segments.length; i += 2) expect(segments[i]).toBeCloseTo(1.5, 6);
  });
  it("is blue where D says real, orange where it says fake, clear where it says nothing", () => {
    const pixels = heatPixels(Float32Array.of(9, -9, Number.NaN), probability, [0, 1], roleColors("light"));
    const [real, fake] = [pixels.subarray(0, 4), pixels.subarray(4, 8)];
    expect((real[2] ?? 0) > (real[0] ?? 0)).toBe(true);
    expect((fake[0] ?? 0) > (fake[2] ?? 0)).toBe(true);
    expect(pixels[11]).toBe(0);
  });
  it("spans a score's own range, also when all scores are equal", () => {
    expect(heatRange(Float32Array.of(-2, 5), score)).toEqual([-2, 5]);
    expect(heatRange(Float32Array.of(3, 3), score)).toEqual([2, 4]);
    expect(heatRange(Float32Array.of(-2, 5), probability)).toEqual([0, 1]);
  });
});

it("readings are the latest finite ones, since a D-only step has no G loss", () => {
  const values = Float32Array.of(1, 0.5, 2, Number.NaN);
  const readings = latestReadings({ columns: ["dLoss", "gLoss"], steps: Float64Array.of(1, 2), values, changes: [] });
  expect([readings.dLoss, readings.gLoss]).toEqual([2, 0.5]);
  expect(latestReadings(null).gLoss).toBeNaN();
});

describe("the picture in words", () => {
  it("tells mean and spread on the line", () => {
    const frame = { kind: "line", fakes: Float32Array.of(-1, 3), logits: Float32Array.of(0, 0), extent: 4 } as const;
    expect(describeFrame(frame, 1500, probability)).toBe(
      'Step 1.5k. 2 generated numbers with mean 1.00 and standard deviation 2.00. D\'s probability "real" goes from 0.50 to 0.50 over the picture.',
    );
  });
  it("calls a critic's score a score", () => {
    const frame = {
      kind: "plane",
      fakes: Float32Array.of(0, 0, 2, 2),
      logits: Float32Array.of(1),
      size: 1,
      extent: 1,
    } as const;
    expect(describeFrame(frame, 1, score)).toContain("critic");
  });
  it("tells how long the arrows of each loss are", () => {
    const pulls = {
      logits: Float32Array.of(0, 0, 0),
      losses: [
        { loss: "minimax", arrows: Float32Array.of(0, 1e-5, 0, 2e-5, 0, 3e-5) },
        { loss: "hinge", arrows: Float32Array.of(3, 4, 0, 0, 6, 8) },
      ],
    } as const;
    const frame = {
      kind: "plane",
      fakes: new Float32Array(6),
      logits: Float32Array.of(0),
      size: 1,
      extent: 1,
      pulls,
    } as const;
    expect(describeFrame(frame, 1, probability)).toMatch(/by loss: Minimax \(saturating\) 2·10⁻⁵, Hinge 5\.0\.$/);
  });
});
