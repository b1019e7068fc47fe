/** Tables of numbers as points, and how wide the kernels around them should be. */
import { describe, expect, it } from "vitest";
import { MOST_POINTS, WIDTHS } from "../../../src/core/datasets/own/points";
import { parseTable } from "../../../src/core/datasets/own/table";
import { likeliestWidth } from "../../../src/core/datasets/own/width";
import { random, STREAMS } from "../../../src/core/rng";

describe("a table of numbers", () => {
  it("is read with commas and a head, moved to the middle and scaled to fit", () => {
    const { dimension, points, notes } = parseTable("x,y\n0,0\n10,0\n10,5\n");
    expect(dimension).toBe(2);
    const expected = [-2.7, -1.35, 2.7, -1.35, 2.7, 1.35];
    expect(points).toHaveLength(expected.length);
    for (const [i, x] of expected.entries()) expect(points[i]).toBeCloseTo(x, 12);
    expect(notes[0]).toBe("1 line holds no point and was left out.");
    expect(notes.at(-1)).toContain("scaled by 0.54");
  });

  it("takes the first two columns with numbers, whatever stands between them", () => {
    const { points } = parseTable("a;1;red;4\nb;2;blue;5\nc;3;red;6");
    expect(points).toHaveLength(6);
    expect(points[0]).toBeCloseTo(-2.7, 12);
  });

  it("of one column is data on the line", () => {
    expect(parseTable("1\n2\n4\n").dimension).toBe(1);
    expect(parseTable("1\n2\n4\n").points).toHaveLength(3);
  });

  it("of many rows is thinned, the same way every time", () => {
    const text = Array.from({ length: 5000 }, (_, i) => `${i} ${(i * i) % 997}`).join("\n");
    const { points, notes } = parseTable(text);
    expect(points).toHaveLength(2 * MOST_POINTS);
    expect(notes[0]).toBe("1000 of 5000 points are used, chosen at random.");
    expect(parseTable(text).points).toEqual(points);
  });

  it("without numbers is refused in a sentence", () => {
    expect(() => parseTable("hello\nworld")).toThrow(/There are no numbers in this text/);
    expect(() => parseTable("1,2\n3,4")).toThrow(/There are 2 points in this text/);
  });
});

describe("the likeliest width of kernels", () => {
  const clusters = (sigma: number) => {
    const r = random(2, STREAMS.view, 0);
    return Float64Array.from({ length: 1000 }, (_, i) => (Math.floor(i / 2) % 4) - 1.5 + sigma * r.normal());
  };

  it("follows the clusters' own width, not that of the whole", () => {
    const [narrow, wide] = [likeliestWidth(2, clusters(0.05)), likeliestWidth(2, clusters(0.25))];
    expect(narrow).toBeLessThan(0.06);
    expect(wide).toBeGreaterThan(0.07);
  });

  it("stays within bounds where all points are one", () => {
    const width = likeliestWidth(2, new Float64Array(40));
    expect(width).toBeGreaterThanOrEqual(WIDTHS.narrowest);
    expect(width).toBeLessThanOrEqual(WIDTHS.widest);
  });
});
