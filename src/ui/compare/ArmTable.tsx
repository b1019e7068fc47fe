/** Three or four arms in numbers: what a sentence says of two. A row each; where that is too wide, a column each. */

import { useMediaQuery } from "@mantine/hooks";
import { usePlayground } from "../../client/use-playground";
import { type ArmConfig, armLetter } from "../../core/arms";
import { type ExperimentConfig, lossOf } from "../../core/config";
import { datasetOf } from "../../core/datasets";
import { formatNumber } from "../../core/format";
import { modelOf } from "../../core/models";
import { opinionOf } from "../../core/opinion";
import { measuresFor } from "../../core/quality/measures";
import { modelNumbers, playerNumber, samplersPlayer } from "../model/model-numbers";
import { QUALITY } from "../stage/live";
import { useMoment } from "../stage/moments";
import { useArmTitles } from "./use-arm-titles";

/** What the arms' models tell, each once, in order: D(x), D's loss, G's gradient, a VAE's loss ... */
function numberNames(arms: readonly ArmConfig[]): readonly string[] {
  return [...new Set(arms.flatMap(({ config }) => numbersOf(config, {}).map(({ name }) => name)))];
}

function numbersOf(config: ExperimentConfig, readings: Readonly<Record<string, number>>) {
  const model = modelOf(config);
  const player = samplersPlayer(model);
  const gradient = {
    name: `${model.players[player]?.symbol ?? ""}'s gradient`,
    value: playerNumber(model, player, "gradient", readings),
  };
  return [...modelNumbers(model, readings, opinionOf(lossOf(config)).probability), gradient];
}

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
          {numberNames(arms).map((name) => (
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
            {numberNames(arms).map((name) => (
              <Value key={name} arm={arm} name={name} />
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
        {numberNames(arms).map((name) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {arms.map((arm) => (
              <Value key={arm.id} arm={arm} name={name} />
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

function Value({ arm: { id, config }, name }: { readonly arm: ArmConfig; readonly name: string }) {
  const { readings } = useMoment(id);
  return <td>{formatNumber(numbersOf(config, readings).find((one) => one.name === name)?.value ?? Number.NaN)}</td>;
}

function Clusters({ arm: { id, config } }: { readonly arm: ArmConfig }) {
  const quality = usePlayground(QUALITY[id]);
  const found = quality?.latest.modes20;
  const known = datasetOf(config.dataset).kind === "points" && found !== undefined;
  return <td>{known ? `${found} of ${quality?.standards.clusters ?? 0}` : "–"}</td>;
}
