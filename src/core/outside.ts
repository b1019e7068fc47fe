/** Points against the picture of the data: how many lie outside, and how far a picture must go to hold them. No drawing. */

/** The share of points [n, dimension] that lie outside [-extent, extent]^dimension; 0 of none. */
export function outsideShare(points: ArrayLike<number>, dimension: number, extent: number): number {
  const count = Math.floor(points.length / dimension);
  let outside = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < dimension; j++) {
      if (Math.abs(points[i * dimension + j] ?? 0) <= extent) continue; // the negation also counts NaN
      outside += 1;
      break;
    }
  }
  return count === 0 ? 0 : outside / count;
}

/** How far from the origin the coordinates of nearly all points reach: all but the farthest hundredth. 0 of none. */
export function reach(points: ArrayLike<number>): number {
  const sizes = Float64Array.from(points, Math.abs)
    .filter((size) => Number.isFinite(size))
    .sort();
  return sizes[Math.max(0, Math.ceil(0.99 * sizes.length) - 1)] ?? 0;
}

/** Half the width of a picture that holds nearly all points, at least `least`: one of a few round numbers, so that it rests. */
export function coveringExtent(points: ArrayLike<number>, least: number): number {
  const wanted = 1.05 * reach(points);
  if (!(wanted > least)) return least;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return Math.max(least, ([1, 2, 3, 5].find((factor) => factor * power >= wanted) ?? 10) * power);
}
