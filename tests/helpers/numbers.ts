/** Reproducible numbers for tests, in plain arrays. No tensors. */

/** `count` values in [-1, 1), the same every time for the same seed (Park and Miller's minimal standard generator). */
export function numbers(count: number, seed = 1): number[] {
  let state = (seed * 7919) % 2147483647;
  return Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647;
    return (state / 2147483647) * 2 - 1;
  });
}

export const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** The largest difference between two arrays, relative to the largest expected value (at least 1). Infinite for NaN or unequal lengths. */
export function worstDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  let scale = 1;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs((actual[i] ?? Number.NaN) - (expected[i] ?? Number.NaN));
    if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY;
    worst = Math.max(worst, difference);
    scale = Math.max(scale, Math.abs(expected[i] ?? 0));
  }
  return worst / scale;
}
