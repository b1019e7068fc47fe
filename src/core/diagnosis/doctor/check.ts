/** Whether a change that the doctor offered has helped: the same number before and after. A sentence's parts, no page. */
import type { ExperimentConfig } from "../../config";
import { type ChangedLeaf, getAt, sameValue } from "../../tree";
import { type Course, FINDINGS, type Finding, type FindingId, type Gauge } from "./index";
import { lastStep } from "./window";

/** A change that was made on the doctor's word. */
export interface Treatment {
  readonly finding: FindingId;
  /** What was changed, an imperative. */
  readonly words: string;
  /** The step at which it was made. */
  readonly step: number;
  /** Whether the run began anew with it. */
  readonly anew: boolean;
  readonly before: Gauge | null;
  /** The settings that were changed, and to what. */
  readonly changes: readonly ChangedLeaf[];
}

export interface Outcome {
  readonly state: "waiting" | "helped" | "not yet" | "worse" | "undone";
  readonly words: string;
}

/** Steps after which a change is judged; a run that began anew has to come as far as it had come before. */
const SOON = 500;
/** A number has changed when it is so many times what it was. */
const CHANGED = 1.15;

/** Whether an experiment still has the change. */
export const stands = ({ changes }: Treatment, config: ExperimentConfig): boolean =>
  changes.every(({ path, after }) => sameValue(getAt(config, path.split(".")), after));

export function checkTreatment(treatment: Treatment, course: Course): Outcome {
  if (!stands(treatment, course.config)) return { state: "undone", words: "Changed again, or undone, since." };
  const due = treatment.anew ? Math.max(SOON, treatment.step) : treatment.step + SOON;
  const now = lastStep(course.curves);
  if (now < due) return { state: "waiting", words: `Checked at step ${due.toLocaleString("en")}.` };
  const finding: Finding = FINDINGS[treatment.finding];
  const gone = (finding.persists ?? finding.look)(course) === null;
  const [before, after] = [treatment.before, finding.gauge(course)];
  const change =
    before === null || after === null ? "" : ` ${capital(after.name)}: ${before.text} before, ${after.text} now.`;
  const moved = before === null || after === null ? 0 : direction(before, after);
  if (gone && moved >= 0) return { state: "helped", words: `Helped: it is gone.${change}` };
  if (moved > 0) return { state: "helped", words: `Helped, but it is not gone yet.${change}` };
  if (moved < 0) return { state: "worse", words: `It got worse.${change}` };
  return { state: "not yet", words: `No change so far.${change}` };
}

/** 1: better, -1: worse, 0: about the same. */
function direction(before: Gauge, after: Gauge): -1 | 0 | 1 {
  const [a, b] = before.better === "higher" ? [before.value, after.value] : [after.value, before.value];
  if (b > a * CHANGED || (a <= 0 && b > 0)) return 1;
  return a > b * CHANGED || (b <= 0 && a > 0) ? -1 : 0;
}

const capital = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
