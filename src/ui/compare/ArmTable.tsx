/** Three or four arms in numbers: what a sentence says of two. A row each; where that is too wide, a column each. */

import { useMediaQuery } from "@mantine/hooks";
import { usePlayground } from "../../client/use-playground";
import { type ArmConfig, armLetter } from "../../core/arms";
import { lossOf } from "../../core/config";
import { datasetOf } from "../../core/datasets";
import { formatNumber } from "../../core/format";
import { opinionOf } from "../../core/opinion";
import { measuresFor } from "../../core/quality/measures";
import { QUALITY } from "../stage/live";
import { useMoment } from "../stage/moments";
import type { Readings } from "../stage/readings";
import { useArmTitles } from "./use-arm-titles";

type ArmNumber = readonly [name: string, value: (readings: Readings, probability: boolean) => number];

const NUMBERS: readonly ArmNumber[] = [
  ["D(x)", (of, probability) => (probability ? of.dReal : of.dLogitReal)],
  ["D(G(z))", (of, probability) => (probability ? of.dFake : of.dLogitFake)],
  ["D loss", (of) => of.dLoss],
  ["G loss", (of) => of.gLoss],
  ["G's gradient", (of) => of.gGradNorm],
];

interface Props {
  readonly arms: readonly ArmConfig[];
}

export function ArmTable({ arms }: Props) {
  const narrow = useMediaQuery("(max-width: 600px)");
  const clusters = arms.some(({ config }) => measuresFor(config.dataset).includes("modes20"));
  const Layout = narrow ? Columns : Rows;
  return (
    <section className="arm-table" aria-label="All arms in numbers">
      <table className="number">
        <Layout arms={arms} clusters={clusters} />
      </table>
    </section>
  );
}

function Rows({ arms, clusters }: Props & { readonly clusters: boolean }) {
  const titles = useArmTitles();
  return (
    <>
      <thead>
        <tr>
          <th scope="col">Arm</th>
          {NUMBERS.map(([name]) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          {clusters && <th scope="col">clusters</th>}
        </tr>
      </thead>
      <tbody>
        {arms.map((arm) => (
          <tr key={arm.id}>
            <th scope="row" title={titles[arm.id]}>
              <Badge arm={arm} /> <span className="arm-name">{titles[arm.id]}</span>
            </th>
            {NUMBERS.map(([name, value]) => (
              <Value key={name} arm={arm} value={value} />
            ))}
            {clusters && <Clusters arm={arm} />}
          </tr>
        ))}
      </tbody>
    </>
  );
}

/** Their names stand above their pictures. */
function Columns({ arms, clusters }: Props & { readonly clusters: boolean }) {
  return (
    <>
      <thead>
        <tr>
          <th scope="col">Arm</th>
          {arms.map((arm) => (
            <th key={arm.id} scope="col">
              <Badge arm={arm} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {NUMBERS.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {arms.map((arm) => (
              <Value key={arm.id} arm={arm} value={value} />
            ))}
          </tr>
        ))}
        {clusters && (
          <tr>
            <th scope="row">clusters</th>
            {arms.map((arm) => (
              <Clusters key={arm.id} arm={arm} />
            ))}
          </tr>
        )}
      </tbody>
    </>
  );
}

function Badge({ arm: { id } }: { readonly arm: ArmConfig }) {
  return <span className={`arm-badge arm-badge-${id}`}>{armLetter(id)}</span>;
}

function Value({ arm: { id, config }, value }: { readonly arm: ArmConfig; readonly value: ArmNumber[1] }) {
  const { readings } = useMoment(id);
  return <td>{formatNumber(value(readings, opinionOf(lossOf(config)).probability))}</td>;
}

function Clusters({ arm: { id, config } }: { readonly arm: ArmConfig }) {
  const quality = usePlayground(QUALITY[id]);
  const found = quality?.latest.modes20;
  const known = datasetOf(config.dataset).kind === "points" && found !== undefined;
  return <td>{known ? `${found} of ${quality?.standards.clusters ?? 0}` : "–"}</td>;
}
