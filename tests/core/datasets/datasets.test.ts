/** Every dataset against what is known about it: means, spread, mode counts, and samplers against densities. */
import { describe, expect, it } from "vitest";
import { DATASET_IDS, DATASETS, dataShape, datasetOf, type PointDataset } from "../../../src/core/datasets";
import { STREAMS } from "../../../src/core/rng";

const N = 40_000;
const points: PointDataset[] = DATASET_IDS.map(datasetOf).filter((d) => d.kind === "points");

const draw = (dataset: PointDataset, n = N, step = 0) => {
  const out = new Float32Array(n * dataset.dimension);
  dataset.sample(out, 5, STREAMS.view, step);
  return out;
};

function meanAndDeviation(values: Float32Array, dimension: number, axis: number) {
  const n = values.length / dimension;
  let sum = 0;
  let squares = 0;
  for (let i = axis; i < values.length; i += dimension) {
    sum += values[i] ?? 0;
    squares += (values[i] ?? 0) ** 2;
  }
  return { mean: sum / n, deviation: Math.sqrt(squares / n - (sum / n) ** 2) };
}

describe("the menu", () => {
  it("keys every dataset by its own id", () => {
    for (const id of DATASET_IDS) expect(DATASETS[id].id).toBe(id);
    expect(Object.keys(DATASETS)).toEqual([...DATASET_IDS]);
  });

  it("knows the shape of a sample", () => {
    expect(dataShape("gaussian-1d")).toEqual([1]);
    expect(dataShape("ring")).toEqual([2]);
    expect(dataShape("mnist")).toEqual([28, 28, 1]);
  });
});

/** Standard deviations on x and y, from the definitions. */
const expectedDeviation: Record<string, readonly number[]> = {
  "gaussian-1d": [1],
  "mixture-1d": [Math.sqrt(8 / 3 + 0.09)],
  "uniform-1d": [4 / Math.sqrt(12)],
  ring: [Math.sqrt(2 + 0.0004), Math.sqrt(2 + 0.0004)],
  grid: [Math.sqrt(8 + 0.0025), Math.sqrt(8 + 0.0025)],
  "two-gaussians": [Math.sqrt(1.44 + 0.1225), Math.sqrt(1.44 + 0.1225)],
  // E cos² = 1/2 about ±1/2; E sin² = 1/2, and sin has mean 2/π about which 1/4 is subtracted
  moons: [
    Math.sqrt(1.5625 * (0.5 + 0.25) + 0.0064),
    Math.sqrt(1.5625 * (0.5 - 2 * (2 / Math.PI) * 0.25 + 0.0625) + 0.0064),
  ],
  circles: [Math.sqrt((4 / 2 + 1 / 2) / 2 + 0.0036), Math.sqrt((4 / 2 + 1 / 2) / 2 + 0.0036)],
  line: [Math.sqrt(16 / 12 + 0.0025), Math.sqrt(4 / 12 + 0.0025)],
  // columns -2, 0 on even rows and -1, 1 on odd rows: centres ±1.5, ±0.5 equally often, plus a unit cell
  checkerboard: [Math.sqrt(1.25 + 1 / 12), Math.sqrt(1.25 + 1 / 12)],
};

