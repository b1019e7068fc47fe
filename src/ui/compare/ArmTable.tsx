/** Three or four arms in numbers, a row each: what a sentence says of two. */
import { usePlayground } from "../../client/use-playground";
import { type ArmConfig, armLetter } from "../../core/arms";
import { formatNumber } from "../../core/format";
import { opinionOf } from "../../core/opinion";
import { QUALITY } from "../stage/live";
import { useMoment } from "../stage/moments";
import { useArmTitles } from "./use-arm-titles";

export function ArmTable({ arms }: { readonly arms: readonly ArmConfig[] }) {
  const titles = useArmTitles();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than its place is scrolled with the keyboard too
    <section className="arm-table" aria-label="All arms in numbers" tabIndex={0}>
      <table className="number">
        <thead>
          <tr>
            <th scope="col">Arm</th>
            <th scope="col">D(x)</th>
            <th scope="col">D(G(z))</th>
            <th scope="col">D loss</th>
            <th scope="col">G loss</th>
            <th scope="col">G's gradient</th>
            <th scope="col">clusters</th>
          </tr>
        </thead>
        <tbody>
          {arms.map((arm) => (
            <Row key={arm.id} arm={arm} title={titles[arm.id] ?? ""} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ arm: { id, config }, title }: { readonly arm: ArmConfig; readonly title: string }) {
  const { readings } = useMoment(id);
  const quality = usePlayground(QUALITY[id]);
  const { probability } = opinionOf(config.loss);
  const found = quality?.latest.modes20;
  const values = [
    probability ? readings.dReal : readings.dLogitReal,
    probability ? readings.dFake : readings.dLogitFake,
    readings.dLoss,
    readings.gLoss,
    readings.gGradNorm,
  ];
  const names = ["D(x)", "D(G(z))", "D loss", "G loss", "G's gradient"];
  return (
    <tr>
      <th scope="row" title={title}>
        <span className={`arm-badge arm-badge-${id}`}>{armLetter(id)}</span> <span className="arm-name">{title}</span>
      </th>
      {values.map((value, i) => (
        <td key={names[i]}>{formatNumber(value)}</td>
      ))}
      <td>{found === undefined ? "–" : `${found} of ${quality?.standards.clusters ?? 0}`}</td>
    </tr>
  );
}
