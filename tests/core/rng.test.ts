/** The generator against its published vectors, its moments and its promises about order and length. */
import { describe, expect, it } from "vitest";
import { cosSin24, log24 } from "../../src/core/elementary";
import { bernoulli, integers, normals, random, STREAMS, subStream, threefryBlocks, uniforms } from "../../src/core/rng";

const N = 200_000;

function moments(values: ArrayLike<number>) {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  const mean = sum / values.length;
  const central = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const d = (values[i] ?? 0) - mean;
    for (let p = 0; p < 3; p++) central[p] = (central[p] ?? 0) + d ** (p + 2) / values.length;
  }
  const [variance = 0, third = 0, fourth = 0] = central;
  return { mean, variance, skew: third / variance ** 1.5, kurtosis: fourth / variance ** 2 };
}

/** Largest distance between the empirical and the true distribution function (Kolmogorov, Smirnov). */
function ksDistance(values: Float32Array, cdf: (x: number) => number): number {
  const sorted = Float32Array.from(values).sort();
  let worst = 0;
  sorted.forEach((x, i) => {
    const p = cdf(x);
    worst = Math.max(worst, Math.abs(p - i / sorted.length), Math.abs(p - (i + 1) / sorted.length));
  });
  return worst;
}

/** Standard normal distribution function, by Simpson's rule on the density. */
function normalCdf(x: number): number {
  const n = 200;
  const h = x / n;
  let sum = 0;
  for (let i = 0; i <= n; i++) sum += (i === 0 || i === n ? 1 : i % 2 ? 4 : 2) * Math.exp(-0.5 * (i * h) ** 2);
  return 0.5 + ((sum * h) / 3) * (1 / Math.sqrt(2 * Math.PI));
}

describe("Threefry-2x32, 20 rounds", () => {
  it.each([
    { key: [0, 0], counter: [0, 0], expected: ["6b200159", "99ba4efe"] },
    { key: [0xffffffff, 0xffffffff], counter: [0xffffffff, 0xffffffff], expected: ["1cb996fc", "bb002be7"] },
    { key: [0x13198a2e, 0x03707344], counter: [0x243f6a88, 0x85a308d3], expected: ["c4923a9c", "483df7a0"] },
  ])("gives Random123's known answer $expected", ({ key, counter, expected }) => {
    const out = new Uint32Array(2);
    threefryBlocks(out, 1, key[0] ?? 0, key[1] ?? 0, counter[0] ?? 0, counter[1] ?? 0);
    expect([...out].map((word) => word.toString(16).padStart(8, "0"))).toEqual(expected);
  });

  it("gives block b of a long request as it gives it alone", () => {
    const many = new Uint32Array(20);
    threefryBlocks(many, 10, 5, 6, 7, 100);
    const one = new Uint32Array(2);
    threefryBlocks(one, 1, 5, 6, 7, 109);
    expect([...many.slice(18)]).toEqual([...one]);
  });
});

describe("elementary functions", () => {
  const cosSin = (m: number) => {
    const out = new Float64Array(2);
    cosSin24(m, out, 0);
    return { cos: out[0] ?? Number.NaN, sin: out[1] ?? Number.NaN };
  };

  it("agree with the platform's to a few units in the last place", () => {
    for (let m = 1; m < 2 ** 24; m = Math.ceil(m * 1.001)) {
      const u = m * 2 ** -24;
      expect(Math.abs(log24(m) - Math.log(u))).toBeLessThanOrEqual(4e-16 * Math.max(1, Math.abs(Math.log(u))));
      const { cos, sin } = cosSin(m);
      expect(Math.abs(sin - Math.sin(2 * Math.PI * u))).toBeLessThan(8e-16);
      expect(Math.abs(cos - Math.cos(2 * Math.PI * u))).toBeLessThan(8e-16);
    }
  });

  it("are exact at the quarter turns and at one", () => {
    expect([0, 1, 2, 3].map((q) => cosSin(q * 2 ** 22).sin + 0)).toEqual([0, 1, 0, -1]);
    expect([0, 1, 2, 3].map((q) => cosSin(q * 2 ** 22).cos + 0)).toEqual([1, 0, -1, 0]);
    expect(log24(2 ** 24) + 0).toBe(0);
  });
});

describe("uniforms", () => {
  const values = uniforms(new Float32Array(N), 1, STREAMS.minibatch, 0);

  it("stay strictly between 0 and 1, the extreme words included", () => {
    expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThan(0);
    expect(values.every((u) => u > 0 && u < 1)).toBe(true);
    expect(Math.fround((2 ** 24 - 1) * 2 ** -24)).toBeLessThan(1);
  });

  it("have mean 1/2 and variance 1/12", () => {
    const { mean, variance } = moments(values);
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / N));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / N));
  });

  it("pass a Kolmogorov-Smirnov bound, and neighbours, steps, seeds and streams do not correlate", () => {
    expect(ksDistance(values, (x) => x)).toBeLessThan(1.95 / Math.sqrt(N)); // 0.1 % point
    const others = [
      uniforms(new Float32Array(N), 1, STREAMS.minibatch, 1),
      uniforms(new Float32Array(N), 2, STREAMS.minibatch, 0),
      uniforms(new Float32Array(N), 1, STREAMS.latentD, 0),
      Float32Array.from({ length: N }, (_, i) => values[(i + 1) % N] ?? 0),
    ];
    for (const other of others) {
      let covariance = 0;
      for (let i = 0; i < N; i++) covariance += ((values[i] ?? 0) - 0.5) * ((other[i] ?? 0) - 0.5);
      expect(Math.abs((12 * covariance) / N)).toBeLessThan(5 / Math.sqrt(N));
    }
  });
});

