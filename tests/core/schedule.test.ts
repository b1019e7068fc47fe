/** Learning rate schedules at their ends and in the middle. */
import { expect, it } from "vitest";
import { rateFactor } from "../../src/core/schedule";

it.each([
  ["constant", [1, 1, 1, 1]],
  ["linear", [1, 0.6, 0.2, 0.2]],
  ["cosine", [1, 0.6, 0.2, 0.2]],
] as const)("%s goes from 1 to the final ratio and stays", (type, expected) => {
  const factors = [0, 50, 100, 1000].map((step) => rateFactor({ type, steps: 100, finalRatio: 0.2 }, step));
  for (const [i, factor] of factors.entries()) expect(factor).toBeCloseTo(expected[i] ?? Number.NaN, 12);
});

it("cosine starts flat, where linear already falls", () => {
  const at = (type: "linear" | "cosine") => rateFactor({ type, steps: 100, finalRatio: 0 }, 25);
  expect(at("cosine")).toBeCloseTo(0.5 + Math.SQRT1_2 / 2, 12);
  expect(at("linear")).toBeCloseTo(0.75, 12);
});