describe.each(points)("$id", (dataset) => {
  const { dimension, extent, density, modes } = dataset;
  const values = draw(dataset);

  it("has mean zero and a spread that a linear output can reach", () => {
    for (let axis = 0; axis < dimension; axis++) {
      const { mean, deviation } = meanAndDeviation(values, dimension, axis);
      expect(Math.abs(mean)).toBeLessThan((5 * deviation) / Math.sqrt(N));
      expect(deviation).toBeGreaterThan(0.5);
      expect(deviation).toBeLessThan(3);
      const known = expectedDeviation[dataset.id]?.[axis];
      if (known !== undefined) expect(Math.abs(deviation / known - 1)).toBeLessThan(0.02);
    }
  });

  it("lies within the extent that is drawn, but for a Gaussian's tail", () => {
    const outside = values.filter((v) => Math.abs(v) > extent).length / values.length;
    expect(outside).toBeLessThan(1e-3);
  });

  it("gives sample i whatever the length, and other samples at another step", () => {
    expect(draw(dataset, 10)).toEqual(values.slice(0, 10 * dimension));
    expect(draw(dataset, 10, 1)).not.toEqual(draw(dataset, 10, 0));
  });

  it("has a density that integrates to one and agrees with the sampler's histogram", () => {
    if (density === undefined) throw new Error("Every point dataset so far has a density.");
    const bins = dimension === 1 ? 40 : 20;
    const width = (2 * extent) / bins;
    const fine = dimension === 1 ? 50 : Math.max(8, Math.ceil(width / ((modes?.sigma ?? 0.06) * 0.8)));
    const mass = new Float64Array(bins ** dimension); // of the density, by a midpoint rule within each bin
    for (let bin = 0; bin < mass.length; bin++) {
      const x0 = -extent + (bin % bins) * width;
      const y0 = -extent + Math.floor(bin / bins) * width;
      const h = width / fine;
      for (let i = 0; i < fine; i++) {
        const x = x0 + (i + 0.5) * h;
        if (dimension === 1) mass[bin] = (mass[bin] ?? 0) + h * density(x);
        else for (let j = 0; j < fine; j++) mass[bin] = (mass[bin] ?? 0) + h * h * density(x, y0 + (j + 0.5) * h);
      }
    }
    const total = mass.reduce((a, b) => a + b, 0);
    expect(Math.abs(total - 1)).toBeLessThan(2e-3);

    const counts = new Float64Array(mass.length);
    for (let i = 0; i < values.length; i += dimension) {
      const column = Math.floor(((values[i] ?? 0) + extent) / width);
      const row = dimension === 1 ? 0 : Math.floor(((values[i + 1] ?? 0) + extent) / width);
      if (column < 0 || column >= bins || row < 0 || row >= bins) continue;
      const bin = row * bins + column;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    // Half the L1 distance; for a perfect match its expectation is Σ √(2 p (1-p) / (π N)) / 2.
    let distance = 0;
    let noise = 0;
    for (let bin = 0; bin < mass.length; bin++) {
      const p = mass[bin] ?? 0;
      distance += Math.abs((counts[bin] ?? 0) / N - p) / 2;
      noise += Math.sqrt((2 * p * Math.max(0, 1 - p)) / (Math.PI * N)) / 2;
    }
    expect(distance).toBeLessThan(1.5 * noise + 1e-3);
  });

  it.runIf(modes)(
    "visits each of its modes equally often, with 98.9 % of the mass within three sigma in the plane",
    () => {
      if (modes === undefined) return;
      const counts = new Map<number, number>();
      let near = 0;
      for (let i = 0; i < values.length; i += dimension) {
        const distances = modes.centers.map((c) =>
          Math.hypot(...c.map((coordinate, axis) => (values[i + axis] ?? 0) - coordinate)),
        );
        const nearest = Math.min(...distances);
        const mode = distances.indexOf(nearest);
        counts.set(mode, (counts.get(mode) ?? 0) + 1);
        if (nearest < 3 * modes.sigma) near++;
      }
      expect(counts.size).toBe(modes.centers.length);
      const each = N / modes.centers.length;
      for (const n of counts.values()) expect(Math.abs(n - each)).toBeLessThan(5 * Math.sqrt(each));
      const within = dimension === 1 ? 0.9973 : 1 - Math.exp(-4.5);
      expect(Math.abs(near / N - within)).toBeLessThan(0.003);
    },
  );
});

describe("known modes", () => {
  it("are 8 on the ring, all different, at radius 2", () => {
    const { centers, sigma } = DATASETS.ring.modes ?? { centers: [], sigma: 0 };
    expect(new Set(centers.map((c) => c.map((v) => v.toFixed(6)).join())).size).toBe(8);
    for (const c of centers) expect(Math.hypot(...c)).toBeCloseTo(2, 12);
    expect(sigma).toBe(0.02);
  });

  it("are 25 on the grid, from -4 to 4 in steps of 2", () => {
    const { centers, sigma } = DATASETS.grid.modes ?? { centers: [], sigma: 0 };
    expect(new Set(centers.map(String)).size).toBe(25);
    expect(centers.flat().every((v) => [-4, -2, 0, 2, 4].includes(v))).toBe(true);
    expect(sigma).toBe(0.05);
  });

  it("put 1/√(2π) at the centre of the Gaussian", () => {
    expect(DATASETS["gaussian-1d"].density?.(0)).toBeCloseTo(0.3989422804, 10);
  });
});

describe("golden samples", () => {
  it("stay what they are, on every machine", () => {
    const first = Object.fromEntries(points.map((d) => [d.id, [...draw(d, 1)]]));
    expect(first).toMatchInlineSnapshot(`
      {
        "checkerboard": [
          0.297630250453949,
          -1.7460448741912842,
        ],
        "circles": [
          -0.5794724822044373,
          1.8122869729995728,
        ],
        "gaussian-1d": [
          1.5003430843353271,
        ],
        "grid": [
          4.075016975402832,
          -3.9792168140411377,
        ],
        "line": [
          -0.801002025604248,
          -0.48708710074424744,
        ],
        "mixture-1d": [
          -1.5498970746994019,
        ],
        "moons": [
          0.13080300390720367,
          0.5615171790122986,
        ],
        "ring": [
          1.4442204236984253,
          1.4225268363952637,
        ],
        "spiral": [
          0.5005147457122803,
          -1.1570663452148438,
        ],
        "swiss-roll": [
          0.07735121995210648,
          0.901036262512207,
        ],
        "two-gaussians": [
          -0.6748799085617065,
          -1.0545172691345215,
        ],
        "uniform-1d": [
          -1.2050111293792725,
        ],
      }
    `);
  });
});
