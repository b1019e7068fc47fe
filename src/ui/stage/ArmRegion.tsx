/** One arm of a comparison: what sets it apart, its numbers, its picture, and why it stopped if it did. */
import type { ArmView, PlaygroundState } from "../../client/store";
import { usePlayground } from "../../client/use-playground";
import { armTitles } from "../../core/diagnosis/compare";
import { formatNumber } from "../../core/format";
import { opinionOf } from "../../core/opinion";
import type { ArmId } from "../../worker/protocol";
import { ArmStage } from "./ArmStage";
import { ARM, CURVES, NUMBERS_MS, useThrottled } from "./live";
import { latestReadings } from "./readings";

const STOPPED: Readonly<Record<ArmId, (state: PlaygroundState) => ArmView["stopped"]>> = {
  A: (state) => ARM.A(state)?.stopped ?? null,
  B: (state) => ARM.B(state)?.stopped ?? null,
};

export function ArmRegion({ arm }: { readonly arm: ArmId }) {
  const title = usePlayground(
    (state) => armTitles(state.config, state.comparison ?? state.config)[arm === "A" ? 0 : 1],
  );
  const stopped = usePlayground(STOPPED[arm]);
  return (
    <section aria-label={`Arm ${arm}`} className="arm">
      <h3 className="arm-title">
        <span className={`arm-badge arm-badge-${arm}`}>{arm}</span>
        {`Arm ${arm} · ${title}`}
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
  const loss = usePlayground((state) => (ARM[arm](state)?.config ?? state.config).loss);
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
