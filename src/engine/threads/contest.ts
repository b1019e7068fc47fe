/**
 * Whether several threads are faster than one, found out by timing steps of the run itself: other programs may need the cores, and a
 * thread that waits for its turn holds up all. Numbers do not depend on the outcome. No threads and no clock of its own.
 */

export type Contestant = "one" | "several";

/** Steps in a row of each; the first of a row is not timed, since it moves the variables' numbers. */
const ROW = 4;
/** Rows of each in a contest. */
const ROWS = 2;
/** Steps before the first contest counts: each build of the kernels is compiled in earnest only when it has run for a while. */
const WARM_UP = 2 * ROW;
/** Milliseconds until the next contest; doubled while the outcome stays the same. */
const HOLD_MS = 15_000;
const HOLD_MOST_MS = 240_000;

/** Milliseconds per step of each, in the last contest that ended. */
export interface Verdict {
  readonly winner: Contestant;
  readonly one: number;
  readonly several: number;
}

export class Contest {
  #verdict: Verdict | null = null;
  #sums = { one: 0, several: 0 };
  #steps = -WARM_UP;
  #hold = HOLD_MS;
  #until = Number.NEGATIVE_INFINITY;

  get verdict(): Verdict | null {
    return this.#verdict;
  }

  /** Who does the next step. @param now milliseconds of any clock that only goes forward */
  next(now: number): Contestant {
    if (this.#verdict !== null && now < this.#until) return this.#verdict.winner;
    return Math.floor((this.#steps + WARM_UP) / ROW) % 2 === 0 ? "several" : "one";
  }

  /** Takes the time of the step that began at `start`, done by who `next` said. */
  note(start: number, end: number): void {
    if (this.#verdict !== null && start < this.#until) return;
    const who = this.next(start);
    if (this.#steps >= 0 && this.#steps % ROW !== 0) this.#sums[who] += end - start;
    this.#steps += 1;
    if (this.#steps < 2 * ROW * ROWS) return;
    const counted = ROWS * (ROW - 1);
    const one = this.#sums.one / counted;
    const several = this.#sums.several / counted;
    const winner = several < one ? "several" : "one";
    this.#hold = winner === this.#verdict?.winner ? Math.min(2 * this.#hold, HOLD_MOST_MS) : HOLD_MS;
    this.#verdict = { winner, one, several };
    this.#until = end + this.#hold;
    this.#sums = { one: 0, several: 0 };
    this.#steps = 0;
  }
}
