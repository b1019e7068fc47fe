/** Labels beside samples: of mixtures, of images, and as draws of a step. */
import { describe, expect, it } from "vitest";
import { nodeSource } from "../../src/cli/node-data";
import { DATASETS } from "../../src/core/datasets";
import { STREAMS, subStream } from "../../src/core/rng";
import { pointSource } from "../../src/engine/data";
import type { Draw, StepMoment } from "../../src/engine/draws";
import { drawnLabels, type FeedContext, realLabels } from "../../src/engine/feeds";
import { SMALL } from "../helpers/trainers";

/** Fills the draw that a feed makes, for one step. */
function drawnAt(data: FeedContext["data"], step: number, feed: (context: FeedContext) => unknown): Float32Array {
  const moment: StepMoment = { step, updates: {}, inputs: undefined };
  let out = new Float32Array(0);
  const take = (draw: Draw) => {
    out = new Float32Array(draw.shape.reduce((a, b) => a * b, 1));
    draw.fill(out, moment);
    return undefined as never;
  };
  feed({ config: SMALL, data, networks: {}, take });
  return out;
}

const rowsOf = (oneHot: Float32Array, classes: number) =>
  Array.from({ length: oneHot.length / classes }, (_, i) => {
    const row = [...oneHot.subarray(i * classes, (i + 1) * classes)];
    expect(row.filter((x) => x !== 0)).toEqual([1]);
    return row.indexOf(1);
  });

describe("labels", () => {
  it.each([DATASETS.ring, DATASETS.grid, DATASETS["mixture-1d"]])(
    "of $id: each sample lies about its own centre",
    (dataset) => {
      const count = 500;
      const samples = new Float32Array(count * dataset.dimension);
      const labels = new Int32Array(count);
      dataset.sample(samples, 3, 4, 5);
      dataset.labels?.fill(labels, 3, 4, 5);
      const { centers = [], sigma = 1 } = dataset.modes ?? {};
      expect(dataset.labels?.count).toBe(centers.length);
      expect(new Set(labels).size).toBe(centers.length);
      for (const [i, label] of labels.entries()) {
        const center = centers[label] ?? [];
        const away = center.map((c, axis) => (samples[i * dataset.dimension + axis] ?? Number.NaN) - c);
        expect(Math.hypot(...away)).toBeLessThan(5 * sigma);
      }
    },
  );

  it("are not given where there is one class, or none", () => {
    expect(pointSource(DATASETS["gaussian-1d"]).labels).toBeUndefined();
    expect(pointSource(DATASETS.moons).labels).toBeUndefined();
  });

  it("of images are those of the very images of the minibatch", async () => {
    const data = nodeSource("mnist");
    await data.ready(0);
    const labels = new Int32Array(64);
    data.labels?.fill(labels, 9, STREAMS.minibatch, 0);
    const set = data.images;
    const indices = set?.minibatchIndices(64, 9, STREAMS.minibatch, 0) ?? new Int32Array(0);
    expect([...labels]).toEqual([...indices].map((index) => set?.labels()[index]));
    expect(new Set(labels).size).toBeGreaterThan(7);
  });

  it("reach a step one-hot, those of reals for its minibatch, drawn ones anew each step", () => {
    const data = pointSource(DATASETS.ring);
    const known = new Int32Array(SMALL.batchSize);
    DATASETS.ring.labels?.fill(known, SMALL.seed, subStream(STREAMS.minibatch, 2), 6);
    expect(
      rowsOf(
        drawnAt(data, 6, (context) => realLabels(context, 2)),
        8,
      ),
    ).toEqual([...known]);
    const drawn = [6, 7].map((step) =>
      rowsOf(
        drawnAt(data, step, (context) => drawnLabels(context, 8, STREAMS.labelG)),
        8,
      ),
    );
    expect(drawn[0]).not.toEqual(drawn[1]);
  });

  it("that a model asks for in vain are told in a sentence", () => {
    const data = pointSource(DATASETS.moons);
    expect(() => drawnAt(data, 0, (context) => realLabels(context, 0))).toThrow("needs data with labels");
  });
});
