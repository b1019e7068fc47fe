/**
 * Where branches that the run is not on had come to, with their curves, within a budget of bytes: of curves every second row is dropped where
 * they are too long, the longest first; states, which the run goes on from, stay as they are. What is kept of a run's way: film.ts.
 */
import { type ArmSnapshot, type FullHistory, sizeOf } from "./snapshot";

/** Bytes of states and curves at most, while curves can make room. */
const MAX_BYTES = 12e6;
/** Curves of no more rows than this stay as they are. */
const FEWEST_ROWS = 600;

export class LeftBranches {
  readonly #maxBytes: number;
  readonly #arms = new Map<number, readonly ArmSnapshot[]>();
  #bytes = 0;

  /** @param maxBytes smaller values are for tests */
  constructor(maxBytes = MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(branch: number): readonly ArmSnapshot[] | undefined {
    return this.#arms.get(branch);
  }

  set(branch: number, arms: readonly ArmSnapshot[]): void {
    this.#arms.set(branch, arms);
    this.#fit();
  }

  delete(branch: number): void {
    this.#arms.delete(branch);
    this.#fit();
  }

  /** Forgets all others. */
  keepOnly(branches: readonly number[]): void {
    for (const branch of this.#arms.keys()) if (!branches.includes(branch)) this.#arms.delete(branch);
    this.#fit();
  }

  all(): readonly { readonly branch: number; readonly arms: readonly ArmSnapshot[] }[] {
    return [...this.#arms].map(([branch, arms]) => ({ branch, arms }));
  }

  #fit(): void {
    for (;;) {
      this.#bytes = [...this.#arms.values()].reduce((sum, arms) => sum + sizeOf({ arms }), 0);
      if (this.#bytes <= this.#maxBytes) return;
      const longest = this.all()
        .flatMap(({ branch, arms }) => arms.map(({ id, history }) => ({ branch, id, rows: history.steps.length })))
        .reduce((most, one) => (one.rows > most.rows ? one : most), { branch: 0, id: "", rows: FEWEST_ROWS });
      const arms = this.#arms.get(longest.branch);
      if (arms === undefined) return;
      const halved = (arm: ArmSnapshot) => (arm.id === longest.id ? { ...arm, history: halve(arm.history) } : arm);
      this.#arms.set(longest.branch, arms.map(halved));
    }
  }
}

/** Every second row, and the latest. */
function halve(history: FullHistory): FullHistory {
  const width = history.columns.length;
  const last = history.steps.length - 1;
  const rows = Array.from({ length: Math.floor(last / 2) + 1 }, (_, i) => 2 * i);
  if (rows.at(-1) !== last) rows.push(last);
  const steps = Float64Array.from(rows, (row) => history.steps[row] ?? 0);
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    values.set(history.values.subarray(row * width, (row + 1) * width), i * width);
  });
  return { ...history, steps, values };
}
