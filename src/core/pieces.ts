/** Work in pieces of a few milliseconds, so that whoever trains beside it is never held up for long. */

/** `next` does one piece, the last one returns the result. */
export type Pieces<T> = Generator<undefined, T>;

/** Multiplications that take a few milliseconds. */
export const PIECE = 1e6;

/** Rows in pieces, where each row costs so many multiplications. */
export function* rowPieces(rows: number, cost: number): Generator<readonly [from: number, to: number]> {
  const at = Math.max(1, Math.floor(PIECE / cost));
  for (let from = 0; from < rows; from += at) yield [from, Math.min(rows, from + at)];
}

/** All pieces in one go. */
export function finish<T>(work: Pieces<T>): T {
  for (;;) {
    const piece = work.next();
    if (piece.done === true) return piece.value;
  }
}
