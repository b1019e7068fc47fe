/**
 * The page's own copy of what runs in the worker, kept up to date by checkpoints. Curves lie in chunks, so that only those
 * that changed need to be written to disk. No storage (kept-runs.ts) and no timing (run-keeper.ts).
 */
import type { ArmId } from "../../core/arms";
import type { ArmSnapshot, Checkpoint, HistoryNews, RunSnapshot, Turn } from "../../core/snapshot";
import { copyRows, type StepTable } from "../../core/step-table";

/** Rows in a chunk: about 200 kB, few enough to write again with every checkpoint. */
export const CHUNK_ROWS = 4096;

/** A stretch of one arm's curves: rows from index · CHUNK_ROWS on. */
export interface Chunk {
  readonly arm: ArmId;
  readonly index: number;
  readonly rows: StepTable;
}

/** One arm's state beside its curves. */
export type ArmState = Omit<ArmSnapshot, "history">;

/** One arm's curves as chunks. */
export interface CurvesCopy {
  readonly columns: readonly string[];
  readonly changes: HistoryNews["changes"];
  readonly turns: readonly Turn[];
  readonly chunks: readonly StepTable[];
}

export class RunCopy {
  #arms: readonly (ArmState & { readonly curves: CurvesCopy })[] = [];
  /** Chunks that `takeChanged` has not given out as they are now, as "arm index". */
  readonly #changed = new Set<string>();

  /** Every arm as of the last checkpoint; none before the first. */
  get arms(): readonly (ArmState & { readonly curves: CurvesCopy })[] {
    return this.#arms;
  }

  /** The whole run, put together; null before the first checkpoint. */
  get run(): RunSnapshot | null {
    if (this.#arms.length === 0) return null;
    return {
      arms: this.#arms.map(({ curves: { columns, changes, turns, chunks }, ...state }) => ({
        ...state,
        history: { ...joinRows(columns, chunks), changes, turns },
      })),
    };
  }

  /** Takes over what a checkpoint tells. */
  apply(checkpoint: Checkpoint): void {
    this.#arms = checkpoint.arms.map(({ history, ...state }) => {
      const { columns, changes, turns = [], from } = history;
      const former = this.#arms.find(({ id }) => id === state.id)?.curves.chunks ?? [];
      const first = Math.floor(from / CHUNK_ROWS);
      const begun = former[first];
      const rest = begun === undefined ? [] : [copyRows(begun, 0, from - first * CHUNK_ROWS)];
      const fresh = cutRows(joinRows(columns, [...rest, history]));
      for (const i of fresh.keys()) this.#changed.add(`${state.id} ${first + i}`);
      return { ...state, curves: { columns, changes, turns, chunks: [...former.slice(0, first), ...fresh] } };
    });
  }

  /** Chunks that changed since the last call. */
  takeChanged(): readonly Chunk[] {
    const changed = this.#all().filter(({ arm, index }) => this.#changed.has(`${arm} ${index}`));
    this.#changed.clear();
    return changed;
  }

  /** All chunks count as changed: what was taken did not get to its place, or the run is to be kept in another. */
  changeAll(): void {
    for (const { arm, index } of this.#all()) this.#changed.add(`${arm} ${index}`);
  }

  #all(): readonly Chunk[] {
    return this.#arms.flatMap(({ id, curves }) => curves.chunks.map((rows, index) => ({ arm: id, index, rows })));
  }
}

/** Tables with the same columns as one. */
export function joinRows(columns: readonly string[], parts: readonly StepTable[]): StepTable {
  const rows = countRows(parts);
  const steps = new Float64Array(rows);
  const values = new Float32Array(rows * columns.length);
  let at = 0;
  for (const part of parts) {
    steps.set(part.steps, at);
    values.set(part.values, at * columns.length);
    at += part.steps.length;
  }
  return { columns, steps, values };
}

export const countRows = (parts: readonly StepTable[]) => parts.reduce((sum, { steps }) => sum + steps.length, 0);

function cutRows(table: StepTable): StepTable[] {
  const count = Math.ceil(table.steps.length / CHUNK_ROWS);
  if (count <= 1) return count === 0 ? [] : [table];
  return Array.from({ length: count }, (_, i) => copyRows(table, i * CHUNK_ROWS, (i + 1) * CHUNK_ROWS));
}
