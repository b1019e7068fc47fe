/** The stage's arithmetic: where images go, where D's border runs, what the colours mean, what is said in words. */
import { describe, expect, it } from "vitest";
import { opinionOf } from "../../../src/core/opinion";
import { wholePlane } from "../../../src/core/plane-window";
import { contour, heatPixels, partOf, refine } from "../../../src/ui/stage/heat-map";
import { heatPosition, heatScale, heatTicks } from "../../../src/ui/stage/heat-scale";
import { GAP, GUTTER, gridSize, imageAt, imageLayout } from "../../../src/ui/stage/image-layout";
import { latestReadings } from "../../../src/ui/stage/readings";
import { describeFrame } from "../../../src/ui/stage/words";
import { roleColors } from "../../../src/ui/theme/colors";

const probability = opinionOf("minimax");
const score = opinionOf("wasserstein");

const COUNTS = { classes: 0, judged: true, remade: false };

describe("imageLayout", () => {
  const image = { height: 28, width: 28 };
  for (const box of [
    { width: 680, height: 420 },
    { width: 340, height: 480 },
    { width: 1200, height: 300 },
  ]) {
    it(`fits 32 and 32 images into ${box.width} × ${box.height}`, () => {
      const layout = imageLayout(box, image, { ...COUNTS, fakes: 32, reals: 32 });
      const [fakes, reals] = [gridSize(layout.fakes), gridSize(layout.reals)];
      const width = layout.stacked ? Math.max(fakes.width, reals.width) : fakes.width + reals.width + GUTTER;
      const height = layout.stacked ? fakes.height + reals.height : Math.max(fakes.height, reals.height);
      expect(width).toBeLessThanOrEqual(box.width + GAP);
      expect(height).toBeLessThanOrEqual(box.height);
    });
  }
  it("gives every class a row of its own, whatever room there is", () => {
    for (const box of [
      { width: 700, height: 560 },
      { width: 340, height: 420 },
    ]) {
      const { fakes } = imageLayout(box, { width: 28, height: 28 }, { ...COUNTS, classes: 10, fakes: 80, reals: 32 });
      expect(fakes.rows).toBe(10);
      expect(gridSize(fakes).height).toBeLessThanOrEqual(box.height);
      expect(imageAt(fakes, fakes.columns)).toBe(8); // the second row begins with the second class
    }
  });

  it("has room for what a model makes of the reals, below them", () => {
    const box = { width: 700, height: 560 };
    const counts = { ...COUNTS, judged: false, remade: true, fakes: 32, reals: 32 };
    const { stacked, fakes, reals } = imageLayout(box, { width: 28, height: 28 }, counts);
    expect(stacked).toBe(true);
    expect(gridSize(fakes).height + 2 * gridSize(reals).height).toBeLessThan(box.height);
  });

  it("shows fakes of at least 56 pixels on a laptop's stage, and smaller reals", () => {
    const { fakes, reals } = imageLayout({ width: 510, height: 330 }, image, { ...COUNTS, fakes: 32, reals: 32 });
    expect(fakes.cell.width).toBeGreaterThanOrEqual(56);
    expect(fakes.count).toBeGreaterThanOrEqual(16);
    expect(reals.cell.width).toBeLessThanOrEqual(0.6 * fakes.cell.width);
    expect(reals.count).toBeGreaterThanOrEqual(8);
  });

  it("shows all fakes, and larger ones, where there is room", () => {
    const { fakes } = imageLayout({ width: 1400, height: 900 }, image, { ...COUNTS, fakes: 32, reals: 32 });
    expect(fakes.count).toBe(32);
    expect(fakes.cell.width).toBeGreaterThanOrEqual(112);
  });

  it("shows fewer images rather than unreadable ones", () => {
    const layout = imageLayout({ width: 320, height: 260 }, image, { ...COUNTS, fakes: 64, reals: 64 });
    expect(layout.fakes.cell.width).toBeGreaterThanOrEqual(28);
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
    const whole = heatScale(new Float32Array(1), probability, "whole");
    const pixels = heatPixels(Float32Array.of(9, -9, Number.NaN), whole, roleColors("light"));
    const [real, fake] = [pixels.subarray(0, 4), pixels.subarray(4, 8)];
    expect((real[2] ?? 0) > (real[0] ?? 0)).toBe(true);
    expect((fake[0] ?? 0) > (fake[2] ?? 0)).toBe(true);
    expect(pixels[11]).toBe(0);
  });
  it("spans a score's own range, also when all scores are equal", () => {
    expect(heatScale(Float32Array.of(-2, 5), score, "contrast")).toEqual({ low: -2, high: 5, kind: "score" });
    expect(heatScale(Float32Array.of(3, 3), score, "whole")).toEqual({ low: 2, high: 4, kind: "score" });
    expect(heatScale(Float32Array.of(-2, 5), probability, "whole")).toEqual({ low: 0, high: 1, kind: "probability" });
  });

  it("shows differences where D is sure everywhere, in the hue of its side", () => {
    // Between 0.03 % and 2 %: nearly one colour on a scale of probabilities.
    const logits = Float32Array.from({ length: 400 }, (_, i) => -8 + (4 * i) / 399);
    const whole = heatScale(logits, probability, "whole");
    const contrast = heatScale(logits, probability, "contrast");
    const spread = (scale: typeof whole) => heatPosition(-4.2, scale) - heatPosition(-7.8, scale);
    expect(spread(whole)).toBeLessThan(0.04);
    expect(spread(contrast)).toBeGreaterThan(0.5);
    expect(heatPosition(-4.2, contrast)).toBeLessThan(-0.1); // fake, if ever so pale
    expect(Math.abs(heatPosition(0.2, contrast))).toBeLessThan(0.1); // an island on the other side stays pale
    const balanced = heatScale(Float32Array.of(-3, 3), probability, "contrast");
    expect(heatPosition(0, balanced)).toBeCloseTo(0, 12);
    expect(heatPosition(9, balanced)).toBe(1);
  });

  it("keeps its scale while the data hardly change, so that colours do not flicker", () => {
    const first = heatScale(Float32Array.of(-4, -1, 1, 3), probability, "contrast");
    expect(heatScale(Float32Array.of(-4.1, -1, 1, 3.1), probability, "contrast", first)).toBe(first);
    expect(heatScale(Float32Array.of(-9, -1, 1, 3), probability, "contrast", first)).not.toEqual(first);
  });

  it("labels its bar with round probabilities that never touch", () => {
    for (const pixels of [60, 150, 400]) {
      for (const ends of [
        [-12, -2],
        [-3, 3],
        [0.5, 20],
        [-40, 40],
      ] as const) {
        const ticks = heatTicks(heatScale(Float32Array.of(...ends), probability, "contrast"), pixels);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        const places = ticks.map(({ at }) => at * pixels);
        for (const [i, place] of places.entries()) if (i > 0) expect(place - (places[i - 1] ?? 0)).toBeGreaterThan(14);
        for (const { text } of ticks) expect(text).toMatch(/^(½|0\.\d{1,3}|(1−)?10⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/);
      }
    }
    expect(heatTicks({ low: -4.595, high: 4.595, kind: "logit" }, 300).map(({ text }) => text)).toEqual(
      expect.arrayContaining(["0.01", "½", "0.99"]),
    );
  });

  it("draws a round island as a closed line of many corners, and reaches the edges", () => {
    const size = 12;
    const bowl = Float32Array.from({ length: size * size }, (_, i) => {
      const [x, y] = [(i % size) - 5.5, Math.floor(i / size) - 5.5];
      return 2 - Math.hypot(x, y);
    });
    const fine = refine(bowl, size, 4);
    expect(fine.size).toBe(49);
    const segments = contour(fine.values, fine.size, 0);
    const ends = new Map<string, number>();
    for (let i = 0; i < segments.length; i += 2) {
      const key = `${segments[i]?.toFixed(4)} ${segments[i + 1]?.toFixed(4)}`;
      ends.set(key, (ends.get(key) ?? 0) + 1);
      // Two cells of the coarse grid are eight of the fine one.
      expect(Math.hypot((segments[i] ?? 0) - 24, (segments[i + 1] ?? 0) - 24)).toBeCloseTo(8, 0);
    }
    expect(segments.length / 4).toBeGreaterThan(40);
    expect([...ends.values()].every((count) => count === 2)).toBe(true);
    // A slope that is 0 at the left edge: its first column lies there.
    const slope = refine(
      Float32Array.from({ length: 16 }, (_, i) => (i % 4) + 0.5),
      4,
      2,
    );
    expect([slope.values[0], slope.values[8]]).toEqual([0, 4]);
  });

  it("shows a part of the cells as finely as the whole, and beyond them what is at their edge", () => {
    const size = 16;
    const slope = Float32Array.from({ length: size * size }, (_, i) => (i % size) + 0.5);
    const part = partOf({ x: 0.25, y: 0, half: 0.25 }, wholePlane(1), size);
    expect(part).toEqual({ left: 8, top: 6, side: 4 });
    const near = refine(slope, size, 2, part);
    expect(near.size).toBe(33);
    expect([near.values[0], near.values[16], near.values[32]]).toEqual([8, 10, 12]);
    const beyond = refine(slope, size, 2, partOf({ x: 2, y: 0, half: 1 }, wholePlane(1), size));
    expect([beyond.values[0], beyond.values[32]]).toEqual([16, 16]);
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
    const frame = {
      kind: "line",
      fakes: Float32Array.of(-1, 3),
      logits: Float32Array.of(0, 0),
      extent: 4,
      views: {},
    } as const;
    expect(describeFrame(frame, 1500, probability)).toBe(
      'Step 1.5k. 2 generated numbers with mean 1.00 and standard deviation 2.00. D\'s probability "real" goes from 0.50 to 0.50 over the picture.',
    );
  });
  it("tells how near copies are where nothing judges, and nothing of a D", () => {
    const pairs = {
      reals: Float32Array.of(0, 0, 1, 1),
      remade: Float32Array.of(3, 4, 1, 1),
      codes: new Float32Array(4),
    };
    const frame = {
      kind: "plane",
      fakes: Float32Array.of(0, 0, 2, 2),
      logits: new Float32Array(0),
      size: 0,
      extent: 1,
      views: {},
      pairs,
    } as const;
    const words = describeFrame(frame, 1, score);
    expect(words).toMatch(/2 real samples were coded and made again; a copy is 2.5 away on average\.$/);
    expect(words).not.toMatch(/\bD\b/);
  });
  it("calls a critic's score a score", () => {
    const frame = {
      kind: "plane",
      fakes: Float32Array.of(0, 0, 2, 2),
      logits: Float32Array.of(1),
      size: 1,
      extent: 1,
      views: {},
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
      views: { pulls },
    } as const;
    expect(describeFrame(frame, 1, probability)).toMatch(/by loss: Minimax \(saturating\) 2·10⁻⁵, Hinge 5\.0\.$/);
  });
});
