/** How far a run is from what was expected: the worst deviation of each part, measured against its tolerance. Runs nothing. */
import type { ReadingId } from "../../core/models";
import { columnReader } from "../../core/step-table";
import type { StepNumbers } from "../../engine/numbers";

/** How far a run is from what was expected, by part ("losses", "weights", ...). */
export interface Comparison {
  readonly name: string;
  readonly parts: Readonly<Record<string, Deviation>>;
  readonly passed: boolean;
}

/** The deviation that comes nearest to its tolerance, or oversteps it most. */
export interface Deviation {
  readonly absolute: number;
  readonly relative: number;
  /** Which number it is; empty when all are exact. */
  readonly at: string;
  readonly passed: boolean;
}

/** How far a number is off as a share of what is tolerated: above 1 is too far. */
export type Share = (absolute: number, relative: number) => number;

/** float32 against float64: the fixtures' own tolerances. */
export const TOLERANCES = {
  /** Of numbers of a step: either suffices. */
  reading: { relative: 1e-4, absolute: 1e-5 },
  /** Absolute. */
  weights: 2e-4,
  moments: 1e-4,
  evaluation: 5e-4,
  /** Of the largest number of the slot. */
  slots: 1e-3,
} as const;

export const reading: Share = (absolute, relative) =>
  Math.min(relative / TOLERANCES.reading.relative, absolute / TOLERANCES.reading.absolute);

export const within =
  (tolerance: number): Share =>
  (absolute) =>
    absolute / tolerance;

/** Finds the worst of many deviations. What is not a number is worse than anything. */
export class Worst {
  #share = 0;
  #found: Omit<Deviation, "passed"> = { absolute: 0, relative: 0, at: "" };

  see(got: number | undefined, expected: number, at: string, share: Share): void {
    const absolute = Math.abs((got ?? Number.NaN) - expected);
    const relative = absolute === 0 ? 0 : absolute / Math.abs(expected);
    const own = absolute === 0 ? 0 : share(absolute, relative);
    if (own <= this.#share) return;
    this.#share = Number.isNaN(own) ? Number.POSITIVE_INFINITY : own;
    this.#found = { absolute, relative, at };
  }

  seeAll(got: Float32Array | undefined, expected: readonly number[], at: string, share: Share): void {
    for (const [i, value] of expected.entries()) this.see(got?.[i], value, at, share);
    if (got !== undefined && got.length !== expected.length) this.see(undefined, 0, `${at} (its length)`, share);
  }

  get deviation(): Deviation {
    return { ...this.#found, passed: this.#share <= 1 };
  }
}

/** The worst number of a run's steps; expected numbers that are missing or null are not compared. */
export function worstReading(
  expected: readonly Readonly<Record<string, number | null>>[],
  run: StepNumbers,
  series: readonly ReadingId[],
): Deviation {
  const worst = new Worst();
  for (const [step, row] of expected.entries()) {
    for (const name of series) {
      const value = row[name];
      if (value === undefined || value === null) continue;
      worst.see(columnReader(run, name)(step), value, `${name}, step ${step + 1}`, reading);
    }
  }
  return worst.deviation;
}

export function comparison(name: string, parts: Readonly<Record<string, Deviation>>): Comparison {
  return { name, parts, passed: Object.values(parts).every(({ passed }) => passed) };
}
