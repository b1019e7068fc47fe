/** Which of a model's readings one player's turn gives. */
import type { ReadingInfo } from "../readings";

/** In the order of the model's table. */
export function readingsOf<R extends string>(
  { readings }: { readonly readings: { readonly [id in R]: ReadingInfo } },
  player: string,
): readonly R[] {
  return (Object.keys(readings) as R[]).filter((id) => readings[id].player === player);
}
