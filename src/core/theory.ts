/**
 * What theory says of a game on points whose density is known: how far p_g is from p_data, the value of the game for the best D, and how
 * far D itself is from that. p_data is exact, p_g estimated from samples by Gaussian kernels; both are seen through the same kernel, and so
 * is the best D, so that a perfect G reads the noise floor of its samples and no more. Numbers only; nats.
 */
import { sheatherJonesBandwidth } from "./bandwidth";
import { type ExperimentConfig, isAdversarial } from "./config";
import { type DatasetId, datasetOf } from "./datasets";
import { kernelDensity, noisedDensity, sigmoid } from "./density";
import { type Divergences, divergences } from "./divergences";
import { isCrossEntropy } from "./losses";
import { judgesByClass } from "./models";
import { kernelDensityOf } from "./near-kernels";
import { hasOptimum, isValueGame } from "./optimum";
import { finish, type Pieces, rowPieces } from "./pieces";
import {
  blurredPlane,
  densityPlane,
  kernelDensityPlane,
  planeBandwidth,
  windowDensity,
  windowKernelDensity,
} from "./plane-density";
import { type PlaneWindow, wholePlane } from "./plane-window";

/** Where both densities are below this share of the data's highest, their ratio would be one of noise. */
const NOTHING = 0.01;
/** The best D is not told nearer to 0 and 1 than this. */
const LEAST = 1e-9;
/** Kernels between these, data units as shares of the picture's half width: what the grid can show, and not a blur of all. */
const [NARROWEST, WIDEST] = [0.02, 0.12];
/** How far apart the data's density is asked for a part of the plane, as a share of the picture's half width. */
const ASKED_APART = NARROWEST / 2;
/** Steps of the kernel's width: the data's side is computed anew only when it changes. */
const STEPS = 8;

/** Where densities are looked at: a grid over [-extent, extent] in each direction. In the plane row 0 is at the top. */
export interface Grid {
  readonly dimension: 1 | 2;
  /** Places in each direction. */
  readonly size: number;
  readonly extent: number;
  /** In the plane: the part that the places are in; the whole where left out. The kernel's width is the same for all parts. */
  readonly window?: PlaneWindow;
}

/** What is known of a game: samples of both sides, data units, and D's logit of each. */
export interface SeenGame extends Grid {
  readonly fakes: Float32Array; // [n, dimension]
  readonly reals: Float32Array; // [m, dimension]
  readonly ofFakes: Float32Array; // [n]; empty where D was not asked
  readonly ofReals: Float32Array; // [m]
}

export interface TheoryDensities {
  /** At the places of the grid, per data unit or square unit, seen through the same kernel. */
  readonly pData: Float64Array;
  readonly pG: Float64Array;
  /** The best D's logit there; NaN where both densities are next to nothing. */
  readonly best: Float32Array;
}

const data = new Map<string, Float64Array>();

/**
 * Both densities and the best D against them; null where theory knows no best D, or not the data's density.
 * @param reals where they are given, the kernel is no wider than they need: narrow data are not blurred because the fakes are wide
 */
export function theoryDensities(
  config: ExperimentConfig,
  grid: Grid,
  fakes: Float32Array,
  reals: Float32Array | null = null,
): TheoryDensities | null {
  return finish(readDensities(config, grid, fakes, reals));
}

function* readDensities(
  config: ExperimentConfig,
  grid: Grid,
  fakes: Float32Array,
  reals: Float32Array | null,
): Pieces<TheoryDensities | null> {
  if (!isAdversarial(config) || !hasOptimum(config.model)) return null;
  const { extent, dimension } = grid;
  const { instanceNoise, loss, labelSmoothing } = config.model;
  const widths = [kernelWidth(fakes, extent, dimension)];
  yield;
  if (reals !== null) widths.push(kernelWidth(reals, extent, dimension));
  yield;
  const width = Math.hypot(Math.min(...widths), instanceNoise);
  const pData = dataDensity(config.dataset, grid, width);
  if (pData === null) return null;
  yield;
  const pG = pointsDensity(fakes, grid, width);
  yield;
  // Of the whole picture: what is next to nothing does not depend on where one looks.
  const { window: _part, ...all } = grid;
  const whole = dataDensity(config.dataset, all, width) ?? pData;
  const nothing = NOTHING * whole.reduce((most, value) => Math.max(most, value), 0);
  const smoothing = isCrossEntropy(loss) ? labelSmoothing : 1;
  const best = Float32Array.from(pData, (p, i) => {
    const q = pG[i] ?? 0;
    if (p + q <= nothing) return Number.NaN;
    const d = Math.min(1 - LEAST, Math.max(LEAST, (smoothing * p) / (p + q)));
    return Math.log(d / (1 - d));
  });
  return { pData, pG, best };
}

