/** Things to show that take milliseconds: all of them, or a few at a time in turns. Not what they are and not when they are due (views.ts). */

/** Shows what is due of it. @returns whether anything was */
export type Look = () => boolean | Promise<boolean>;

/** Something that is shown when it is due. */
export const look =
  (isDue: () => boolean, show: () => void | Promise<void>): Look =>
  async () => {
    if (!isDue()) return false;
    await show();
    return true;
  };

export class Looks {
  readonly #all: readonly Look[];
  #next = 0;

  constructor(all: readonly Look[]) {
    this.#all = all;
  }

  /** @returns what the last one told */
  async all(): Promise<boolean> {
    let more = false;
    for (const one of this.#all) more = await one();
    return more;
  }

  /**
   * Those that are due, the one after the last first, until that has taken `budget` ms: where one is due again each time, the others have
   * their turns all the same.
   * @returns whether anything was shown
   */
  async some(now: () => number, budget: number): Promise<boolean> {
    const started = now();
    const first = this.#next;
    let shown = false;
    for (let i = 0; i < this.#all.length; i++) {
      const place = (first + i) % this.#all.length;
      if (!(await this.#all[place]?.())) continue;
      this.#next = place + 1;
      shown = true;
      if (now() - started >= budget) break;
    }
    return shown;
  }
}
