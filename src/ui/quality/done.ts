/** When a run is done, and the sentence that says so. Pure. */
import type { ExperimentConfig } from "../../core/config";
import { MEASURES, type MeasureId } from "../../core/quality/measures";
import type { Quality } from "../../core/quality/quality";
import { allFlat, overallVerdict, type Verdict } from "../../core/quality/verdict";
import { ratesStillFall, scheduleEnded } from "../../core/schedule";

export interface Done {
  /** The step at which it was seen. */
  readonly step: number;
  readonly verdict: Verdict;
  readonly sentence: string;
}

const OPENINGS: Readonly<Record<Verdict, string>> = {
  good: "It worked.",
  fair: "It came half the way.",
  bad: "It did not get there.",
  moving: "Its learning rates have come to their end.",
};

/** Null while the run goes on: its rates still fall, or its measures still move. */
export function doneOf(config: ExperimentConfig, quality: Quality | null): Done | null {
  if (quality === null || quality.step === 0) return null;
  const ended = scheduleEnded(config.schedule, quality.step);
  if (!ended && (ratesStillFall(config.schedule, quality.step) || !allFlat(quality))) return null;
  const verdict = overallVerdict(quality, true);
  if (verdict === null) return null;
  const why = ended ? "The learning rates have come to the end of their schedule" : "Nothing has moved for a while";
  return { step: quality.step, verdict, sentence: `${OPENINGS[verdict]} ${why}: ${readout(quality)}.` };
}

/** "8 of 8 clusters found, 82 % on target". */
function readout(quality: Quality): string {
  const words: Readonly<Partial<Record<MeasureId, (text: string) => string>>> = {
    modes20: (text) => `${text} clusters found`,
    highQuality: (text) => `${text} on target`,
    precision: (text) => `${text} on target`,
    coverage: (text) => `${text} of the data covered`,
    histogramJs: (text) => `a mismatch of ${text}`,
    slicedWasserstein: (text) => `distance ${text}`,
    pairwiseDistanceRatio: (text) => `diversity ${text}`,
    classesFound: (text) => `${text} classes found`,
    confidence: (text) => `${text} readable`,
    frechet: (text) => `Fréchet distance ${text}`,
  };
  return Object.entries(quality.latest)
    .flatMap(([key, value]) => {
      const id = key as MeasureId;
      return value === undefined ? [] : [words[id]?.(MEASURES[id].format(value, quality.standards)) ?? ""];
    })
    .slice(0, 2)
    .join(", ");
}
