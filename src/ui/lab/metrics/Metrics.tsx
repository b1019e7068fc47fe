/** The metrics' tab: every measure beside what real data read, and what theory says of the picture, each with what it punishes. */
import { useActions, usePlayground } from "../../../client/use-playground";
import { type ArmId, armLetter } from "../../../core/arms";
import type { Divergences } from "../../../core/divergences";
import { formatNumber } from "../../../core/format";
import { MEASURES } from "../../../core/quality/measures";
import { useQuality } from "../../quality/use-quality";
import { ARM, useArmIds, useThrottled } from "../../stage/live";
import { useMoment } from "../../stage/moments";
import { planeDivergences } from "../plane-map";

/** Between two renewals, milliseconds: a table to be read. */
const PACE_MS = 700;

const THEORY: readonly { readonly id: keyof Divergences; readonly name: string; readonly says: string }[] = [
  {
    id: "forwardKl",
    name: "KL(p_data ‖ p_g)",
    says: "Punishes what is missed: without bound where there are data and no fakes.",
  },
  {
    id: "reverseKl",
    name: "KL(p_g ‖ p_data)",
    says: "Punishes what is wrong: without bound where there are fakes and no data.",
  },
  {
    id: "js",
    name: "Jensen-Shannon",
    says: "Punishes both alike, and never more than ln 2 ≈ 0.693: flat where the two do not meet.",
  },
  {
    id: "totalVariation",
    name: "Total variation",
    says: "The share of probability that lies in the wrong place, however far.",
  },
];

export function Metrics() {
  const arms = useArmIds();
  return (
    <section aria-label="Metrics" className="doctor">
      {arms.map((arm) => (
        <div key={arm} className="metrics-arm">
          {arms.length > 1 && <h3 className="doctor-heading">Arm {armLetter(arm)}</h3>}
          <Measures arm={arm} />
          <Theory arm={arm} />
        </div>
      ))}
    </section>
  );
}

function Measures({ arm }: { readonly arm: ArmId }) {
  const { quality, reads } = useQuality(arm);
  return (
    <table className="metrics">
      <caption>
        How good the fakes are{quality === null ? "" : `, at step ${quality.step.toLocaleString("en")}`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Measure</th>
          <th scope="col">G</th>
          <th scope="col">Real data</th>
        </tr>
      </thead>
      <tbody className="number">
        {reads.map(({ id, text }) => {
          const { name, definition, format } = MEASURES[id];
          const floor = quality?.standards.floor[id];
          return (
            <tr key={id} title={definition}>
              <th scope="row">{name}</th>
              <td>{text}</td>
              <td>{quality === null || floor === undefined ? "–" : format(floor, quality.standards)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Only D learns: it comes as near to the best D against this very G as it can. */
function FreezeButton() {
  const { train } = useActions();
  const training = usePlayground((state) => state.wantsTraining);
  return (
    <button
      type="button"
      className="doctor-apply"
      title="Only D learns, so that it comes as near to the best D against this G as it can"
      disabled={training}
      onClick={() => train(undefined, "discriminator")}
    >
      Train D alone, with G frozen
    </button>
  );
}

function Theory({ arm }: { readonly arm: ArmId }) {
  const view = useThrottled(ARM[arm], PACE_MS);
  const { readings } = useMoment(arm);
  const frame = view?.stage?.frame;
  const found = view === undefined || frame?.kind !== "plane" ? null : planeDivergences(view.config, frame);
  if (found === null || view?.stage == null) return null;
  const { fakes, reals } = found;
  return (
    <>
      <table className="metrics">
        <caption>What theory says, at step {view.stage.step.toLocaleString("en")}, in nats</caption>
        <thead>
          <tr>
            <th scope="col">Divergence</th>
            <th scope="col">G</th>
            <th scope="col">Real data</th>
          </tr>
        </thead>
        <tbody className="number">
          {THEORY.map(({ id, name, says }) => (
            <tr key={id}>
              <th scope="row">
                {name}
                <small className="metrics-says">{says}</small>
              </th>
              <td>{formatNumber(fakes[id], 2)}</td>
              <td>{formatNumber(reals[id], 2)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              V(D*, G) = −log 4 + 2 JSD
              <small className="metrics-says">
                The value of the game for the best D; −log 4 ≈ −1.386 when nothing tells fakes from data.
              </small>
            </th>
            <td>{formatNumber(-Math.log(4) + 2 * fakes.js)}</td>
            <td>{formatNumber(-Math.log(4) + 2 * reals.js)}</td>
          </tr>
          <tr>
            <th scope="row">
              V(D, G)
              <small className="metrics-says">
                The same for D as it stands, of the latest minibatch: −(D's loss). It rises as D learns; above V(D*, G)
                it is that the kernel has blurred what D can tell.
              </small>
            </th>
            <td>{formatNumber(-readings.dLoss)}</td>
            <td>–</td>
          </tr>
        </tbody>
      </table>
      <FreezeButton />
      <p className="doctor-read">
        p_data is exact, p_g estimated from 1,000 fakes, both seen through the same kernel. “Real data” is what 1,000
        real points read: the noise floor.
      </p>
    </>
  );
}
