/**
 * Training curves: every step's numbers, kept in full and handed out thinned for the eye. No drawing, no smoothing, no
 * choosing of rows.
 */
import type { Players } from "./config";
import { RowPicker } from "./row-picker";
import type { FullHistory, HistoryNews, Turn } from "./snapshot";
import { type StepTable, withColumns } from "./step-table";

/**
 * Curves thinned for the eye: each point is one real step's values, never an average; the first and the latest step are
 * always among them.
 */
export interface Curves extends StepTable {
  /** Changes made while training, to be marked on the charts. */
  readonly changes: readonly { readonly step: number; readonly text: string }[];
}

/** Bytes of rows kept at most. Beyond, every second row is dropped, again and again. */
export const HISTORY_BYTES = 110e6;
/** An even number of rows, of a step and so many numbers. */
const mostRows = (columns: number) => 2 * Math.floor(HISTORY_BYTES / (8 + 4 * columns) / 2);
/** Marks kept at most, the newest. */
const MAX_CHANGES = 500;

/**
 * One arm's curves. Rows come in ascending steps; what is not finite is stored as NaN.
 *
 * `curves` shows of each stretch of rows the step that deviates most from its medians, in whichever series, measured in
 * median absolute deviations: a single spike is always among the points. How: row-picker.ts.
 */
export class History {
  readonly columns: readonly string[];
  #steps = new Float64Array(1024);
  #values: Float32Array;
  #rows = 0;
  /**
   * Of the steps from the first row's on, every stride-th is kept; the newest is always there, and replaced when it was not due. Told by
   * the step, not by counting, so that a run that went back has the same rows again.
   */
  #stride = 1;
  #changes: { readonly step: number; readonly text: string }[] = [];
  #turns: Turn[] = [];
  readonly #picker = new RowPicker();
  /** Rows that `news` has told of and that are still the same. */
  #told = 0;
  readonly #maxRows: number;

  /**
   * @param columns names of the numbers of a row
   * @param maxRows most rows to keep (an even number); smaller values are for tests
   */
  constructor(columns: readonly string[], maxRows = mostRows(columns.length)) {
    this.columns = columns;
    this.#values = new Float32Array(1024 * columns.length);
    this.#maxRows = maxRows;
  }

  /** Number of rows kept. */
  get length(): number {
    return this.#rows;
  }

  /** Step of the newest row; 0 when there is none. */
  get lastStep(): number {
    return this.#rows === 0 ? 0 : (this.#steps[this.#rows - 1] ?? 0);
  }

