/** While comparing losses: each as a function of D's logit, with the arms' fakes riding on them; live. Else nothing. */

import { useCallback, useId, useRef } from "react";
import type { PlaygroundState } from "../../client/store";
import { usePlayground } from "../../client/use-playground";
import { armLetter } from "../../core/arms";
import { lossOf } from "../../core/config";
import { gameName } from "../../core/diagnosis/compare";
import { formatNumber } from "../../core/format";
import { generatorCurve } from "../../core/losses";
import { Canvas, type Paint } from "../stage/Canvas";
import { SPOKEN_MS, useSource, useThrottled } from "../stage/live";
import { latestReadings } from "../stage/readings";
import { useRoleColors } from "../theme/use-role-colors";
import { drawLossCurves, type LossOfArm, logitRange } from "./loss-curves-view";

const ARMS = (state: PlaygroundState) => state.arms;
const EMPTY = new Float32Array(0);

export function LossCurves() {
  const several = usePlayground((state) => new Set(state.arms.flatMap(({ config }) => lossOf(config) ?? [])).size > 1);
  return several ? <Plot /> : null;
}

function Plot() {
  const words = useId();
  const colors = useRoleColors();
  const source = useSource(ARMS);
  const range = useRef(0);
  const paint = useCallback<Paint>(
    (context, width, height) => {
      const arms = source.get().map(curveOf);
      range.current = logitRange(arms, range.current);
      drawLossCurves(context, width, height, arms, range.current, colors);
    },
    [source, colors],
  );
  return (
    <section className="loss-curves" aria-label="G's losses over D's logit">
      <h3 className="chart-title">G's losses over D's logit</h3>
      <p className="loss-curves-note">
        Marks are fakes of each arm, on its own curve. Where a curve is flat, its fakes learn nothing.
      </p>
      <Missing />
      <div className="loss-curves-canvas">
        <Canvas label="G's losses over D's logit" describedBy={words} subscribe={source.subscribe} paint={paint} />
      </div>
      <Words id={words} />
    </section>
  );
}

/** Which arms have no curve here, and why. */
function Missing() {
  const arms = usePlayground((state) => state.experiment.arms);
  const missing = arms.filter(({ config }) => {
    const loss = lossOf(config);
    return loss === null || generatorCurve(loss, 0) === null;
  });
  return missing.map(({ id, config }) => (
    <p key={id} className="loss-curves-note">
      <b>{armLetter(id)}</b> has no curve: {gameName(config)} is no function of one logit.
    </p>
  ));
}

function curveOf({ id, config, stage, curves }: PlaygroundState["arms"][number]): LossOfArm {
  const frame = stage?.frame;
  const logits = frame?.kind === "images" ? frame.fakeLogits : frame?.views.pulls?.logits;
  const real = latestReadings(curves).dLogitReal;
  const loss = lossOf(config);
  const curve = loss === null ? null : generatorCurve(loss, Number.isFinite(real) ? real : 0);
  return { id, letter: armLetter(id), curve, logits: logits ?? EMPTY };
}

function Words({ id }: { readonly id: string }) {
  const arms = useThrottled(ARMS, SPOKEN_MS);
  const sentences = arms.map((view) => {
    const { letter, curve, logits } = curveOf(view);
    const name = gameName(view.config);
    if (curve === null) return `Arm ${letter}'s loss, ${name}, is no function of one logit.`;
    if (logits.length === 0) return `Arm ${letter}: ${name}.`;
    const sorted = logits.toSorted();
    const middle = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
    const slope = (curve(middle + 1e-3) - curve(middle - 1e-3)) / 2e-3;
    return `Arm ${letter}, ${name}: the median logit of its fakes is ${formatNumber(middle)}, and the loss's slope there is ${formatNumber(slope, 2)}.`;
  });
  return (
    <p id={id} className="visually-hidden" aria-live="off">
      {sentences.join(" ")}
    </p>
  );
}
