/** How good is it? The measures of one arm's generator, each with what real data would read and a word. No measuring here. */

import { firstConfig } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import { SOLID_MODE_SAMPLES } from "../../core/metrics/modes-captured";
import { MEASURES, type MeasureId, measuresFor, shortfall } from "../../core/quality/measures";
import type { Quality } from "../../core/quality/quality";
import { VERDICT_WORDS, verdictOf } from "../../core/quality/verdict";
import { scheduleEnded } from "../../core/schedule";
import { Term } from "../learn/Term";
import { ARM, NUMBERS_MS, QUALITY, useThrottled } from "../stage/live";
import { MEASURE_TERMS } from "./measure-terms";
import "./quality.css";

interface Props {
  readonly arm: ArmId;
}

export function QualityStrip({ arm }: Props) {
  const quality = useThrottled(QUALITY[arm], NUMBERS_MS);
  const config = usePlayground((state) => ARM[arm](state)?.config ?? firstConfig(state));
  const ended = quality !== null && scheduleEnded(config.schedule, quality.step);
  return (
    <dl className="quality" aria-label="How good is it?">
      {measuresFor(config.dataset).map((id) => (
        <Gauge key={id} id={id} quality={quality} ended={ended} />
      ))}
    </dl>
  );
}

interface GaugeProps {
  readonly id: MeasureId;
  readonly quality: Quality | null;
  readonly ended: boolean;
}

function Gauge({ id, quality, ended }: GaugeProps) {
  const { name, format } = MEASURES[id];
  const value = quality?.latest[id];
  const floor = quality?.standards.floor[id];
  const word = quality === null ? null : verdictOf(quality, id, ended);
  return (
    <div className="gauge" data-word={word ?? "none"}>
      <dt>
        <Term id={MEASURE_TERMS[id]}>{name}</Term>
      </dt>
      <dd className="gauge-word">{quality === null ? "" : word === null ? "not trained yet" : VERDICT_WORDS[word]}</dd>
      <dd className="gauge-value number">{quality && value !== undefined ? format(value, quality.standards) : "–"}</dd>
      <dd className="gauge-floor number">
        {quality && floor !== undefined && id !== "modes20" && `real data ${format(floor, quality.standards)}`}
      </dd>
      <dd className="gauge-bar" aria-hidden="true">
        {quality?.counts && id === "modes20" ? (
          quality.counts.map((count, mode) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a mode is its place in the list
            <span key={mode} className="gauge-cell" data-lit={count >= SOLID_MODE_SAMPLES || undefined} />
          ))
        ) : (
          <span className="gauge-cell">
            <span style={{ width: `${filled(id, value, quality)}%` }} />
          </span>
        )}
      </dd>
    </div>
  );
}

/** How much of the way from useless to perfect is done, in percent. */
function filled(id: MeasureId, value: number | undefined, quality: Quality | null): number {
  if (quality === null || value === undefined) return 0;
  const missing = shortfall(id, value, quality.standards);
  return Number.isNaN(missing) ? 0 : Math.round(100 * (1 - missing));
}
