/** Numbers by step and name, as they cross the wire and are saved: a table that carries its columns' names. */

export interface StepTable {
  /** What each column is; a reader asks by name, so that a table with other columns is never misread. */
  readonly columns: readonly string[];
  /** Training step of each row, ascending. */
  readonly steps: Float64Array;
  /** Row-major [steps.length, columns.length]; NaN where a step has no such number. */
  readonly values: Float32Array;
}

/** Reads one column by its row; NaN in every row of a table that has no such column. */
export function columnReader({ columns, values }: Omit<StepTable, "steps">, name: string): (row: number) => number {
  const index = columns.indexOf(name);
  if (index < 0) return () => Number.NaN;
  return (row) => values[row * columns.length + index] ?? Number.NaN;
}

/** The values of a table [rows, wanted.length] with other columns, or in another order; NaN in columns that it lacks. */
export function withColumns({ columns, steps, values }: StepTable, wanted: readonly string[]): Float32Array {
  if (columns.length === wanted.length && columns.every((name, i) => name === wanted[i])) return values.slice();
  const out = new Float32Array(steps.length * wanted.length);
  for (const [i, name] of wanted.entries()) {
    const read = columnReader({ columns, values }, name);
    for (let row = 0; row < steps.length; row++) out[row * wanted.length + i] = read(row);
  }
  return out;
}

/** The rows from ≤ row < to as a table of their own, copied. */
export function copyRows({ columns, steps, values }: StepTable, from: number, to: number): StepTable {
  const width = columns.length;
  return { columns, steps: steps.slice(from, to), values: values.slice(from * width, to * width) };
}
