/**
 * The moments that a person can go back to and forward again: an experiment each, and the run that was there when it was
 * left. Values only: what brings a moment back is undo.ts.
 */
import type { Experiment } from "../../core/arms";
import { type RunSnapshot, sizeOf } from "../../core/snapshot";

export interface Moment {
  /** Unlike any other, also in other visits. */
  readonly id: string;
  readonly experiment: Experiment;
  /** The change that led here ended the run before it: another one begins with this moment. */
  readonly begins: boolean;
  /** The run as it was when the moment was left; null where leaving lost nothing of it, or it takes too much memory. */
  readonly run: RunSnapshot | null;
}

/** Moments kept at most; the oldest go first. */
const MAX_MOMENTS = 50;
/** Of their runs so much is kept; the one left last in any case. */
const MAX_BYTES = 200e6;

export class Timeline {
  readonly #newId: () => string;
  readonly #maxBytes: number;
  #moments: Moment[] = [];
  #at = 0;

  /** @param maxBytes of runs; smaller values are for tests */
  constructor(experiment: Experiment, newId: () => string, maxBytes = MAX_BYTES) {
    this.#newId = newId;
    this.#maxBytes = maxBytes;
    this.#moments = [{ id: newId(), experiment, begins: true, run: null }];
  }

  /** The present moment. */
  get now(): Moment {
    const now = this.#moments[this.#at];
    if (now === undefined) throw new Error("unreachable: there is always a present moment");
    return now;
  }

  get before(): Moment | null {
    return this.#moments[this.#at - 1] ?? null;
  }

  get after(): Moment | null {
    return this.#moments[this.#at + 1] ?? null;
  }

  /** The moment of that name; null where it is no more. */
  find(id: string): Moment | null {
    return this.#moments.find((moment) => moment.id === id) ?? null;
  }

  /**
   * The experiment becomes another one, or begins anew: a new present, and no way forward.
   * @param begins whether that ended the run before
   */
  advance(experiment: Experiment, begins: boolean): void {
    this.#moments = [...this.#moments.slice(0, this.#at + 1), { id: this.#newId(), experiment, begins, run: null }];
    this.#moments = this.#moments.slice(-MAX_MOMENTS);
    this.#at = this.#moments.length - 1;
  }

  /** The present moment's experiment is another one, which is no moment of its own. */
  amend(experiment: Experiment): void {
    this.#moments = [...this.#moments.slice(0, this.#at), { ...this.now, experiment }];
  }

  /** Whether another moment is of another run than the present one. */
  isOtherRun(id: string): boolean {
    const index = this.#moments.findIndex((moment) => moment.id === id);
    const [first, last] = [Math.min(index, this.#at), Math.max(index, this.#at)];
    return this.#moments.slice(first + 1, last + 1).some(({ begins }) => begins);
  }

  /** Another moment becomes the present one; those between stay. Its run goes on, so what was kept of it is over. */
  moveTo(id: string): void {
    const index = this.#moments.findIndex((moment) => moment.id === id);
    if (index < 0) return;
    this.#at = index;
    this.#moments = this.#moments.map((moment) => (moment.id === id ? { ...moment, run: null } : moment));
  }

  /** Takes the latest change back for good: it could not be made. */
  takeBack(id: string): void {
    if (this.now.id !== id || this.#at === 0) return;
    this.#at -= 1;
    this.#moments = this.#moments.slice(0, this.#at + 1);
  }

  /** Keeps the run with which a moment was left. */
  keep(id: string, run: RunSnapshot): void {
    let bytes = sizeOf(run);
    // Where there is too much, what is farthest in the past goes first.
    const kept = this.#moments.toReversed().map((moment) => {
      if (moment.id === id) return { ...moment, run };
      if (moment.run === null) return moment;
      bytes += sizeOf(moment.run);
      return bytes > this.#maxBytes ? { ...moment, run: null } : moment;
    });
    this.#moments = kept.toReversed();
  }
}
