/** The gradient norm of one arm's generator, on a log scale that all arms share: a factor of ten is a step of its own. */
import { usePlayground } from "../../client/use-playground";
import { type ArmId, armLetter } from "../../core/arms";
import { formatNumber } from "../../core/format";
import { modelOf } from "../../core/models";
import { playerNumber, samplersPlayer } from "../model/model-numbers";
import { ARM_CONFIG } from "../stage/live";
import { useMoment } from "../stage/moments";
import { Reading } from "../theme/Reading";

/** Ends of the scale, as powers of ten: what generators' gradients are between vanished and exploding. */
const LOW = -5;
const HIGH = 2;

export function GradientBar({ arm }: { readonly arm: ArmId }) {
  const model = usePlayground((state) => modelOf(ARM_CONFIG[arm](state)));
  const player = samplersPlayer(model);
  const norm = playerNumber(model, player, "gradient", useMoment(arm).readings);
  const whose = `${model.players[player]?.symbol ?? ""}'s`;
  return (
    <dl className="gradient-bar number">
      <dt
        className="role-generator"
        title={`L2 norm of all of ${whose} gradients; the bar is on a log scale, 10⁻⁵ to 100`}
      >
        <span className="visually-hidden">Arm {armLetter(arm)}: </span>
        {whose} gradient
      </dt>
      <dd>
        <Reading width={8}>{formatNumber(norm)}</Reading>
      </dd>
      <dd className="gradient-bar-track" aria-hidden="true">
        <span className={`gradient-bar-fill gradient-bar-fill-${arm}`} style={{ width: `${share(norm)}%` }} />
      </dd>
    </dl>
  );
}

/** Place on the scale in percent; what is beyond an end sits at the end. */
const share = (value: number) =>
  value > 0 ? 100 * Math.min(1, Math.max(0, (Math.log10(value) - LOW) / (HIGH - LOW))) : 0;
