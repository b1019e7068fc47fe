/** The metrics' tab: every measure beside what real data read, and what theory says of the picture, each with what it punishes. */
import { useActions, usePlayground } from "../../../client/use-playground";
import { type ArmId, armLetter } from "../../../core/arms";
import type { Divergences } from "../../../core/divergences";
import { formatNumber } from "../../../core/format";
import { MEASURES } from "../../../core/quality/measures";
import { whyNoTheory } from "../../../core/theory";
import { useQuality } from "../../quality/use-quality";
import { ARM_CONFIG, useArmIds } from "../../stage/live";

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
  const { quality } = useQuality(arm);
  const why = usePlayground((state) => whyNoTheory(ARM_CONFIG[arm](state)));
  if (why !== null) return <p className="doctor-read">{why}</p>;
  if (quality === null || quality.theory === null) return null;
  const { latest, floor } = quality.theory;
  const { slicedWasserstein: distance } = quality.latest;
  const { slicedWasserstein: ofReals } = quality.standards.floor;
  const row = (name: string, says: string, own: number, reals: number | null, digits = 2) => (
    <tr key={name}>
      <th scope="row">
        {name}
        <small className="metrics-says">{says}</small>
      </th>
      <td>{formatNumber(own, digits)}</td>
      <td>{reals === null ? "–" : formatNumber(reals, digits)}</td>
    </tr>
  );
  return (
    <>
      <table className="metrics">
        <caption>What theory says, at step {quality.step.toLocaleString("en")}, in nats</caption>
        <thead>
          <tr>
            <th scope="col">Divergence</th>
            <th scope="col">G</th>
            <th scope="col">Real data</th>
          </tr>
        </thead>
        <tbody className="number">
          {THEORY.map(({ id, name, says }) => row(name, says, latest[id], floor[id]))}
          {distance !== undefined && row("Wasserstein-1", WASSERSTEIN, distance, ofReals ?? null)}
          {row(
            "V(D*, G) = −log 4 + 2 JSD",
            "The value of the game for the best D; −log 4 ≈ −1.386 when nothing tells fakes from data.",
            latest.bestValue,
            floor.bestValue,
            3,
          )}
          {row(
            "V(D, G)",
            "The same for D as it stands, of 2,500 samples of both sides. It rises to V(D*, G) as D learns; above it, the kernel has blurred what D can tell.",
            latest.value,
            null,
            3,
          )}
          {row(
            "D from D*",
            "Mean distance between D and the best D, as probabilities, at samples of both sides. Train D alone to see it fall.",
            latest.optimumDistance,
            null,
          )}
        </tbody>
      </table>
      <FreezeButton />
      <p className="doctor-read">
        p_data is exact, p_g estimated from 2,500 fakes, both seen through the same kernel. “Real data” is what as many
        real points read: the noise floor. All of it over time: the chart “Theory”.
      </p>
    </>
  );
}

const WASSERSTEIN =
  "How far probability has to be moved, in units of the data: it falls steadily however far the two are apart. In the plane along 128 directions.";
