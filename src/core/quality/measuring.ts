/**
 * Reads the measures of points and pixels of a generator's samples (a classifier's: feature-measuring.ts) in short pieces, so that whoever trains beside it is never held up for long.
 * The same numbers as core/metrics/evaluate.ts gives in one go. Draws and keeps nothing.
 */
import { type DatasetId, datasetOf } from "../datasets";
import { COVERAGE_NEIGHBOURS, densityCoverageWithin } from "../metrics/density-coverage";
import { pairRows } from "../metrics/evaluate";
import { SOLID_MODE_SAMPLES } from "../metrics/found";
import { highQualityShare } from "../metrics/high-quality";
import { histogramJs } from "../metrics/histogram-js";
import { pairwiseDistanceSum } from "../metrics/mean-pairwise-distance";
import { modeHistogram } from "../metrics/mode-histogram";
import { modesCaptured } from "../metrics/modes-captured";
import { kthNeighbourDistances } from "../metrics/neighbours";
import { allFinite, type Points } from "../metrics/points";
import { PRECISION_NEIGHBOURS, shareWithin } from "../metrics/precision-recall";
import { type ImageShape, sharpness } from "../metrics/sharpness";
import { partialSlicedWasserstein, type SlicedReference, slicedReference } from "../metrics/sliced-wasserstein";
import { radialSpectrum } from "../metrics/spectrum";
import { PIECE, type Pieces, rowPieces } from "../pieces";
import { type MeasureId, type MeasureValues, measuresFor, SHARE_IDS, type Standards } from "./measures";

/** What a sample of G reads. */
export interface Sizes {
  readonly values: MeasureValues;
  /** Samples in each cluster, within three standard deviations; null where the data has no clusters. */
  readonly counts: readonly number[] | null;
  /** Radial power spectrum (core/metrics/spectrum.ts); null where samples are no images. */
  readonly spectrum: readonly number[] | null;
}

/** The reals' side of all measures, computed once for a dataset and a seed. */
export interface Yardstick {
  readonly dataset: DatasetId;
  readonly ids: readonly MeasureId[];
  readonly dimension: number;
  readonly reals: Points;
  /** Directions and the reals along them, where a measure asks for them. */
  readonly sliced: SlicedReference | null;
  readonly standards: Standards;
  /** Squared radii of balls around the reals of `pairRows`, where a measure asks for them. */
  readonly radii: { readonly precision: Float64Array; readonly coverage: Float64Array } | null;
  /** The reals' own mean pairwise distance, where a measure asks for it. */
  readonly spread: number;
  /** Of images: their shape, the reals' sharpness and power spectrum. */
  readonly image: {
    readonly shape: ImageShape;
    readonly sharpness: number;
    readonly spectrum: readonly number[];
  } | null;
}

/**
 * @param reals [n, dimension], data scale @param realsB as many, independent
 * @param seed chooses the directions of sliced Wasserstein
 */
export function* makeYardstick(dataset: DatasetId, reals: Points, realsB: Points, seed: number): Pieces<Yardstick> {
  const ids = measuresFor(dataset);
  const data = datasetOf(dataset);
  const dimension = data.kind === "points" ? data.dimension : data.shape.reduce((a, b) => a * b, 1);
  const pairs = pairRows(reals, dimension);
  const neighbours = ids.includes("precision") || ids.includes("coverage");
  const clusters = data.kind === "points" && ids.includes("modes20") ? (data.modes?.centers.length ?? 0) : 0;
  const bare: Yardstick = {
    dataset,
    ids,
    dimension,
    reals,
    sliced: ids.includes("slicedWasserstein") ? slicedReference(reals, dimension, seed) : null,
    standards: { floor: {}, worst: {}, clusters },
    radii: neighbours
      ? {
          precision: kthNeighbourDistances(pairs, dimension, PRECISION_NEIGHBOURS),
          coverage: kthNeighbourDistances(pairs, dimension, COVERAGE_NEIGHBOURS),
        }
      : null,
    spread: ids.includes("pairwiseDistanceRatio") ? yield* spreadPieces(pairs, dimension) : Number.NaN,
    image: data.kind === "images" ? yield* imageOf(pairs, data.shape) : null,
  };
  yield;
  const floor = yield* measure(realsB, bare);
  const mean = yield* measure(meanRows(reals, dimension), bare);
  // Not the mean's: of the grid it lies right on a cluster, where it would count as perfect.
  const none = Object.fromEntries(SHARE_IDS.filter((id) => ids.includes(id)).map((id) => [id, 0]));
  return { ...bare, standards: { floor: floor.values, worst: { ...mean.values, ...none }, clusters } };
}

