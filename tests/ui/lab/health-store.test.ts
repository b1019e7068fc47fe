import { describe, expect, it } from "vitest";
import { distributionOf, type Health } from "../../../src/core/health";
import { type HealthReading, withReading } from "../../../src/ui/lab/health/health-store";

const healthOf = (units: number): Health => [
  {
    network: "generator",
    layers: [
      {
        path: "0",
        type: "dense",
        activation: "relu",
        units,
        atRest: 0,
        activations: distributionOf([]),
        learning: null,
        singularValues: null,
      },
    ],
  },
];
const reading = (step: number, units = 4): HealthReading => ({ step, health: healthOf(units) });
const stepsOf = (rows: readonly HealthReading[]) => rows.map(({ step }) => step);

describe("the readings of health over time", () => {
  it("drop what came after a moment that the run went back to", () => {
    const rows = [reading(1), reading(5), reading(9)];
    expect(stepsOf(withReading(rows, reading(5)))).toEqual([1, 5]);
    expect(stepsOf(withReading(rows, reading(7)))).toEqual([1, 5, 7]);
  });

  it("begin anew with other networks", () => {
    expect(stepsOf(withReading([reading(1), reading(5)], reading(9, 8)))).toEqual([9]);
  });

  it("are thinned when there are many, the newest always among them", () => {
    let rows: readonly HealthReading[] = [];
    for (let step = 0; step < 1000; step++) rows = withReading(rows, reading(step));
    expect(rows.length).toBeLessThan(100);
    expect(rows.at(-1)?.step).toBe(999);
    expect(stepsOf(rows)).toEqual([...stepsOf(rows)].sort((a, b) => a - b));
  });
});