function pointsDensity(points: Float32Array, { extent, size, dimension, window }: Grid, width: number): Float64Array {
  if (dimension === 1) return kernelDensity(points, extent, size, width);
  return window === undefined
    ? kernelDensityPlane(points, extent, size, width)
    : windowKernelDensity(points, window, size, width);
}

function dataDensity(id: DatasetId, grid: Grid, width: number): Float64Array | null {
  const { extent, size, dimension, window } = grid;
  const dataset = datasetOf(id);
  if (dataset.kind !== "points" || dataset.density === undefined || dataset.dimension !== dimension) return null;
  const { x, y, half } = window ?? wholePlane(extent);
  const key = `${id} ${extent} ${x} ${y} ${half} ${size} ${width}`;
  const known = data.get(key);
  if (known !== undefined) return known;
  const { density } = dataset;
  const found =
    dimension === 1
      ? noisedDensity((x) => density(x, 0), width, extent, size)
      : window === undefined
        ? blurredPlane(exactPlane(id, density, extent, size), extent, size, width)
        : windowDensity(density, window, size, width, ASKED_APART * extent);
  if (data.size > 64) data.clear();
  data.set(key, found);
  return found;
}

/** Asking a density for all cells takes longest, and is the same for every kernel. */
const exact = new Map<string, Float64Array>();

function exactPlane(
  id: DatasetId,
  density: (x: number, y: number) => number,
  extent: number,
  size: number,
): Float64Array {
  const key = `${id} ${extent} ${size}`;
  const cells = exact.get(key) ?? densityPlane(density, extent, size);
  exact.set(key, cells);
  return cells;
}

/** Of points that are asked about more than once. */
const bandwidths = new WeakMap<Float32Array, number>();

/** The width that the points themselves ask for, data units. */
function bandwidthOf(points: Float32Array, dimension: 1 | 2): number {
  const width = bandwidths.get(points) ?? (dimension === 1 ? sheatherJonesBandwidth(points) : planeBandwidth(points));
  bandwidths.set(points, width);
  return width;
}

/** Standard deviation of the kernel for points, data units. */
function kernelWidth(points: Float32Array, extent: number, dimension: 1 | 2): number {
  const wanted = bandwidthOf(points, dimension) / extent;
  const share = Math.min(WIDEST, Math.max(NARROWEST, wanted));
  const step = Math.round((STEPS * Math.log(share / NARROWEST)) / Math.log(WIDEST / NARROWEST));
  return extent * NARROWEST * (WIDEST / NARROWEST) ** (step / STEPS);
}

/** What theory reads of a game, in the order of columns over a run. */
export const THEORY_IDS = [
  "forwardKl",
  "reverseKl",
  "js",
  "totalVariation",
  "value",
  "bestValue",
  "optimumDistance",
] as const;
export type TheoryId = (typeof THEORY_IDS)[number];

export interface Theory extends Divergences {
  /** V(D, G) of D as it stands, of the samples; NaN without D's logits. */
  readonly value: number;
  /** V(D*, G) = −log 4 + 2 JSD. D's may lie above by what the kernel blurs, and by the noise of the samples. */
  readonly bestValue: number;
  /** Mean distance |D − D*| at samples of both sides; NaN without D's logits. */
  readonly optimumDistance: number;
}

/** Whether data of a set have a density that is known, so that a game on them can have a theory. */
export function hasDensity(id: DatasetId): boolean {
  const dataset = datasetOf(id);
  return dataset.kind === "points" && dataset.density !== undefined;
}

/**
 * Whether theory says something of an experiment: a game on data whose density is known, whose D is told no class, and in which it plays
 * for the value function. With label smoothing it plays for something else.
 */
export const hasTheory = (config: ExperimentConfig): boolean => whyNoTheory(config) === null;

/** Why theory says nothing of an experiment, as a sentence; null where it does. */
export function whyNoTheory(config: ExperimentConfig): string | null {
  const dataset = datasetOf(config.dataset);
  if (dataset.kind === "images")
    return "Theory says nothing here: nobody knows the density of images, and the best D needs it.";
  if (dataset.density === undefined)
    return "Theory says nothing here: the density of these data is not known, and the best D needs it.";
  if (!isAdversarial(config)) return "Theory says nothing here: this model plays no game between G and D.";
  if (judgesByClass(config))
    return "Theory says nothing here: D is told the class, so that there is a game for each class, each with a best D of its own, and V is the value of none of them.";
  if (!isValueGame(config.model) || !hasOptimum(config.model))
    return "Theory says nothing here: with this loss, its smoothing or its packs D plays for something else than V(D, G).";
  return null;
}

