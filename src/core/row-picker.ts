/**
 * Which rows of a growing table to draw so that it looks as all of them would: buckets of equal width (a power of two,
 * aligned to the first row), each shown by the row that deviates most (thinning.ts). A full bucket's row never changes
 * until the width doubles, so that charts do not flicker. Keeps buckets and no rows; those are history.ts's.
 */
import { type Bucket, mergeBuckets, summarize } from "./thinning";

/** Rows of a bucket whose medians are computed exactly; wider buckets are merged from these. */
const EXACT_ROWS = 64;

/** Rows [rows, series], row-major; the newest may still be replaced. */
export interface Rows {
  readonly values: Float32Array;
  readonly rows: number;
  readonly series: number;
}

/** Picks rows of a table that grows at its end. Where earlier rows change, it has to be told (`forget`). */
export class RowPicker {
  #width = 1;
  /** Full buckets of #width rows from row 0 on, then full buckets of EXACT_ROWS that do not fill one yet. */
  #buckets: Bucket[] = [];
  #pending: Bucket[] = [];

  /** Rows that were there are no longer the same. */
  forget(): void {
    this.#width = 1;
    this.#buckets = [];
    this.#pending = [];
  }

  /** At most `maxPoints` (at least 4) of the rows, in order, the first and the newest always among them. */
  picks(table: Rows, maxPoints: number): number[] {
    const { rows } = table;
    if (rows <= maxPoints) return Array.from({ length: rows }, (_, row) => row);
    let width = 1;
    while (Math.ceil(rows / width) > maxPoints - 2) width *= 2; // two points are the ends
    this.#widen(table, width);
    // The newest row may be replaced by the next one, so it never belongs to a full bucket.
    const fixed = rows - 1;
    const unit = Math.min(width, EXACT_ROWS);
    let row = this.#buckets.length * width + this.#pending.length * unit;
    for (; row + unit <= fixed; row += unit) {
      this.#pending.push(exact(table, row, row + unit));
      if (this.#pending.length * unit === width) {
        this.#buckets.push(mergeAll(this.#pending, table));
        this.#pending = [];
      }
    }
    const rest = row < fixed ? [...this.#pending, exact(table, row, fixed)] : this.#pending;
    const picks = [0, ...this.#buckets.map((bucket) => bucket.pick)];
    if (rest.length > 0) picks.push(mergeAll(rest, table).pick);
    picks.push(rows - 1);
    return [...new Set(picks)];
  }

  /** Brings the full buckets to a width: by merging pairs where that is how they are made, otherwise anew. */
  #widen(table: Rows, width: number): void {
    if (width < this.#width || this.#width < EXACT_ROWS) {
      if (width === this.#width) return;
      this.forget();
      this.#width = width;
      return;
    }
    while (this.#width < width) {
      const odd = this.#buckets.length % 2 === 1 ? this.#buckets.pop() : undefined;
      const merged: Bucket[] = [];
      for (let i = 0; i + 1 < this.#buckets.length; i += 2) {
        merged.push(mergeAll(this.#buckets.slice(i, i + 2), table));
      }
      this.#buckets = merged;
      // A bucket that found no partner is the first part of a wider one; its rows are summarised anew.
      if (odd !== undefined) this.#pending = [];
      this.#width *= 2;
    }
  }
}

function exact({ values, series }: Rows, from: number, to: number): Bucket {
  return summarize(values, from, to, series);
}

/** Merges neighbours pairwise, as a balanced tree, so that each median counts alike. */
function mergeAll(buckets: readonly Bucket[], { values, series }: Rows): Bucket {
  let level = [...buckets];
  while (level.length > 1) {
    const next: Bucket[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i];
      const right = level[i + 1];
      if (left !== undefined) next.push(right === undefined ? left : mergeBuckets(left, right, values, series));
    }
    level = next;
  }
  const [only] = level;
  if (only === undefined) throw new Error("There is no bucket to merge.");
  return only;
}
