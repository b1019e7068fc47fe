/** Which row of a bucket of curves to show: the one that deviates most. Numbers in, a row out; no storage (history.ts). */

/** Summary of neighbouring rows: the row to show, and each series' median and median absolute deviation. */
export interface Bucket {
  readonly pick: number;
  readonly medians: Float64Array; // [series]; NaN where the series has no number here
  readonly deviations: Float64Array; // [series]
}

/**
 * Summarises rows from ≤ row < to of row-major `values` [rows, series]. The pick is the row with the greatest
 * |value - median| / (median absolute deviation) over all series; the first of equals.
 */
export function summarize(values: Float32Array, from: number, to: number, series: number): Bucket {
  const medians = new Float64Array(series);
  const deviations = new Float64Array(series);
  const column = new Float64Array(to - from);
  for (let i = 0; i < series; i++) {
    let count = 0;
    for (let row = from; row < to; row++) {
      const value = values[row * series + i] ?? Number.NaN;
      if (!Number.isNaN(value)) column[count++] = value;
    }
    const numbers = column.subarray(0, count).sort();
    const median = middle(numbers);
    for (let k = 0; k < count; k++) numbers[k] = Math.abs((numbers[k] ?? 0) - median);
    medians[i] = median;
    deviations[i] = middle(numbers.sort());
  }
  let pick = from;
  let best = -1;
  for (let row = from; row < to; row++) {
    const score = scoreOf(values, row, series, medians, deviations);
    if (score > best) {
      best = score;
      pick = row;
    }
  }
  return { pick, medians, deviations };
}

/** Of two neighbours' picks the one that deviates more from the average of their medians. */
export function mergeBuckets(left: Bucket, right: Bucket, values: Float32Array, series: number): Bucket {
  const medians = average(left.medians, right.medians);
  const deviations = average(left.deviations, right.deviations);
  const leftScore = scoreOf(values, left.pick, series, medians, deviations);
  const rightScore = scoreOf(values, right.pick, series, medians, deviations);
  return { pick: rightScore > leftScore ? right.pick : left.pick, medians, deviations };
}

function scoreOf(
  values: Float32Array,
  row: number,
  series: number,
  medians: Float64Array,
  deviations: Float64Array,
): number {
  let score = 0;
  for (let i = 0; i < series; i++) {
    const median = medians[i] ?? Number.NaN;
    // A series that hardly moves has a deviation near zero; float32's own rounding must not look like a spike.
    const scale = (deviations[i] ?? 0) + 1e-5 * Math.abs(median) + 1e-9;
    const deviation = Math.abs((values[row * series + i] ?? Number.NaN) - median) / scale;
    if (deviation > score) score = deviation; // false for NaN
  }
  return score;
}

/** Median of ascending numbers; NaN of none. */
function middle(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[half] ?? Number.NaN;
  return ((sorted[half - 1] ?? Number.NaN) + (sorted[half] ?? Number.NaN)) / 2;
}

/** Mean of each pair; where one side has no number, the other side's. */
function average(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => {
    const other = b[i] ?? Number.NaN;
    if (Number.isNaN(value)) return other;
    return Number.isNaN(other) ? value : (value + other) / 2;
  });
}
