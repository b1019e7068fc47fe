/** Walks between latents, and where a latent lies on one, against what can be worked out by hand. */
import { describe, expect, it } from "vitest";
import { latentPlane } from "../../src/core/latent-plane";
import { lerp, sampleLatents, slerp } from "../../src/core/latents";
import { placeOnWalk, usualWay, WALK_WAYS, walkLatents, walkPoint } from "../../src/core/walk";

const a = sampleLatents(new Float32Array(64), "normal", 1, 1, 0);
const b = sampleLatents(new Float32Array(64), "normal", 1, 1, 1);

describe("a walk", () => {
  it("goes along the arc for a Gaussian of 16 dimensions, straight below that and for a uniform prior", () => {
    expect(usualWay("normal", 16)).toBe("slerp");
    expect(usualWay("normal", 15)).toBe("lerp");
    expect(usualWay("uniform", 64)).toBe("lerp");
    expect(walkPoint(a, b, 0.3, "slerp")).toEqual(slerp(a, b, 0.3));
    expect(walkPoint(a, b, 0.3, "lerp")).toEqual(lerp(a, b, 0.3));
  });

  it("is cut into equal steps with both ends", () => {
    expect([...walkLatents([0, 0], [2, 4], 3, "lerp")]).toEqual([0, 0, 1, 2, 2, 4]);
  });
});

describe("the place on a walk", () => {
  it("is found again for every point of it, either way", () => {
    for (const way of WALK_WAYS) {
      for (const share of [0, 0.01, 0.123456, 0.5, 0.99, 1]) {
        const place = placeOnWalk(a, b, walkPoint(a, b, share, way), way);
        expect(place.share).toBeCloseTo(share, 4);
        expect(place.on).toBe(true);
      }
    }
  });

  it("says how far beside the walk a latent lies", () => {
    const place = placeOnWalk([0, 0], [4, 0], [1, 3], "lerp");
    expect(place.share).toBeCloseTo(0.25, 5);
    expect(place.distance).toBeCloseTo(3, 5);
    expect(place.on).toBe(false);
  });

  it("is an end for latents beyond it", () => {
    expect(placeOnWalk([0, 0], [4, 0], [7, 0], "lerp")).toMatchObject({ share: 1, on: false });
  });

  it("is the one point of a walk from a point to itself", () => {
    expect(placeOnWalk([1, 1], [1, 1], [1, 1], "slerp")).toMatchObject({ share: 0, on: true });
    expect(placeOnWalk([1, 1], [1, 1], [1, 2], "slerp").on).toBe(false);
  });

  it("is not on the straight walk where it is on the arc", () => {
    expect(placeOnWalk(a, b, slerp(a, b, 0.5), "lerp").on).toBe(false);
  });
});

describe("a map of latent space", () => {
  it("has its first row at the top and holds the other dimensions", () => {
    const points = latentPlane(Float32Array.of(9, 8, 7), 2, 3, [2, 0]);
    expect(points).toHaveLength(4 * 3);
    expect([...points.subarray(0, 6)]).toEqual([1.5, 8, -1.5, 1.5, 8, 1.5]);
    expect([...points.subarray(6)]).toEqual([-1.5, 8, -1.5, -1.5, 8, 1.5]);
  });
});
