/** When a run is to stop by itself: at a step, when a measure of quality is reached, or when it no longer moves. Decisions only. */

import { measureOverTime } from "./log";
import { MEASURES, type MeasureId, shortfall } from "./measures";
import type { Quality } from "./quality";

export type Goal =
  | { readonly kind: "step"; readonly step: number }
  /** Once the measure is called good, by its own yardstick. */
  | { readonly kind: "good"; readonly measure: MeasureId; readonly from: number }
  /** Once the measure has come to this value, from the side of worse ones. */
  | { readonly kind: "value"; readonly measure: MeasureId; readonly value: number; readonly from: number }
  /** Once the measure has not moved over the latest stretch. */
  | { readonly kind: "flat"; readonly measure: MeasureId; readonly from: number };

/** A stretch that can be called flat: steps and looks. */
const FLAT_STEPS = 1_000;
const FLAT_LOOKS = 5;
/** Most that a measure moves on it, of the way from perfect to useless. */
const FLAT = 0.05;

/**
 * Why the run is to stop now, a sentence; null while it goes on. Looks from before the goal was set do not count.
 * @param step that the run has come to
 */
export function reached(
  goal: Goal,
  step: number,
  quality: Pick<Quality, "curves" | "standards"> | null,
): string | null {
  if (goal.kind === "step") return step >= goal.step ? `Step ${text(goal.step)} is reached.` : null;
  if (quality === null) return null;
  const { standards } = quality;
  const { name, good, format } = MEASURES[goal.measure];
  const { steps, values } = measureOverTime(quality.curves, goal.measure);
  const looks = steps.flatMap((at, i) => (at > goal.from ? [{ at, value: values[i] ?? Number.NaN }] : []));
  const latest = looks.at(-1);
  if (latest === undefined) return null;
  const says = `${name}: ${format(latest.value, standards)} at step ${text(latest.at)}`;
  const missing = (value: number) => shortfall(goal.measure, value, standards);
  if (goal.kind === "good") return missing(latest.value) <= good ? `${says}, which is good.` : null;
  if (goal.kind === "value") {
    return missing(latest.value) <= missing(goal.value) ? `${says}, as was asked for.` : null;
  }
  const stretch = looks.filter(({ at }, i) => at >= latest.at - FLAT_STEPS || i >= looks.length - FLAT_LOOKS);
  if (stretch.length < FLAT_LOOKS || latest.at - (stretch[0]?.at ?? latest.at) < 0.9 * FLAT_STEPS) return null;
  const moved = stretch.map(({ value }) => missing(value));
  const range = Math.max(...moved) - Math.min(...moved);
  return range <= FLAT ? `${says}, and it has not moved for ${text(FLAT_STEPS)} steps.` : null;
}

const text = (step: number) => step.toLocaleString("en");