/** @param fakes [n, dimension], data scale; what is not finite counts as a miss, and has no distance */
export function* measure(fakes: Points, yardstick: Yardstick): Pieces<Sizes> {
  const { ids, dimension, reals, radii, spread, image } = yardstick;
  const data = datasetOf(yardstick.dataset);
  const values: { [id in MeasureId]?: number } = {};
  let counts: number[] | null = null;
  if (data.kind === "points" && data.modes !== undefined && ids.includes("modes20")) {
    const histogram = modeHistogram(fakes, dimension, data.modes);
    counts = [...histogram.counts];
    values.modes20 = modesCaptured(histogram, SOLID_MODE_SAMPLES);
    if (ids.includes("highQuality")) values.highQuality = highQualityShare(histogram);
    yield;
  }
  if (data.kind === "points" && ids.includes("histogramJs")) {
    values.histogramJs = histogramJs(fakes, reals, dimension, data.extent);
    yield;
  }
  if (!allFinite(fakes)) return { values, counts, spectrum: null };
  if (yardstick.sliced !== null) values.slicedWasserstein = yield* slicedPieces(fakes, yardstick.sliced);
  const pairs = pairRows(fakes, dimension);
  if (radii !== null) {
    const support = pairRows(reals, dimension);
    let [inside, covered] = [0, 0];
    for (const [from, to] of rowPieces(pairs.length / dimension, support.length)) {
      const some = pairs.subarray(from * dimension, to * dimension);
      inside += (to - from) * shareWithin(some, support, radii.precision, dimension);
      yield;
    }
    for (const [from, to] of rowPieces(support.length / dimension, pairs.length)) {
      const some = support.subarray(from * dimension, to * dimension);
      const balls = radii.coverage.subarray(from, to);
      covered += (to - from) * densityCoverageWithin(pairs, some, balls, dimension).coverage;
      yield;
    }
    values.precision = inside / (pairs.length / dimension);
    values.coverage = covered / (support.length / dimension);
  }
  if (ids.includes("pairwiseDistanceRatio")) {
    values.pairwiseDistanceRatio = (yield* spreadPieces(pairs, dimension)) / spread;
  }
  if (image === null) return { values, counts, spectrum: null };
  values.sharpnessRatio = sharpness(pairs, image.shape) / image.sharpness;
  yield;
  return { values, counts, spectrum: yield* spectrumPieces(pairs, image.shape) };
}

/** What sorting costs beside projecting, in multiplications a sample. */
const SORTING = 20;

function* slicedPieces(fakes: Points, reference: SlicedReference): Pieces<number> {
  const count = reference.directions.length;
  const cost = fakes.length + SORTING * (fakes.length / reference.dimension);
  const at = Math.max(1, Math.floor(PIECE / cost));
  let sum = 0;
  for (let k = 0; k < count; k += at) {
    sum += partialSlicedWasserstein(fakes, reference, k, Math.min(count, k + at));
    yield;
  }
  return sum / count;
}

function* imageOf(pairs: Points, shape: ImageShape): Pieces<NonNullable<Yardstick["image"]>> {
  const own = sharpness(pairs, shape);
  yield;
  return { shape, sharpness: own, spectrum: yield* spectrumPieces(pairs, shape) };
}

function* spectrumPieces(images: Points, shape: ImageShape): Pieces<readonly number[]> {
  const dimension = shape[0] * shape[1] * shape[2];
  const rows = images.length / dimension;
  const sum: number[] = [];
  for (const [from, to] of rowPieces(rows, dimension * (shape[0] + shape[1]))) {
    const some = radialSpectrum(images.subarray(from * dimension, to * dimension), shape);
    for (const [radius, power] of some.entries()) sum[radius] = (sum[radius] ?? 0) + ((to - from) / rows) * power;
    yield;
  }
  return sum;
}

/** The mean distance between two rows. */
function* spreadPieces(points: Points, dimension: number): Pieces<number> {
  const rows = points.length / dimension;
  let sum = 0;
  for (const [from, to] of rowPieces(rows, points.length)) {
    sum += pairwiseDistanceSum(points, dimension, from, to);
    yield;
  }
  return (2 * sum) / (rows * (rows - 1));
}

/** As many rows as the cloud has, all of them its mean. */
export function meanRows(points: Points, dimension: number): Float64Array {
  const mean = new Float64Array(dimension);
  const rows = points.length / dimension;
  for (let i = 0; i < points.length; i++) mean[i % dimension] = (mean[i % dimension] ?? 0) + (points[i] ?? 0) / rows;
  const out = new Float64Array(points.length);
  for (let row = 0; row < rows; row++) out.set(mean, row * dimension);
  return out;
}
