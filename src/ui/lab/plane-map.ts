/**
 * The best D over the plane, and how far D is from it. Both densities are seen through the same kernel, so that a perfect G
 * reads one half everywhere but for the noise of its 1,000 samples.
 */
import type { ExperimentConfig } from "../../core/config";
import { sigmoid } from "../../core/density";
import { type TheoryDensities, theoryDensities } from "../../core/theory";
import type { PlaneFrame } from "../stage/plane-view";
import type { MapId, PlaneMap } from "../stage/use-map";

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

/** By frame: arms are drawn in turn, and what is pointed at and the table of metrics read the same frames. */
const known = new WeakMap<PlaneFrame, TheoryDensities | null>();

/** What theory knows of a frame; null where it knows no best D. */
function densitiesOf(config: ExperimentConfig, frame: PlaneFrame): TheoryDensities | null {
  const before = known.get(frame);
  if (before !== undefined) return before;
  const densities = theoryDensities(config, { ...frame, dimension: 2 }, frame.fakes);
  known.set(frame, densities);
  return densities;
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
