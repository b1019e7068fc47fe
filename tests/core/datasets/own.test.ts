/** Own points and pictures: ids that say what they stand for, and the density that belongs to the sampler. */
import { describe, expect, it } from "vitest";
import { withDataset } from "../../../src/core/architecture/adapt";
import { singleArm } from "../../../src/core/arms";
import { DEFAULT_CONFIG } from "../../../src/core/config";
import { dataShape, datasetName, datasetOf, isDatasetId, namePictures } from "../../../src/core/datasets";
import { packRising, unpackRising } from "../../../src/core/datasets/own/bits";
import { ownPicturesId } from "../../../src/core/datasets/own/pictures";
import { MOST_POINTS, ownPointsId, parseOwnPoints } from "../../../src/core/datasets/own/points";
import { random, STREAMS } from "../../../src/core/rng";
import { decodeExperiment, encodeExperiment } from "../../../src/core/share";

function cloud(count: number, dimension: 1 | 2 = 2): Float64Array {
  const r = random(3, STREAMS.view, 0);
  return Float64Array.from({ length: count * dimension }, () => 5 * r.uniform() - 2.5);
}

describe("a rising list of numbers as text", () => {
  it.each([[[0]], [[0, 0, 7]], [[5, 5, 5, 1_000_000, 1_000_001]], [[]]])("%j comes back", (numbers) => {
    expect(unpackRising(packRising(numbers), 10)).toEqual(numbers);
  });

  it("is refused where it is cut, foreign or longer than allowed", () => {
    expect(unpackRising("", 10)).toBeNull();
    expect(unpackRising("K+", 10)).toBeNull();
    expect(unpackRising(packRising([1, 2, 3]), 2)).toBeNull();
  });
});

describe("own points", () => {
  it("come back from their id to half a step of 0.006", () => {
    const points = cloud(200);
    const back = parseOwnPoints(ownPointsId({ dimension: 2, points, sigma: 0.1 }));
    expect(back?.sigma).toBe(0.1);
    expect(back?.points.length).toBe(400);
    const near = (x: number, y: number) => {
      let best = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 400; i += 2) {
        best = Math.min(best, Math.hypot((back?.points[i] ?? 0) - x, (back?.points[i + 1] ?? 0) - y));
      }
      return best;
    };
    for (let i = 0; i < 400; i += 2) expect(near(points[i] ?? 0, points[i + 1] ?? 0)).toBeLessThan(0.0042);
  });

  it("make a link of a thousand points short enough to send", () => {
    const id = ownPointsId({ dimension: 2, points: cloud(MOST_POINTS), sigma: 0.08 });
    expect(id.length).toBeLessThan(2100);
    const experiment = singleArm(withDataset(DEFAULT_CONFIG, id));
    expect(decodeExperiment(encodeExperiment(experiment))).toEqual({ ...experiment, problems: [] });
  });

  it.each([1, 2] as const)(
    "have a density in %i dimension(s) that sums to one and that their samples follow",
    (dimension) => {
      const dataset = datasetOf(ownPointsId({ dimension, points: cloud(40, dimension), sigma: 0.15 }));
      if (dataset.kind !== "points") throw new Error("own points are points");
      const { density, extent } = dataset;
      expect(dataset.dimension).toBe(dimension);
      const cells = 140;
      const side = (2 * extent) / cells;
      const mass = new Float64Array(cells ** dimension);
      for (let i = 0; i < mass.length; i++) {
        const [x, y] = [-extent + ((i % cells) + 0.5) * side, -extent + (Math.floor(i / cells) + 0.5) * side];
        mass[i] = (density?.(x, y) ?? 0) * side ** dimension;
      }
      expect(mass.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 3);
      // Half planes hold as many samples as the density says.
      const samples = new Float32Array(20_000 * dimension);
      dataset.sample(samples, 1, STREAMS.view, 0);
      const left = samples.filter((x, i) => i % dimension === 0 && x < -1).length / 20_000;
      const expected = mass.reduce((sum, m, i) => (-extent + ((i % cells) + 0.5) * side < -1 ? sum + m : sum), 0);
      expect(Math.abs(left - expected)).toBeLessThan(0.02);
    },
  );

  it("are no dataset where the id is damaged", () => {
    for (const id of ["points:3:80:KAAA", "points:2:80:", "points:2:1:KAAA", "points:2:80:A", "points:2:80:K!!"]) {
      expect(isDatasetId(id)).toBe(false);
    }
  });
});

describe("own pictures", () => {
  const id = ownPicturesId({ side: 32, channels: 3, count: 180, held: 20, classes: 2, hash: "0123456789abcdef" });

  it("are known by their id alone: shape, number, classes", () => {
    const dataset = datasetOf(id);
    expect(dataShape(id)).toEqual([32, 32, 3]);
    if (dataset.kind !== "images") throw new Error("pictures are images");
    expect([dataset.trainCount, dataset.testCount, dataset.classes]).toEqual([180, 20, ["class 1", "class 2"]]);
    const former = datasetOf("pictures:32x32x3:200:2:0123456789abcdef"); // kept before any were held out
    expect(former.kind === "images" && [former.trainCount, former.testCount]).toEqual([200, 0]);
    expect(isDatasetId(id.replace("32x32", "32x31"))).toBe(false);
    expect(isDatasetId(id.replace("32x32", "33x33"))).toBe(false);
  });

  it("go through a link, and have their names where they were made", () => {
    const experiment = singleArm(withDataset(DEFAULT_CONFIG, id));
    expect(decodeExperiment(encodeExperiment(experiment))).toEqual({ ...experiment, problems: [] });
    namePictures(id, { name: "Cats and dogs", classes: ["cats", "dogs"] });
    expect(datasetName(id)).toBe("Cats and dogs");
  });
});
