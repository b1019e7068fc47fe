/** What an arm's measures read now, each with its word: what gauges and lines show. Not how they look. */
import { firstConfig } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import { MEASURES, type MeasureId, measuresFor } from "../../core/quality/measures";
import type { Quality } from "../../core/quality/quality";
import { type Verdict, verdictOf } from "../../core/quality/verdict";
import { scheduleEnded } from "../../core/schedule";
import { ARM, NUMBERS_MS, QUALITY, useThrottled } from "../stage/live";

export interface Read {
  readonly id: MeasureId;
  /** The number as people read it; "–" before anything was measured. */
  readonly text: string;
  /** Null before anything was trained. */
  readonly word: Verdict | null;
}

export interface ArmQuality {
  /** Null before anything was measured. */
  readonly quality: Quality | null;
  /** The measures that the arm's data allow, in order. */
  readonly reads: readonly Read[];
}

export function useQuality(arm: ArmId): ArmQuality {
  const quality = useThrottled(QUALITY[arm], NUMBERS_MS);
  const { dataset, schedule } = usePlayground((state) => ARM[arm](state)?.config ?? firstConfig(state));
  const ended = quality !== null && scheduleEnded(schedule, quality.step);
  const reads = measuresFor(dataset).map((id): Read => {
    const value = quality?.latest[id];
    const known = quality !== null && value !== undefined;
    return {
      id,
      text: known ? MEASURES[id].format(value, quality.standards) : "–",
      word: quality === null ? null : verdictOf(quality, id, ended),
    };
  });
  return { quality, reads };
}
