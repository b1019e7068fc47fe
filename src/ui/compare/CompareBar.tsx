/** While comparing: what differs, what is happening in one sentence, the arms' gradients, and the way back. Else nothing. */
import { Button } from "@mantine/core";
import type { ArmView } from "../../client/store";
import { useActions, usePlayground } from "../../client/use-playground";
import { ARM_IDS, type ArmConfig, type Experiment } from "../../core/arms";
import { type ArmReading, comparisonSentence, differenceSentence } from "../../core/diagnosis/compare";
import { ARM, useThrottled } from "../stage/live";
import { latestReadings } from "../stage/readings";
import { GradientBars } from "./GradientBars";
import "./compare.css";

/** A sentence must stay long enough to be read. */
const SENTENCE_MS = 1500;

export function CompareBar() {
  const experiment = usePlayground((state) => state.experiment);
  const [first, second] = experiment.arms;
  return second === undefined ? null : <Comparison experiment={experiment} first={first} second={second} />;
}

interface Props {
  readonly experiment: Experiment;
  readonly first: ArmConfig;
  readonly second: ArmConfig;
}

function Comparison({ experiment, first, second }: Props) {
  const { keepOnly, addArm } = useActions();
  const a = useThrottled(ARM[first.id], SENTENCE_MS);
  const b = useThrottled(ARM[second.id], SENTENCE_MS);
  return (
    <section aria-label="Comparison" className="compare panel">
      <div className="compare-what">
        {experiment.arms.length === 2 && (
          <p className="compare-sentence">{comparisonSentence(readingOf(a, first), readingOf(b, second))}</p>
        )}
        <p className="compare-note">{differenceSentence(experiment)}</p>
      </div>
      <div className="compare-side">
        <GradientBars />
        <div className="compare-controls">
          {experiment.arms.length < ARM_IDS.length && (
            <Button size="xs" variant="default" onClick={() => addArm()}>
              Add arm
            </Button>
          )}
          <Button size="xs" variant="default" onClick={() => keepOnly(first.id)}>
            End comparison
          </Button>
        </div>
      </div>
    </section>
  );
}

function readingOf(view: ArmView | undefined, { config }: ArmConfig): ArmReading {
  const readings = latestReadings(view?.curves);
  return {
    config,
    step: view?.step ?? 0,
    stopped: view?.stopped ?? null,
    dFake: readings.dFakeG,
    gGradNorm: readings.gGradNorm,
  };
}
