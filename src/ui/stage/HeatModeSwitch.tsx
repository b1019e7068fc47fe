/** Which scale D's map has: the contrast of what is there, or all from 0 to 1. Nothing where D gives scores, which have no ends. */

import { firstConfig } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { lossOf } from "../../core/config";
import { datasetOf } from "../../core/datasets";
import { opinionOf } from "../../core/opinion";
import type { HeatMode } from "./heat-scale";
import { setHeatMode, useViewSettings } from "./view-settings";

const MODES: readonly { readonly mode: HeatMode; readonly text: string; readonly title: string }[] = [
  {
    mode: "contrast",
    text: "contrast",
    title: "Colours by D's logit, between the ends of what is there now: differences show however sure D is",
  },
  {
    mode: "whole",
    text: "0 to 1",
    title: "Colours by D's probability, always from 0 to 1: one look tells how sure D is",
  },
];

export function HeatModeSwitch() {
  const heat = useViewSettings((state) => state.heat);
  const dataset = usePlayground((state) => firstConfig(state).dataset);
  const probability = usePlayground(({ experiment }) =>
    experiment.arms.some(({ config }) => opinionOf(lossOf(config)).probability),
  );
  const data = datasetOf(dataset);
  if (data.kind !== "points" || data.dimension !== 2 || !probability) return null;
  return (
    <fieldset className="heat-modes">
      <legend>Map of D</legend>
      {MODES.map(({ mode, text, title }) => (
        <button key={mode} type="button" aria-pressed={heat === mode} title={title} onClick={() => setHeatMode(mode)}>
          {text}
        </button>
      ))}
    </fieldset>
  );
}