/**
 * Null where theory says nothing. Fakes beyond the grid count as a place where there are no data.
 * @see Goodfellow et al. 2014, proposition 1 and theorem 1
 */
export function* theoryOf(config: ExperimentConfig, seen: SeenGame): Pieces<Theory | null> {
  if (!hasTheory(config)) return null;
  const densities = yield* readDensities(config, seen, seen.fakes, seen.reals);
  if (densities === null) return null;
  yield;
  const { pData, pG } = densities;
  const { extent, size, dimension, ofFakes, ofReals } = seen;
  const area = ((2 * extent) / (dimension === 1 ? size - 1 : size)) ** dimension;
  const found = divergences(masses(pData, area), masses(pG, area));
  const judged = ofFakes.length > 0 && ofReals.length > 0;
  return {
    ...found,
    bestValue: 2 * found.js - Math.log(4),
    value: judged ? -mean(ofReals, (logit) => softplus(-logit)) - mean(ofFakes, softplus) : Number.NaN,
    optimumDistance: judged ? yield* optimumDistance(config, seen) : Number.NaN,
  };
}

/** Samples of each side at which D is held against the best D. */
const HELD = 400;
/** What a kernel at a place costs, in multiplications for each number of its point: an exponential, mostly. */
const KERNEL_COST = 10;

/**
 * Mean distance between D and the best D at samples of both sides. Here the data's density is the exact one at the very point, and p_g's
 * kernel as narrow as the fakes allow: on a grid narrow clusters would be blurred, of which D knows better. With instance noise D sees
 * noised samples, for which this is not computed.
 */
function* optimumDistance(config: ExperimentConfig, seen: SeenGame): Pieces<number> {
  const dataset = datasetOf(config.dataset);
  if (!isAdversarial(config) || config.model.instanceNoise > 0) return Number.NaN;
  if (dataset.kind !== "points" || dataset.density === undefined) return Number.NaN;
  const { density } = dataset;
  const { dimension, fakes, reals, ofFakes, ofReals, extent } = seen;
  const width = Math.max(bandwidthOf(fakes, dimension), 1e-4 * extent);
  yield;
  const fakesAt = kernelDensityOf(fakes, dimension, width);
  yield;
  const apart: number[] = [];
  const sides = [
    { points: fakes, logits: ofFakes, own: true },
    { points: reals, logits: ofReals, own: false },
  ];
  for (const { points, logits, own } of sides) {
    for (const [from, to] of rowPieces(Math.min(HELD, logits.length), KERNEL_COST * fakes.length)) {
      for (let i = from; i < to; i++) {
        const x = points[i * dimension] ?? 0;
        const y = dimension === 1 ? 0 : (points[i * dimension + 1] ?? 0);
        const p = density(x, y);
        // A fake's own kernel would say that there are always fakes where it is.
        const q = fakesAt(x, y, own ? i : -1);
        if (p + q > 0) apart.push(sigmoid(logits[i] ?? Number.NaN) - p / (p + q));
      }
      yield;
    }
  }
  return mean(apart, Math.abs);
}

function mean(values: ArrayLike<number>, of: (value: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += of(values[i] ?? Number.NaN);
  return values.length === 0 ? Number.NaN : sum / values.length;
}

/** Of each place, and last of all that lies beyond; together 1. */
function masses(density: Float64Array, area: number): Float64Array {
  const inside = Math.max(
    1,
    density.reduce((sum, value) => sum + value * area, 0),
  );
  const out = new Float64Array(density.length + 1);
  let beyond = 1;
  density.forEach((value, i) => {
    const mass = (value * area) / inside;
    out[i] = mass;
    beyond -= mass;
  });
  out[density.length] = Math.max(0, beyond);
  return out;
}

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** The place of a grid next to a point; −1 beyond it. */
export function cellOf(point: ArrayLike<number>, { dimension, size, extent, window }: Grid): number {
  const [x = Number.NaN, y = Number.NaN] = [point[0], point[1]];
  if (dimension === 1) {
    const at = Math.round(((x + extent) / (2 * extent)) * (size - 1));
    return at >= 0 && at < size ? at : -1;
  }
  const part = window ?? wholePlane(extent);
  const [column, row] = [
    Math.floor(((x - part.x + part.half) * size) / (2 * part.half)),
    Math.floor(((part.y + part.half - y) * size) / (2 * part.half)),
  ];
  return column >= 0 && column < size && row >= 0 && row < size ? row * size + column : -1;
}
