/** How good is it? The measures of one arm's generator, each with what real data would read and a word. No measuring here. */
import type { ArmId } from "../../core/arms";
import { SOLID_MODE_SAMPLES } from "../../core/metrics/modes-captured";
import { MEASURES, type MeasureId, shortfall } from "../../core/quality/measures";
import type { Quality } from "../../core/quality/quality";
import { VERDICT_WORDS } from "../../core/quality/verdict";
import { Term } from "../learn/Term";
import { MEASURE_TERMS } from "./measure-terms";
import { type Read, useQuality } from "./use-quality";
import "./quality.css";

interface Props {
  readonly arm: ArmId;
}

export function QualityStrip({ arm }: Props) {
  const { quality, reads } = useQuality(arm);
  return (
    <dl className="quality" aria-label="How good is it?">
      {reads.map((read) => (
        <Gauge key={read.id} {...read} quality={quality} />
      ))}
    </dl>
  );
}

interface GaugeProps extends Read {
  readonly quality: Quality | null;
}

function Gauge({ id, text, word, quality }: GaugeProps) {
  const { name, format } = MEASURES[id];
  const floor = quality?.standards.floor[id];
  return (
    <div className="gauge" data-word={word ?? "none"}>
      <dt>
        <Term id={MEASURE_TERMS[id]}>{name}</Term>
      </dt>
      <dd className="gauge-word">{quality === null ? "" : word === null ? "not trained yet" : VERDICT_WORDS[word]}</dd>
      <dd className="gauge-value number">{text}</dd>
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
            <span style={{ width: `${filled(id, quality?.latest[id], quality)}%` }} />
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
