import { describe, expect, it } from "vitest";
import { type DatasetId, datasetOf } from "../../../src/core/datasets";
import { evaluateFloors, evaluatePoints } from "../../../src/core/metrics/evaluate";
import { finish } from "../../../src/core/pieces";
import { measureOverTime, QualityLog } from "../../../src/core/quality/log";
import { measuresFor, shortfall } from "../../../src/core/quality/measures";
import { makeYardstick, measure } from "../../../src/core/quality/measuring";
import { allFlat, grade, isFlat, overallVerdict, verdictOf } from "../../../src/core/quality/verdict";
import { measuredRun, STANDARDS } from "../../helpers/measured-run";
import { collapsed, mixture, RING } from "../metrics/clouds";

function sample(id: DatasetId, n: number, step: number): Float32Array {
  const data = datasetOf(id);
  if (data.kind !== "points") throw new Error("points only");
  const out = new Float32Array(n * data.dimension);
  data.sample(out, 7, 40, step);
  return out;
}

describe("measuring in pieces", () => {
  for (const id of ["ring", "moons", "gaussian-1d", "mixture-1d"] as const) {
    it(`reads for ${id} what the whole evaluation reads, floors included`, () => {
      const data = datasetOf(id);
      if (data.kind !== "points") throw new Error("points only");
      const [fakes, reals, realsB] = [0, 1, 2].map((step) => sample(id, 600, step));
      if (!fakes || !reals || !realsB) throw new Error("three samples");
      for (let i = 0; i < fakes.length; i++) fakes[i] = 0.9 * (fakes[i] ?? 0) + 0.01;
      const yardstick = finish(makeYardstick(id, reals, realsB, 5));
      const { values } = finish(measure(fakes, yardstick));
      const { dimension, modes, extent } = data;
      const whole = { fakes, reals, realsB, dimension, modes, extent, seed: 5 };
      const [expected, floors] = [evaluatePoints(whole), evaluateFloors(whole)];
      expect(Object.keys(values).sort()).toEqual([...measuresFor(id)].sort());
      for (const measureId of measuresFor(id)) {
        expect(values[measureId], measureId).toBeCloseTo(expected[measureId] ?? Number.NaN, 12);
        expect(yardstick.standards.floor[measureId], measureId).toBeCloseTo(floors[measureId] ?? Number.NaN, 12);
      }
    });
  }

  it("counts the samples of each cluster, and finds all of a perfect sample", () => {
    const yardstick = finish(makeYardstick("ring", mixture(RING, 2500, 1), mixture(RING, 2500, 2), 1));
    const three = finish(measure(mixture(RING, 2500, 3, { only: 3 }), yardstick));
    expect(three.counts?.map((count) => count > 100)).toEqual([true, true, true, false, false, false, false, false]);
    expect(three.values.modes20).toBe(3);
    expect(yardstick.standards).toMatchObject({ clusters: 8, floor: { modes20: 8 } });
    expect(grade("modes20", 3, yardstick.standards)).toBe("bad");
    for (const id of measuresFor("ring")) {
      const perfect = finish(measure(mixture(RING, 2500, 4), yardstick)).values[id] ?? Number.NaN;
      expect(grade(id, perfect, yardstick.standards), id).toBe("good");
      const useless = finish(measure(collapsed(2500, [0, 0]), yardstick)).values[id] ?? Number.NaN;
      expect(grade(id, useless, yardstick.standards), id).toBe("bad");
      expect(shortfall(id, useless, yardstick.standards), id).toBeGreaterThan(0.97);
    }
  });

  it("gives a generator that diverged no distance, and counts its points as misses", () => {
    const yardstick = finish(makeYardstick("ring", mixture(RING, 500, 1), mixture(RING, 500, 2), 1));
    const { values } = finish(measure(new Float32Array(1000).fill(Number.NaN), yardstick));
    expect(values).toEqual({ modes20: 0, highQuality: 0 });
    expect(grade("slicedWasserstein", Number.NaN, yardstick.standards)).toBe("bad");
  });
});

describe("the measures over a run", () => {
  it("keep the newest, halve when full, and go back with the run", () => {
    const log = new QualityLog(["modes20"], 8);
    for (let step = 0; step <= 20; step++) log.append(step, { modes20: step });
    const { steps } = log.all();
    expect(steps.length).toBeLessThanOrEqual(8);
    expect([steps[0], steps.at(-1)]).toEqual([0, 20]);
    log.truncate(9);
    expect(log.lastStep).toBeLessThanOrEqual(9);
    log.append(9, { modes20: 1 });
    log.append(9, { modes20: 2 });
    expect(measureOverTime(log.all(), "modes20").values.at(-1)).toBe(2);
    const copy = new QualityLog(["highQuality", "modes20"], 8);
    copy.restore(log.all());
    expect(measureOverTime(copy.all(), "modes20")).toEqual(measureOverTime(log.all(), "modes20"));
    expect(measureOverTime(copy.all(), "highQuality").values).toEqual([]);
  });
});

describe("the word for a run", () => {
  const noisy = (level: number, i: number) => level + 0.03 * Math.sin(12.9898 * i);

  it("is none before training, and good as soon as it is good", () => {
    expect(overallVerdict(measuredRun([0]), false)).toBeNull();
    expect(overallVerdict(measuredRun([0, 0.9]), false)).toBe("good");
  });

  it("is still moving while it rises or swings, and bad or fair when it rests", () => {
    const rising = measuredRun(Array.from({ length: 60 }, (_, i) => i / 100));
    expect(verdictOf(rising, "highQuality", false)).toBe("moving");
    const swinging = measuredRun(Array.from({ length: 60 }, (_, i) => 0.3 + 0.29 * Math.sin(1.7 * i)));
    expect(verdictOf(swinging, "highQuality", false)).toBe("moving");
    expect(verdictOf(measuredRun(Array.from({ length: 60 }, (_, i) => noisy(0.1, i))), "highQuality", false)).toBe(
      "bad",
    );
    expect(verdictOf(measuredRun(Array.from({ length: 60 }, (_, i) => noisy(0.6, i))), "highQuality", false)).toBe(
      "fair",
    );
  });

  it("is not at rest before there is enough to tell: few readings, or few steps", () => {
    const { curves } = measuredRun([0, 0, 0, 0, 0]);
    expect(isFlat(curves, "highQuality", STANDARDS)).toBe(false);
    expect(
      allFlat(
        measuredRun(
          Array.from({ length: 60 }, () => 0),
          10,
        ),
      ),
    ).toBe(false);
    expect(allFlat(measuredRun(Array.from({ length: 60 }, () => 0)))).toBe(true);
  });

  it("moves no more once the learning rates have reached their end", () => {
    const rising = measuredRun(Array.from({ length: 60 }, (_, i) => i / 100));
    expect(verdictOf(rising, "highQuality", true)).toBe("fair");
  });
});
