/** The gradient norms of both arms' generators side by side, on a log scale: a factor of ten is a step of its own. */

import { type ArmId, armLetter } from "../../core/arms";
import { formatNumber, powerOfTen } from "../../core/format";
import { CURVES, NUMBERS_MS, useArmIds, useThrottled } from "../stage/live";
import { latestReadings } from "../stage/readings";

/** Ends of the scale, as powers of ten: what generators' gradients are between vanished and exploding. */
const LOW = -5;
const HIGH = 2;

export function GradientBars() {
  const arms = useArmIds();
  return (
    <figure className="compare-bars">
      <figcaption>G's gradient norm, log scale</figcaption>
      {arms.map((arm) => (
        <Bar key={arm} arm={arm} />
      ))}
      <div className="compare-scale number" aria-hidden="true">
        {[LOW, LOW + 2, LOW + 4, LOW + 6].map((exponent) => (
          <span key={exponent} style={{ left: `${share(10 ** exponent)}%` }}>
            {exponent === 1 ? "10" : powerOfTen(exponent)}
          </span>
        ))}
      </div>
    </figure>
  );
}

/** Place on the scale in percent; what is beyond an end sits at the end. */
const share = (value: number) =>
  value > 0 ? 100 * Math.min(1, Math.max(0, (Math.log10(value) - LOW) / (HIGH - LOW))) : 0;

function Bar({ arm }: { readonly arm: ArmId }) {
  const value = latestReadings(useThrottled(CURVES[arm], NUMBERS_MS)).gGradNorm;
  return (
    <div className="compare-bar number">
      <span className="compare-bar-name">Arm {armLetter(arm)}</span>
      <span className="compare-bar-track">
        <span className={`compare-bar-fill compare-bar-fill-${arm}`} style={{ width: `${share(value)}%` }} />
      </span>
      <span className="compare-bar-value">{formatNumber(value)}</span>
    </div>
  );
}
