/** How good is it? The measures of one arm's generator, each with what real data would read and a word. No measuring here. */
import type { ArmId } from "../../core/arms";
import { foundCount, SOLID_MODE_SAMPLES } from "../../core/metrics/found";
import { MEASURES, type MeasureId, shortfall } from "../../core/quality/measures";
import type { Quality } from "../../core/quality/quality";
import { VERDICT_WORDS } from "../../core/quality/verdict";
import { Term } from "../learn/Term";
import { MEASURE_TERMS } from "./measure-terms";
import { type Read, useQuality } from "./use-quality";
import "./quality.css";

/** Measures that read "8 of 8": what real data would read is plain. */
const COUNTED: readonly MeasureId[] = ["modes20", "classesFound"];

/** There is room for so many; charts show the others. */
const GAUGES = 3;

/** Samples from which on a cluster or class is lit; null for measures that count none. */
function litFrom(id: MeasureId, { standards, counts }: Quality): number | null {
  if (counts === null) return null;
  if (id === "modes20") return SOLID_MODE_SAMPLES;
  const samples = counts.reduce((a, b) => a + b, 0);
  return id === "classesFound" ? foundCount(samples, standards.clusters) : null;
}

interface Props {
  readonly arm: ArmId;
}

export function QualityStrip({ arm }: Props) {
  const { quality, reads } = useQuality(arm);
  return (
    <dl className="quality" aria-label="How good is it?">
      {reads.slice(0, GAUGES).map((read) => (
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
  const lit = quality === null ? null : litFrom(id, quality);
  return (
    <div className="gauge" data-word={word ?? "none"}>
      <dt>
        <Term id={MEASURE_TERMS[id]}>{name}</Term>
      </dt>
      <dd className="gauge-word">{quality === null ? "" : word === null ? "not trained yet" : VERDICT_WORDS[word]}</dd>
      <dd className="gauge-value number">{text}</dd>
      <dd className="gauge-floor number">
        {quality && floor !== undefined && !COUNTED.includes(id) && `real data ${format(floor, quality.standards)}`}
      </dd>
      <dd className="gauge-bar" aria-hidden="true">
        {quality?.counts && lit !== null ? (
          quality.counts.map((count, group) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a cluster or class is its place in the list
            <span key={group} className="gauge-cell" data-lit={count >= lit || undefined} />
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
