/**
 * When what follows training comes onto the page: with a picture of the stage, since a frame of the page costs several milliseconds however
 * little changes in it; and not all of it with one, so that no task is long. For what is shown only; what a person does is never held.
 */

/** Pictures that are further apart, in milliseconds, are not waited for. */
const LONGEST_MS = 150;

/** What is rendered together; parts take turns, one a picture. */
export type PagePart = "numbers" | `chart ${number}`;

export interface PicturePace {
  /**
   * Runs with the next picture where these follow each other closely, else at once.
   * @param part whose turn is waited for; left out: with the very next picture, for what costs next to nothing
   * @returns takes it back
   */
  withPicture(run: () => void, part?: PagePart): () => void;
  /** A picture has come onto the page. */
  picture(): void;
}

/** @param now milliseconds from any moment on */
export function createPicturePace(now: () => number = () => performance.now()): PicturePace {
  const small = new Set<() => void>();
  /** In the order in which they began to wait. */
  const parts = new Map<PagePart, Set<() => void>>();
  let [before, last] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(waiting: Set<() => void>): void {
    const all = [...waiting];
    waiting.clear();
    for (const run of all) run();
  }

  function next(): void {
    const [first] = parts;
    if (first === undefined) return;
    parts.delete(first[0]);
    flush(first[1]);
  }

  /** What waits does not wait for ever. */
  function watch(): void {
    clearTimeout(timer);
    timer = small.size + parts.size === 0 ? undefined : setTimeout(nothingComes, LONGEST_MS);
  }

  function nothingComes(): void {
    timer = undefined;
    flush(small);
    while (parts.size > 0) next();
  }

  return {
    withPicture(run, part) {
      const closely = last - before < LONGEST_MS && now() - last < LONGEST_MS;
      if (!closely) {
        run();
        return () => {};
      }
      const waiting = part === undefined ? small : (parts.get(part) ?? new Set());
      if (part !== undefined) parts.set(part, waiting);
      waiting.add(run);
      if (timer === undefined) watch();
      return () => waiting.delete(run);
    },
    picture() {
      [before, last] = [last, now()];
      flush(small);
      next();
      watch();
    },
  };
}
