/** Curves as files that other programs read: a table of comma-separated values, and plain values for JSON. No saving. */
import type { StepTable } from "./step-table";

/** One line a step, its step first and then a number a column; empty where a step has none. Ends with a line break. */
export function stepTableCsv({ columns, steps, values }: StepTable, name?: string): string {
  const own = name === undefined ? [] : [name];
  const lines = Array.from(steps, (step, row) => {
    const numbers = values.subarray(row * columns.length, (row + 1) * columns.length);
    return [...own, step, ...Array.from(numbers, (value) => (Number.isNaN(value) ? "" : value))].join(",");
  });
  return `${lines.join("\n")}${lines.length > 0 ? "\n" : ""}`;
}

/** The first line of such a table. @param named whether each line begins with the name of its arm */
export function csvHead(columns: readonly string[], named: boolean): string {
  return `${[...(named ? ["arm"] : []), "step", ...columns].join(",")}\n`;
}

/** The table by its columns, each a list as long as `step`; null where a step has no such number. */
export function stepTableValues({ columns, steps, values }: StepTable): Record<string, (number | null)[]> {
  const entries = columns.map((name, i) => [
    name,
    Array.from(steps, (_, row) => jsonNumber(values[row * columns.length + i] ?? Number.NaN)),
  ]);
  return { step: [...steps], ...Object.fromEntries(entries) };
}

/** JSON has no NaN and no infinity. */
export const jsonNumber = (value: number): number | null => (Number.isFinite(value) ? value : null);
