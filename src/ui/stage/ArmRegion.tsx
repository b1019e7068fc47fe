/** One arm of a comparison: what sets it apart, its numbers, its picture, and why it stopped if it did. */
import { firstConfig } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { type ArmId, armLetter } from "../../core/arms";
import { formatNumber } from "../../core/format";
import { opinionOf } from "../../core/opinion";
import { useArmTitles } from "../compare/use-arm-titles";
import { ArmStage } from "./ArmStage";
import { ARM, CURVES, forEachArm, NUMBERS_MS, useThrottled } from "./live";
import { latestReadings } from "./readings";

const STOPPED = forEachArm((view) => view?.stopped ?? null);

export function ArmRegion({ arm }: { readonly arm: ArmId }) {
  const title = useArmTitles()[arm];
  const letter = armLetter(arm);
  const stopped = usePlayground(STOPPED[arm]);
  return (
    <section aria-label={`Arm ${letter}`} className="arm">
      <h3 className="arm-title">
        <span className={`arm-badge arm-badge-${arm}`}>{letter}</span>
        {title}
      </h3>
      <ArmNumbers arm={arm} />
      {stopped !== null && (
        <p className="arm-stopped" role="alert">
          {stopped}
        </p>
      )}
      <ArmStage arm={arm} legend={false} />
    </section>
  );
}

function ArmNumbers({ arm }: { readonly arm: ArmId }) {
  const curves = useThrottled(CURVES[arm], NUMBERS_MS);
  const loss = usePlayground((state) => (ARM[arm](state)?.config ?? firstConfig(state)).loss);
  const readings = latestReadings(curves);
  const { probability } = opinionOf(loss);
  const items = [
    ["D(x)", probability ? readings.dReal : readings.dLogitReal, "real"],
    ["D(G(z))", probability ? readings.dFake : readings.dLogitFake, "fake"],
    ["D loss", readings.dLoss, "discriminator"],
    ["G loss", readings.gLoss, "generator"],
    ["G gradient", readings.gGradNorm, "generator"],
  ] as const;
  return (
    <dl className="arm-numbers number">
      {items.map(([name, value, role]) => (
        <div key={name}>
          <dt className={`role-${role}`}>{name}</dt>
          <dd>{formatNumber(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