  /** Adds one row, a number per column, for a step later than all before. */
  append(step: number, row: ArrayLike<number>): void {
    // The newest row stays only if it was due; otherwise it was there as the latest point and makes room.
    if (this.#rows > 0 && !this.#isDue(this.lastStep)) this.#rows -= 1;
    if (this.#rows === this.#maxRows) this.#halve();
    this.#grow();
    this.#told = Math.min(this.#told, this.#rows);
    this.#steps[this.#rows] = step;
    const at = this.#rows * this.columns.length;
    for (let i = 0; i < this.columns.length; i++) {
      const value = row[i] ?? Number.NaN;
      this.#values[at + i] = Number.isFinite(value) ? value : Number.NaN;
    }
    this.#rows += 1;
  }

  /** These players learn from a step on, until told otherwise; everybody where nothing was told. */
  turn(step: number, players: Players): void {
    if (players !== (this.#turns.at(-1)?.players ?? "all")) this.#turns.push({ step, players });
  }

  /** Who learned in a step, as `turn` told. */
  playersAt(step: number): Players {
    return this.#turns.findLast((turn) => turn.step <= step)?.players ?? "all";
  }

  /** Remembers a change made while training, to be marked on the charts. */
  mark(step: number, text: string): void {
    const last = this.#changes.at(-1);
    if (last?.step === step && last.text === text) return;
    this.#changes.push({ step, text });
    if (this.#changes.length > MAX_CHANGES) this.#changes.shift();
  }

  /** Takes the latest mark back: another is about to say more. */
  unmark(): void {
    this.#changes.pop();
  }

  /** Drops all rows, marks and turns after a step: the run went back to it. */
  truncate(step: number): void {
    let rows = this.#rows;
    while (rows > 0 && (this.#steps[rows - 1] ?? 0) > step) rows -= 1;
    this.#changes = this.#changes.filter((change) => change.step <= step);
    this.#turns = this.#turns.filter((turn) => turn.step <= step);
    if (rows === this.#rows) return;
    this.#rows = rows;
    this.#told = Math.min(this.#told, rows);
    this.#picker.forget();
  }

  /** At most `maxPoints` (at least 4) of the steps, the first and the latest always among them. */
  curves(maxPoints = 300): Curves {
    const table = { values: this.#values, rows: this.#rows, series: this.columns.length };
    const picks = this.#picker.picks(table, Math.max(4, maxPoints));
    const steps = new Float64Array(picks.length);
    const values = new Float32Array(picks.length * this.columns.length);
    picks.forEach((row, i) => {
      steps[i] = this.#steps[row] ?? 0;
      values.set(this.#row(row), i * this.columns.length);
    });
    return { columns: this.columns, steps, values, changes: [...this.#changes] };
  }

  /** The numbers of a step, in the order of the columns; null where there is no row of it. */
  rowAt(step: number): Float32Array | null {
    let [low, high] = [0, this.#rows];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#steps[middle] ?? 0) < step) low = middle + 1;
      else high = middle;
    }
    return low < this.#rows && this.#steps[low] === step ? this.#row(low).slice() : null;
  }

  /** All rows, copied. */
  full(): FullHistory {
    return this.#rowsFrom(0);
  }

  /**
   * What is new since the last call, copied: whoever follows puts it in place of the rows that it has from there on.
   */
  news(): HistoryNews {
    const from = this.#told;
    this.#told = this.#rows;
    return { ...this.#rowsFrom(from), from };
  }

  /** The next `news` tells everything: someone else follows. */
  retell(): void {
    this.#told = 0;
  }

  /** Puts saved rows in place of the present ones, read by their columns' names: NaN in columns that were not saved. */
  restore(full: FullHistory): void {
    const rows = full.steps.length;
    this.#steps = new Float64Array(Math.max(1024, rows));
    this.#values = new Float32Array(Math.max(1024, rows) * this.columns.length);
    this.#steps.set(full.steps);
    this.#values.set(withColumns(full, this.columns));
    this.#rows = rows;
    this.#told = 0;
    this.#stride = strideOf(full.steps);
    this.#changes = [...full.changes];
    this.#turns = [...(full.turns ?? [])];
    this.#picker.forget();
    while (this.#rows > this.#maxRows) this.#halve();
  }

  #rowsFrom(row: number): FullHistory {
    return {
      columns: this.columns,
      steps: this.#steps.slice(row, this.#rows),
      values: this.#values.slice(row * this.columns.length, this.#rows * this.columns.length),
      changes: [...this.#changes],
      turns: [...this.#turns],
    };
  }

  #isDue(step: number): boolean {
    return (step - (this.#steps[0] ?? 0)) % this.#stride === 0;
  }

  #row(row: number): Float32Array {
    return this.#values.subarray(row * this.columns.length, (row + 1) * this.columns.length);
  }

  #grow(): void {
    if (this.#rows < this.#steps.length) return;
    const capacity = Math.min(this.#maxRows, this.#steps.length * 2);
    const steps = new Float64Array(capacity);
    const values = new Float32Array(capacity * this.columns.length);
    steps.set(this.#steps);
    values.set(this.#values);
    this.#steps = steps;
    this.#values = values;
  }

  /** Keeps every second row, from the first on. */
  #halve(): void {
    const rows = Math.ceil(this.#rows / 2);
    for (let row = 0; row < rows; row++) {
      this.#steps[row] = this.#steps[2 * row] ?? 0;
      this.#values.copyWithin(
        row * this.columns.length,
        2 * row * this.columns.length,
        (2 * row + 1) * this.columns.length,
      );
    }
    this.#rows = rows;
    this.#told = 0;
    this.#stride *= 2;
    this.#picker.forget();
  }
}

/** The distance between saved rows where it is the same all along but for the newest; else 1, as if none had been dropped. */
function strideOf(steps: Float64Array): number {
  const stride = (steps[1] ?? 0) - (steps[0] ?? 0);
  const last = steps.length - 1;
  const even = steps.every((step, i) => i === 0 || i === last || step - (steps[i - 1] ?? 0) === stride);
  return last >= 2 && even ? stride : 1;
}
