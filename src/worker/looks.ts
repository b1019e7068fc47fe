/** Things to show that take milliseconds: all of them, or one at a time in turns. Not what they are and not when they are due (views.ts). */

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

  /** One that is due, the one after the last first: where one is due again each time, the others have their turns all the same. */
  async one(): Promise<boolean> {
    for (let i = 0; i < this.#all.length; i++) {
      const place = (this.#next + i) % this.#all.length;
      if (!(await this.#all[place]?.())) continue;
      this.#next = place + 1;
      return true;
    }
    return false;
  }
}
