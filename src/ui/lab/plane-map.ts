/**
 * The best D over the plane, and how far D is from it. Both densities are seen through the same kernel, so that a perfect G
 * reads one half everywhere but for the noise of its 1,000 samples.
 */
import type { ExperimentConfig } from "../../core/config";
import { sigmoid } from "../../core/density";
import { cellOf, type Grid, type TheoryDensities, theoryDensities } from "../../core/theory";
import type { PointsFrame } from "../stage/layers/types";
import type { PlaneFrame } from "../stage/plane-view";
import type { MapId, PlaneMap } from "../stage/use-map";

/** @returns null where D itself is to be shown, or where theory knows no best D */
export function planeMap(id: MapId, config: ExperimentConfig, frame: PlaneFrame): PlaneMap | null {
  if (id === "d") return null;
  const best = densitiesOf(config, frame)?.best;
  if (best === undefined) return null;
  if (id === "best") return bestMap(best);
  return id === "ratio" ? ratioMap(frame.logits, best) : differenceMap(frame.logits, best);
}

/** Ratios beyond e to this power are shown as that: a D that is sure would take all the colours. */
const MOST_RATIO = 6;

/** The logarithm of D's ratio of densities over the true one: a logit is the logarithm of D / (1 − D). */
function ratioMap(logits: Float32Array, best: Float32Array): PlaneMap {
  const values = best.map((logit, i) => (logits[i] ?? Number.NaN) - logit);
  const reach = values.reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, Math.abs(value))), 0.5);
  const end = Math.min(MOST_RATIO, Math.ceil(2 * reach) / 2);
  const scale = { low: -end, high: end, kind: "score" } as const;
  return { values, scale, logits: false, ends: ["too low", "too high"] };
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

/** By frame: arms are drawn in turn, and what is pointed at and the table of metrics read the same frames. */
const known = new WeakMap<PointsFrame, TheoryDensities | null>();

/** What theory knows of a frame; null where it knows no best D. */
function densitiesOf(config: ExperimentConfig, frame: PointsFrame): TheoryDensities | null {
  const before = known.get(frame);
  if (before !== undefined) return before;
  const densities = theoryDensities(config, gridOf(frame), frame.fakes);
  known.set(frame, densities);
  return densities;
}

/** Places on the line, as fine as the curves are drawn. */
const LINE = 512;

const gridOf = (frame: PointsFrame): Grid =>
  frame.kind === "plane"
    ? { dimension: 2, size: frame.size, extent: frame.extent, ...(frame.window && { window: frame.window }) }
    : { dimension: 1, size: LINE, extent: frame.extent };

/** What the crosshair reads beside D, at the place of the grid that it is next to; null where nothing is known. */
export function theoryAt(
  config: ExperimentConfig,
  frame: PointsFrame,
  x: Float32Array,
): { readonly best: number; readonly pData: number; readonly pG: number } | null {
  const densities = densitiesOf(config, frame);
  const at = cellOf(x, gridOf(frame));
  if (densities === null || at < 0) return null;
  const { best, pData, pG } = densities;
  return { best: sigmoid(best[at] ?? Number.NaN), pData: pData[at] ?? 0, pG: pG[at] ?? 0 };
}
