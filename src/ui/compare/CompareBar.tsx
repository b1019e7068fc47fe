/** While comparing: what is happening, in one sentence for two arms or a table for more, and what differs. Else nothing. */
import { usePlayground } from "../../client/use-playground";
import type { ArmConfig, ArmId, Experiment } from "../../core/arms";
import {
  type ArmReading,
  comparisonSentence,
  coverageSentence,
  differenceSentence,
} from "../../core/diagnosis/compare";
import { differences } from "../../core/diagnosis/differences";
import type { Quality } from "../../core/quality/quality";
import { QUALITY, STOPPED } from "../stage/live";
import { type ArmMoment, useMoment } from "../stage/moments";
import { ArmTable } from "./ArmTable";
import { useArmTitles } from "./use-arm-titles";
import "./compare.css";

export function CompareBar() {
  const experiment = usePlayground((state) => state.experiment);
  const [first, second, ...more] = experiment.arms;
  if (second === undefined) return null;
  return (
    <section aria-label="Comparison" className="compare panel">
      {more.length === 0 ? <Headline first={first} second={second} /> : <ArmTable arms={experiment.arms} />}
      <Differences experiment={experiment} />
    </section>
  );
}

function Headline({ first, second }: { readonly first: ArmConfig; readonly second: ArmConfig }) {
  const [a, b] = [useMoment(first.id), useMoment(second.id)];
  const stopped = [usePlayground(STOPPED[first.id]), usePlayground(STOPPED[second.id])] as const;
  return (
    <p className="compare-sentence number">
      {comparisonSentence(readingOf(first, a, stopped[0]), readingOf(second, b, stopped[1]))}
    </p>
  );
}

/** A run that rests after so many steps has something to tell. */
const TELLING_STEPS = 1000;

/** What differs; before it, when the run rests, what has come of it. */
function Differences({ experiment }: { readonly experiment: Experiment }) {
  const [first, second = first] = experiment.arms;
  const resting = usePlayground(({ phase, step }) => phase === "paused" && step >= TELLING_STEPS);
  const titles = useArmTitles();
  const found = [usePlayground(QUALITY[first.id]), usePlayground(QUALITY[second.id])] as const;
  const of = (id: ArmId, quality: Quality | null) => ({
    name: titles[id] ?? "",
    clusters: quality?.latest.modes20 ?? null,
    of: quality?.standards.clusters ?? 0,
  });
  const pair = resting && experiment.arms.length === 2 && differences(first.config, second.config).length > 0;
  const end = pair ? coverageSentence(of(first.id, found[0]), of(second.id, found[1])) : null;
  const text = differenceSentence(experiment);
  return (
    <p className="compare-note" title={text}>
      {end !== null && <strong>{end} </strong>}
      {text}
    </p>
  );
}

function readingOf({ id, config }: ArmConfig, { step, readings }: ArmMoment, stopped: string | null): ArmReading {
  return { id, config, step, stopped, gGradNorm: readings.gGradNorm };
}
