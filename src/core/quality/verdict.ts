/** A word for how good a generator is, and whether it still changes. Measures in, words out; says nothing of why. */
import type { StepTable } from "../step-table";
import { measureOverTime } from "./log";
import { MEASURE_IDS, MEASURES, type MeasureId, type Standards, shortfall } from "./measures";
import type { Quality } from "./quality";

export type Verdict = "good" | "fair" | "bad" | "moving";

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  good: "good",
  fair: "fair",
  bad: "bad",
  moving: "still moving",
};

/** The share of the run, up to now, that is looked at for whether anything changes. */
const WINDOW = 0.3;
/** Rows that it takes to say that something rests. */
const FEWEST = 8;
/** Steps that they must span: at the very start everything is at rest. */
const FEWEST_STEPS = 1000;
/** A drift, or swings, of this much of the way from perfect to useless are a change. */
const DRIFT = 0.04;
const SWING = 0.3;

/** How a value compares with a perfect generator's. */
export function grade(id: MeasureId, value: number, standards: Standards): Exclude<Verdict, "moving"> {
  const missing = shortfall(id, value, standards);
  const { good, fair } = MEASURES[id];
  if (missing <= good) return "good";
  return missing <= fair ? "fair" : "bad"; // what is not a number is bad
}

/**
 * Whether a measure rests: over the latest part of the run its mean drifts by no more than chance, and it does not swing.
 * False where there are too few rows to tell.
 */
export function isFlat(curves: StepTable, id: MeasureId, standards: Standards): boolean {
  const { steps, values } = measureOverTime(curves, id);
  const now = steps.at(-1) ?? 0;
  const from = now - Math.max(FEWEST_STEPS, WINDOW * now);
  const recent = values.filter((_, i) => (steps[i] ?? 0) >= from).map((value) => shortfall(id, value, standards));
  if (recent.length < FEWEST || from <= 0 || recent.some(Number.isNaN)) return false;
  const half = Math.floor(recent.length / 2);
  const [early, late] = [moments(recent.slice(0, half)), moments(recent.slice(half))];
  const chance = 2 * Math.sqrt(early.variance / half + late.variance / (recent.length - half));
  if (Math.abs(early.mean - late.mean) > Math.max(DRIFT, chance)) return false;
  const sorted = [...recent].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return at(0.9) - at(0.1) <= SWING;
}

/** @param ended the learning rates have reached their end, so that nothing moves any more */
export function verdictOf(quality: Quality, id: MeasureId, ended: boolean): Verdict | null {
  const value = quality.latest[id];
  if (quality.step === 0) return null; // nothing was trained
  const how = grade(id, value ?? Number.NaN, quality.standards);
  if (ended || how === "good") return how;
  return isFlat(quality.curves, id, quality.standards) ? how : "moving";
}

/** Whether all measures rest, whatever they read. */
export function allFlat({ curves, standards }: Quality): boolean {
  return measured(curves).every((id) => isFlat(curves, id, standards));
}

/** The word for all of them: still moving when one is, otherwise the least good one's. Null before anything was trained. */
export function overallVerdict(quality: Quality, ended: boolean): Verdict | null {
  const words = measured(quality.curves).map((id) => verdictOf(quality, id, ended));
  for (const word of ["moving", "bad", "fair", "good"] as const) if (words.includes(word)) return word;
  return null;
}

const measured = ({ columns }: StepTable): readonly MeasureId[] => MEASURE_IDS.filter((id) => columns.includes(id));

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return { mean, variance };
}
