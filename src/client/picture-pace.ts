/**
 * When what follows training comes onto the page: with the next picture of the stage, since a frame of the page costs several milliseconds
 * however little changes in it. For what is shown only; what a person does is never held.
 */

/** Pictures that are further apart, in milliseconds, are not waited for. */
const LONGEST_MS = 150;

export interface PicturePace {
  /** Runs with the next picture where these follow each other closely, else at once. @returns takes it back */
  withPicture(run: () => void): () => void;
  /** A picture has come onto the page. */
  picture(): void;
}

/** @param now milliseconds from any moment on */
export function createPicturePace(now: () => number = () => performance.now()): PicturePace {
  const waiting = new Set<() => void>();
  let [before, last] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const all = [...waiting];
    waiting.clear();
    for (const run of all) run();
  }

  return {
    withPicture(run) {
      const closely = last - before < LONGEST_MS && now() - last < LONGEST_MS;
      if (!closely) {
        run();
        return () => {};
      }
      waiting.add(run);
      timer ??= setTimeout(flush, LONGEST_MS);
      return () => waiting.delete(run);
    },
    picture() {
      [before, last] = [last, now()];
      flush();
    },
  };
}
