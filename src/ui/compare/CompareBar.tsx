/** While comparing: what differs, what is happening in one sentence, both of G's gradients, and the way back. Else nothing. */
import { Button } from "@mantine/core";
import { useId } from "react";
import type { ArmView } from "../../client/store";
import { useActions, usePlayground } from "../../client/use-playground";
import type { ExperimentConfig } from "../../core/config";
import { type ArmReading, comparisonSentence, differenceSentence } from "../../core/diagnosis/compare";
import { LOSS_IDS, LOSSES } from "../../core/losses";
import { PlainSelect } from "../controls/fields/ChoiceField";
import { ARM, useThrottled } from "../stage/live";
import { latestReadings } from "../stage/readings";
import { GradientBars } from "./GradientBars";
import "./compare.css";

/** A sentence must stay long enough to be read. */
const SENTENCE_MS = 1500;

export function CompareBar() {
  const comparison = usePlayground((state) => state.comparison);
  if (comparison === null) return null;
  return <Comparison comparison={comparison} />;
}

function Comparison({ comparison }: { readonly comparison: ExperimentConfig }) {
  const config = usePlayground((state) => state.config);
  const { compare, stopComparing } = useActions();
  const a = useThrottled(ARM.A, SENTENCE_MS);
  const b = useThrottled(ARM.B, SENTENCE_MS);
  const label = useId();
  return (
    <section aria-label="Comparison" className="compare panel">
      <div className="compare-what">
        <p className="compare-sentence">{comparisonSentence(readingOf(a, config), readingOf(b, comparison))}</p>
        <p className="compare-note">{differenceSentence(config, comparison)}</p>
      </div>
      <div className="compare-side">
        <GradientBars />
        <div className="compare-controls">
          <label htmlFor={label} className="compare-label">
            Arm B loss
          </label>
          <PlainSelect
            id={label}
            value={comparison.loss}
            choices={LOSS_IDS.map((value) => ({ value, label: LOSSES[value].name }))}
            wide={230}
            onChange={(loss) => compare({ ...comparison, loss })}
          />
          <Button size="xs" variant="default" onClick={stopComparing}>
            End comparison
          </Button>
        </div>
      </div>
    </section>
  );
}

function readingOf(view: ArmView | undefined, config: ExperimentConfig): ArmReading {
  const readings = latestReadings(view?.curves);
  return {
    config,
    step: view?.step ?? 0,
    stopped: view?.stopped ?? null,
    dFake: readings.dFakeG,
    gGradNorm: readings.gGradNorm,
  };
}
