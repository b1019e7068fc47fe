/** One arm of a comparison: what sets it apart, its numbers, how good it is, its picture, and why it stopped if it did. */

import { usePlayground } from "../../client/use-playground";
import { type ArmId, armLetter } from "../../core/arms";
import { lossOf } from "../../core/config";
import { formatNumber } from "../../core/format";
import { modelOf } from "../../core/models";
import { opinionOf } from "../../core/opinion";
import { GradientBar } from "../compare/GradientBar";
import { useArmTitles } from "../compare/use-arm-titles";
import { modelNumbers } from "../model/model-numbers";
import { QualityLine } from "../quality/QualityLine";
import { Reading } from "../theme/Reading";
import { ArmStage } from "./ArmStage";
import { ARM_CONFIG, STOPPED } from "./live";
import { useMoment } from "./moments";
import { RunawayNote } from "./RunawayNote";

interface Props {
  readonly arm: ArmId;
  /** Whether its numbers stand here; for many arms they are in a table. */
  readonly numbers: boolean;
}

export function ArmRegion({ arm, numbers }: Props) {
  const title = useArmTitles()[arm];
  const letter = armLetter(arm);
  const stopped = usePlayground(STOPPED[arm]);
  return (
    <section aria-label={`Arm ${letter}`} className="arm">
      <h3 className="arm-title" title={title}>
        <span className={`arm-badge arm-badge-${arm}`}>{letter}</span>
        <span className="arm-name">{title}</span>
      </h3>
      {numbers && <ArmNumbers arm={arm} />}
      <GradientBar arm={arm} />
      <QualityLine arm={arm} />
      <ArmStage arm={arm} scaleBeside={false}>
        <div className="stage-notes">
          {stopped !== null && (
            <p className="arm-stopped" role="alert">
              {stopped}
            </p>
          )}
          <RunawayNote arm={arm} ways={false} />
        </div>
      </ArmStage>
    </section>
  );
}

function ArmNumbers({ arm }: { readonly arm: ArmId }) {
  const { readings } = useMoment(arm);
  const config = usePlayground((state) => ARM_CONFIG[arm](state));
  const { probability } = opinionOf(lossOf(config));
  return (
    <dl className="arm-numbers number">
      {modelNumbers(modelOf(config), readings, probability).map(({ name, value, role }) => (
        <div key={name}>
          <dt className={`role-${role}`}>{name}</dt>
          <dd>
            <Reading width={7}>{formatNumber(value)}</Reading>
          </dd>
        </div>
      ))}
    </dl>
  );
}
