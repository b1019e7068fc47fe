import { expect, it } from "vitest";
import { isWhole, movedWindow, wholePlane, windowWith, zoomedWindow } from "../../src/core/plane-window";

const whole = wholePlane(2);

it("zooming leaves the place under the pointer where it is seen", () => {
  const at = { x: 1, y: -0.5 };
  const near = zoomedWindow(whole, 4, at, 2);
  expect(near.half).toBe(0.5);
  expect((at.x - near.x) / near.half).toBeCloseTo((at.x - whole.x) / whole.half, 12);
  expect((at.y - near.y) / near.half).toBeCloseTo((at.y - whole.y) / whole.half, 12);
  expect(isWhole(zoomedWindow(near, 1 / 4, at, 2), 2)).toBe(true);
});

it("goes neither nearer than a thirty-second nor farther than four times the whole picture", () => {
  expect(zoomedWindow(whole, 1e9, whole, 2).half).toBe(2 / 32);
  expect(zoomedWindow(whole, 1e-9, whole, 2).half).toBe(8);
});

it("is moved as far as its middle stays in the whole picture", () => {
  expect(movedWindow({ x: 1, y: 0, half: 0.5 }, 9, -0.25, 2)).toEqual({ x: 2, y: -0.25, half: 0.5 });
});

it("follows a point just as far as it takes", () => {
  const window = { x: 0, y: 0, half: 0.5 };
  expect(windowWith(window, 0.4, -0.5, 2)).toEqual(window);
  expect(windowWith(window, 0.75, -1, 2)).toEqual({ x: 0.25, y: -0.5, half: 0.5 });
});