describe("normals", () => {
  const values = normals(new Float32Array(N), 7, STREAMS.latentG, 3);

  it("have the moments 0, 1, 0, 3", () => {
    const { mean, variance, skew, kurtosis } = moments(values);
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(N));
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / N));
    expect(Math.abs(skew)).toBeLessThan(5 * Math.sqrt(6 / N));
    expect(Math.abs(kurtosis - 3)).toBeLessThan(5 * Math.sqrt(24 / N));
  });

  it("pass a Kolmogorov-Smirnov bound", () => {
    const some = values.slice(0, 20_000);
    expect(ksDistance(some, normalCdf)).toBeLessThan(1.95 / Math.sqrt(some.length));
  });

  it("do not correlate within a pair", () => {
    let covariance = 0;
    for (let i = 0; i < N; i += 2) covariance += (values[i] ?? 0) * (values[i + 1] ?? 0);
    expect(Math.abs(covariance / (N / 2))).toBeLessThan(5 / Math.sqrt(N / 2));
  });
});

describe("integers and coins", () => {
  it("hit each of ten numbers equally often, and nothing else", () => {
    const counts = new Array<number>(10).fill(0);
    for (const i of integers(new Int32Array(N), 10, 3, STREAMS.shuffle, 0)) counts[i] = (counts[i] ?? 0) + 1;
    expect(counts).toHaveLength(10);
    const chiSquare = counts.reduce((sum, n) => sum + (n - N / 10) ** 2 / (N / 10), 0);
    expect(chiSquare).toBeLessThan(27.88); // 0.1 % point at 9 degrees of freedom
  });

  it("reach the bounds that the whole range allows", () => {
    expect(integers(new Int32Array(1000), 2 ** 31, 3, 1, 0).every((i) => i >= 0)).toBe(true);
    expect(integers(new Int32Array(10), 1, 3, 1, 0).every((i) => i === 0)).toBe(true);
    expect(() => integers(new Int32Array(1), 0, 3, 1, 0)).toThrow(/whole number from 1/);
  });

  it("keep the given share, at the given value", () => {
    const mask = bernoulli(new Float32Array(N), 0.7, 1, STREAMS.dropoutD, 0, 1 / 0.7);
    expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / 0.7)]));
    const kept = mask.filter((m) => m > 0).length / N;
    expect(Math.abs(kept - 0.7)).toBeLessThan(5 * Math.sqrt(0.21 / N));
    expect(bernoulli(new Float32Array(100), 1, 1, 1, 0).every((m) => m === 1)).toBe(true);
    expect(bernoulli(new Float32Array(100), 0, 1, 1, 0).every((m) => m === 0)).toBe(true);
  });
});

describe("the function (seed, stream, step, index)", () => {
  it("does not depend on the array's length, its parity, or what was drawn before", () => {
    for (const fill of [uniforms, normals]) {
      const long = fill(new Float32Array(2000), 11, 12, 13);
      for (const length of [1, 2, 3, 511, 512, 513, 1025]) {
        expect(fill(new Float32Array(length), 11, 12, 13)).toEqual(long.slice(0, length));
      }
    }
  });

  it("gives other numbers to every stream name, sub-stream, seed and step", () => {
    const ids = Object.values(STREAMS);
    expect(new Set(ids).size).toBe(ids.length);
    const subs = [0, 1, 255, 256, 4095].flatMap((k) =>
      [0, 1, 16, 4095].flatMap((j) => ids.map((s) => subStream(s, k, j))),
    );
    expect(new Set(subs).size).toBe(subs.length);
    expect(subStream(STREAMS.latentD, 0)).toBe(STREAMS.latentD);
    expect(() => subStream(subStream(3, 1), 1)).toThrow(/already a sub-stream/);
    expect(() => subStream(3, 4096)).toThrow(/0 to 4095/);
  });

  it("gives the golden first values, for ever", () => {
    expect([...uniforms(new Float32Array(4), 42, STREAMS.minibatch, 0)]).toMatchInlineSnapshot(`
      [
        0.9486103653907776,
        0.25041133165359497,
        0.0261266827583313,
        0.748210608959198,
      ]
    `);
    expect([...normals(new Float32Array(4), 42, STREAMS.latentD, 9)]).toMatchInlineSnapshot(`
      [
        0.6873457431793213,
        0.9099925756454468,
        -1.2309684753417969,
        -0.08006356656551361,
      ]
    `);
    expect([...integers(new Int32Array(6), 60_000, 42, STREAMS.minibatch, 1)]).toMatchInlineSnapshot(`
      [
        56766,
        41084,
        18145,
        59260,
        14472,
        4340,
      ]
    `);
  });

  it("reads the same normals one by one", () => {
    const r = random(42, STREAMS.latentD, 9);
    const expected = normals(new Float32Array(4), 42, STREAMS.latentD, 9);
    expect([r.normal(), r.second, r.normal(), r.second].map(Math.fround)).toEqual([...expected]);
    r.seek(1);
    expect(Math.fround(r.normal())).toBe(expected[2]);
  });
});
