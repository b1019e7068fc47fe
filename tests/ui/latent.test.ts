/** Maps of latent space, their colours, typed latents and what lies where one points: against what can be worked out by hand. */
import { describe, expect, it } from "vitest";
import { ring } from "../../src/core/datasets/ring";
import { wholePlane } from "../../src/core/plane-window";
import { latentText, readLatent, spokenLatent } from "../../src/ui/latent/latent-text";
import { nearestMode, placePixels, regionsOf } from "../../src/ui/latent/place-map";
import { positionColor } from "../../src/ui/latent/position-color";
import { nearestFake, plotScales, pointAt } from "../../src/ui/stage/plot-scales";

describe("a map of where G sends each latent", () => {
  const [a = [0, 0], b = [0, 0]] = ring.modes?.centers ?? [];
  const side = 8;
  /** The left half goes to cluster 1, the right half to cluster 2. */
  const samples = Float32Array.from({ length: side * side * 2 }, (_, i) => {
    const center = Math.floor(i / 2) % side < side / 2 ? a : b;
    return center[i % 2] ?? 0;
  });
  const map = { samples, side, dimension: 2, extent: 3, modes: ring.modes } as const;

  it("numbers the clusters that it reaches, each inside of its own region", () => {
    const regions = regionsOf(map);
    expect(regions.map(({ number }) => number)).toEqual([1, 2]);
    expect(regions[0]?.x).toBeLessThan(0.5);
    expect(regions[1]?.x).toBeGreaterThan(0.5);
  });

  it("colours a region by its cluster, and what lands between clusters paler", () => {
    const pixels = placePixels(map, "light");
    const fine = Math.sqrt(pixels.length / 4);
    const at = (column: number) => [...pixels.subarray(4 * (fine * 5 + column), 4 * (fine * 5 + column) + 3)];
    expect(at(0)).toEqual([...positionColor(a[0] ?? 0, a[1] ?? 0, 3, 1, "light")]);
    expect(at(fine - 1)).toEqual([...positionColor(b[0] ?? 0, b[1] ?? 0, 3, 1, "light")]);
    const chroma = (color: readonly number[]) => Math.max(...color) - Math.min(...color);
    expect(chroma(at(fine / 2))).toBeLessThan(chroma(at(0)));
  });

  it("leaves what is not a number without colour", () => {
    const broken = { ...map, samples: samples.map(() => Number.NaN), modes: undefined };
    for (const modes of [undefined, ring.modes]) {
      const [red, green, blue] = placePixels({ ...broken, modes }, "dark");
      expect(red).toBe(green);
      expect(green).toBe(blue);
    }
    expect(regionsOf({ ...map, samples: broken.samples })).toEqual([]);
  });

  it("knows the nearest cluster and how far it is", () => {
    expect(
      nearestMode(
        {
          centers: [
            [0, 0],
            [4, 0],
          ],
          sigma: 1,
        },
        3,
        0,
      ),
    ).toEqual({ mode: 1, distance: 1 });
  });
});

describe("colours of places", () => {
  it("differ in hue by direction and are grey in the middle", () => {
    const [red, green, blue] = positionColor(0, 0, 3, 1, "light");
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(3);
    expect(positionColor(2, 0, 3, 1, "light")).not.toEqual(positionColor(-2, 0, 3, 1, "light"));
    expect(positionColor(3, null, 3, 1, "light")).not.toEqual(positionColor(-3, null, 3, 1, "light"));
  });
});

describe("latent numbers", () => {
  it("are written with two decimals and never as minus zero", () => {
    expect([0.3, -1.2345, -0.001, 3].map(latentText)).toEqual(["0.30", "-1.23", "0.00", "3.00"]);
    expect(spokenLatent(-0.5)).toBe("−0.50");
  });

  it("are read as people type them", () => {
    expect(readLatent(" 0,5", "Latent 1", 3, 0)).toEqual({ value: 0.5, problem: null });
    expect(readLatent("−2", "Latent 1", 3, 0)).toEqual({ value: -2, problem: null });
    expect(readLatent("9", "Latent 1", 3, 0).value).toBe(3);
    expect(readLatent("-9", "Latent 1", 1, 0).problem).toBe(
      "The smallest value of Latent 1 is −1.00, which is used instead.",
    );
    for (const text of ["", "abc", "1e999"]) expect(readLatent(text, "Latent 1", 3, 0.25).value).toBeNull();
  });
});

describe("pointing at the stage", () => {
  const rect = { left: 10, top: 20, width: 100, height: 100 };

  it("finds the point under a pixel and the pixel of a point", () => {
    expect(pointAt(rect, wholePlane(2), 2, { x: 60, y: 45 })).toEqual(Float32Array.of(0, 1));
    expect(pointAt(rect, wholePlane(2), 1, { x: 110, y: 45 })).toEqual(Float32Array.of(2));
    expect(pointAt(rect, wholePlane(2), 2, { x: 9, y: 45 })).toBeNull();
    const { x, y } = plotScales(rect, wholePlane(2), 2);
    expect([x(0), y(1)]).toEqual([60, 45]);
    const part = { x: 1, y: -1, half: 0.5 };
    expect(pointAt(rect, part, 2, { x: 60, y: 45 })).toEqual(Float32Array.of(1, -0.75));
    expect(plotScales(rect, part, 2).x(1)).toBe(60);
  });

  it("finds the nearest fake within reach, and none beyond it", () => {
    const fakes = Float32Array.of(0, 0, 1, 1, Number.NaN, 0);
    expect(nearestFake(fakes, 2, [0.9, 0.9], 0.5)).toBe(1);
    expect(nearestFake(fakes, 2, [5, 5], 0.5)).toBe(-1);
    expect(nearestFake(fakes, 2, [5, 5], Number.POSITIVE_INFINITY)).toBe(1);
  });
});
