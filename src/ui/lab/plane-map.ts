/**
 * The best D over the plane, and how far D is from it. Both densities are seen through the same kernel, so that a perfect G
 * reads one half everywhere but for the noise of its 1,000 samples.
 */
import { type ExperimentConfig, isAdversarial } from "../../core/config";
import { datasetOf } from "../../core/datasets";
import { sigmoid } from "../../core/density";
import { divergences } from "../../core/divergences";
import { isCrossEntropy } from "../../core/losses";
import { hasOptimum, isValueGame } from "../../core/optimum";
import { kernelDensityPlane, planeBandwidth, smoothedDensityPlane } from "../../core/plane-density";
import type { PlaneFrame } from "../stage/plane-view";
import { realPoints } from "../stage/real-samples";
import type { MapId, PlaneMap } from "../stage/use-map";

/** Where both densities are below this share of the data's highest, their ratio would be one of noise. */
const NOTHING = 0.01;
/** Kernels between these, data units as shares of the picture's half width: what the grid can show, and not a blur of all. */
const [NARROWEST, WIDEST] = [0.02, 0.12];
/** Steps of the kernel's width: the data's side is computed anew only when it changes. */
const STEPS = 8;

const data = new Map<string, Float64Array>();

/** @returns null where D itself is to be shown, or where theory knows no best D */
export function planeMap(id: MapId, config: ExperimentConfig, frame: PlaneFrame): PlaneMap | null {
  if (id === "d") return null;
  const best = densitiesOf(config, frame)?.best;
  if (best === undefined) return null;
  return id === "best" ? bestMap(best) : differenceMap(frame.logits, best);
}

function bestMap(values: Float32Array): PlaneMap {
  return { values, scale: { low: 0, high: 1, kind: "probability" }, logits: true, ends: ["fake", "real"] };
}

function differenceMap(logits: Float32Array, best: Float32Array): PlaneMap {
  const values = best.map((logit, i) => sigmoid(logits[i] ?? Number.NaN) - sigmoid(logit));
  const reach = values.reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, Math.abs(value))), 0.1);
  const end = Math.ceil(reach * 10) / 10;
  return { values, scale: { low: -end, high: end, kind: "score" }, logits: false, ends: ["D too low", "D too high"] };
}

interface Densities {
  /** Both at the frame's cells, per square unit, seen through the same kernel. */
  readonly pData: Float64Array;
  readonly pG: Float64Array;
  /** The best D's logit there; NaN where both densities are next to nothing. */
  readonly best: Float32Array;
}

/** By frame: arms are drawn in turn, and what is pointed at and the table of metrics read the same frames. */
const known = new WeakMap<PlaneFrame, Densities | null>();

/** What theory knows of a frame; null where it knows no best D. */
function densitiesOf(config: ExperimentConfig, frame: PlaneFrame): Densities | null {
  const before = known.get(frame);
  if (before !== undefined) return before;
  const densities = computed(config, frame);
  known.set(frame, densities);
  return densities;
}

function computed(config: ExperimentConfig, { fakes, size, extent }: PlaneFrame): Densities | null {
  const dataset = datasetOf(config.dataset);
  if (dataset.kind !== "points" || dataset.dimension !== 2 || dataset.density === undefined) return null;
  if (!isAdversarial(config) || !hasOptimum(config.model)) return null;
  const { instanceNoise, loss, labelSmoothing } = config.model;
  const width = kernelWidth(fakes, extent);
  const key = `${config.dataset} ${extent} ${size} ${width} ${instanceNoise}`;
  let pData = data.get(key);
  if (pData === undefined) {
    if (data.size > 64) data.clear();
    pData = smoothedDensityPlane(dataset.density, extent, size, Math.hypot(width, instanceNoise));
    data.set(key, pData);
  }
  const pG = kernelDensityPlane(fakes, extent, size, Math.hypot(width, instanceNoise));
  const nothing = NOTHING * pData.reduce((most, value) => Math.max(most, value), 0);
  const smoothing = isCrossEntropy(loss) ? labelSmoothing : 1;
  const best = Float32Array.from(pData, (p, i) => {
    const q = pG[i] ?? 0;
    if (p + q <= nothing) return Number.NaN;
    const d = Math.min(1 - LEAST, Math.max(LEAST, (smoothing * p) / (p + q)));
    return Math.log(d / (1 - d));
  });
  return { pData, pG, best };
}

/** The best D is not told nearer to 0 and 1 than this. */
const LEAST = 1e-9;

/**
 * The divergences of a frame's fakes from its data, and of as many real points, which is the noise floor. Null where
 * nothing is known, and with label smoothing, where D plays for something else.
 */
export function planeDivergences(config: ExperimentConfig, frame: PlaneFrame) {
  const densities = densitiesOf(config, frame);
  if (densities === null || !isAdversarial(config) || !isValueGame(config.model)) return null;
  const { pData, pG } = densities;
  const real = realPoints(config.dataset, config.seed);
  if (real === null) return null;
  const width = Math.hypot(kernelWidth(frame.fakes, frame.extent), config.model.instanceNoise);
  const pReal = kernelDensityPlane(real, frame.extent, frame.size, width);
  return { fakes: divergences(pData, pG), reals: divergences(pData, pReal) };
}

/** What the crosshair reads beside D, in the cell that it is in; null where nothing is known. */
export function theoryAt(
  config: ExperimentConfig,
  frame: PlaneFrame,
  [x, y]: readonly [number, number],
): { readonly best: number; readonly pData: number; readonly pG: number } | null {
  const densities = densitiesOf(config, frame);
  const { size, extent } = frame;
  const [column, row] = [
    Math.floor(((x + extent) * size) / (2 * extent)),
    Math.floor(((extent - y) * size) / (2 * extent)),
  ];
  if (densities === null || column < 0 || row < 0 || column >= size || row >= size) return null;
  const at = row * size + column;
  const { best, pData, pG } = densities;
  return { best: sigmoid(best[at] ?? Number.NaN), pData: pData[at] ?? 0, pG: pG[at] ?? 0 };
}

function kernelWidth(fakes: Float32Array, extent: number): number {
  const wanted = planeBandwidth(fakes) / extent;
  const share = Math.min(WIDEST, Math.max(NARROWEST, wanted));
  const step = Math.round((STEPS * Math.log(share / NARROWEST)) / Math.log(WIDEST / NARROWEST));
  return extent * NARROWEST * (WIDEST / NARROWEST) ** (step / STEPS);
}
