/** Curves as files: what a spreadsheet and a JSON reader find in them. */
import { expect, it } from "vitest";
import { csvHead, stepTableCsv, stepTableValues } from "../../src/core/curves-file";

const table = {
  columns: ["dLoss", "gLoss"],
  steps: Float64Array.of(1, 20),
  values: Float32Array.of(0.5, Number.NaN, 0.25, 2),
};

it("writes one line a step, with nothing where a step has no number", () => {
  expect(csvHead(table.columns, false) + stepTableCsv(table)).toBe("step,dLoss,gLoss\n1,0.5,\n20,0.25,2\n");
  expect(csvHead(table.columns, true) + stepTableCsv(table, "b")).toBe("arm,step,dLoss,gLoss\nb,1,0.5,\nb,20,0.25,2\n");
});

it("gives each column as a list that JSON can hold", () => {
  expect(JSON.parse(JSON.stringify(stepTableValues(table)))).toEqual({
    step: [1, 20],
    dLoss: [0.5, 0.25],
    gLoss: [null, 2],
  });
});
