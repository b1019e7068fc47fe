/** The measures over a run: each with its step, thinned when there are many. No judging (verdict.ts), no measuring. */

import type { ExperimentConfig } from "../config";
import { columnReader, type StepTable, withColumns } from "../step-table";
import { hasDensity, THEORY_IDS, type TheoryId } from "../theory";
import { type MeasureId, measuresFor } from "./measures";

/** What is kept over a run: measures, and what theory says. */
export type LoggedId = MeasureId | TheoryId;
export type LoggedValues = { readonly [id in LoggedId]?: number };

/** What is kept of an experiment. Theory's columns are empty where its loss has none. */
export function loggedOf({ dataset }: Pick<ExperimentConfig, "dataset">): readonly LoggedId[] {
  return [...measuresFor(dataset), ...(hasDensity(dataset) ? THEORY_IDS : [])];
}

/** Rows kept at most (an even number); beyond, every second one is dropped, again and again. */
const MAX_ROWS = 600;

/** One arm's measures, at steps of their own: the clock decides when they are taken. */
export class QualityLog {
  readonly #ids: readonly LoggedId[];
  #rows: { readonly step: number; readonly values: ArrayLike<number> }[] = [];
  /** Of the rows seen, every stride-th is kept; the newest is always there, and replaced when it was not due. */
  #stride = 1;
  #seen = 0;
  readonly #maxRows: number;

  /** @param ids the measures: the columns, in order @param maxRows smaller values are for tests */
  constructor(ids: readonly LoggedId[], maxRows = MAX_ROWS) {
    this.#ids = ids;
    this.#maxRows = maxRows;
  }

  get lastStep(): number | null {
    return this.#rows.at(-1)?.step ?? null;
  }

  /** Adds a row. One of a step that was measured before takes its place: the same weights, shown otherwise. */
  append(step: number, values: LoggedValues): void {
    const row = { step, values: this.#ids.map((id) => values[id] ?? Number.NaN) };
    if (this.lastStep === step) {
      this.#rows[this.#rows.length - 1] = row;
      return;
    }
    if (this.#seen > 0 && (this.#seen - 1) % this.#stride !== 0) this.#rows.pop();
    if (this.#rows.length === this.#maxRows) {
      this.#rows = this.#rows.filter((_, i) => i % 2 === 0);
      this.#stride *= 2;
    }
    this.#rows.push(row);
    this.#seen += 1;
  }

  /** Drops all rows after a step: the run went back to it. */
  truncate(step: number): void {
    const rows = this.#rows.filter((row) => row.step <= step);
    if (rows.length === this.#rows.length) return;
    this.#rows = rows;
    this.#seen = rows.length === 0 ? 0 : (rows.length - 1) * this.#stride + 1;
  }

  /** All rows, copied; NaN where there was nothing to measure. */
  all(): StepTable {
    const values = new Float32Array(this.#rows.length * this.#ids.length);
    this.#rows.forEach((row, i) => {
      values.set(row.values, i * this.#ids.length);
    });
    return { columns: this.#ids, steps: Float64Array.from(this.#rows, ({ step }) => step), values };
  }

  /** Puts saved rows in place of the present ones. */
  restore(table: StepTable): void {
    const values = withColumns(table, this.#ids);
    const width = this.#ids.length;
    this.#rows = Array.from(table.steps, (step, row) => ({
      step,
      values: values.subarray(row * width, (row + 1) * width),
    })).slice(-this.#maxRows);
    this.#stride = 1;
    this.#seen = this.#rows.length;
  }
}

/** One of them over the run, without the rows that have no value. */
export function measureOverTime(
  table: StepTable,
  id: LoggedId,
): { readonly steps: number[]; readonly values: number[] } {
  const read = columnReader(table, id);
  const rows = Array.from(table.steps, (step, row) => [step, read(row)] as const).filter(
    ([, value]) => !Number.isNaN(value),
  );
  return { steps: rows.map(([step]) => step), values: rows.map(([, value]) => value) };
}
