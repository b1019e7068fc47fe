/**
 * What a classifier of the data sees in each arm's samples: how many there are of each class beside the data's, and its readings
 * beside what test images read. Nothing where the data has no classifier.
 */
import { usePlayground } from "../../client/use-playground";
import { type ArmId, armLetter } from "../../core/arms";
import { datasetOf } from "../../core/datasets";
import type { FeatureMetricId } from "../../core/metrics/info";
import type { SeenByClassifier } from "../../core/quality/quality";
import { Term } from "../learn/Term";
import { measuredArms } from "../stage/live";
import { useRoleColors } from "../theme/use-role-colors";

const WIDTH = 300;
const HEIGHT = 92;
const BOTTOM = 14;
const TOP = 4;
/** Of a class's width. */
const FILLED = 0.76;
/** Longer names of classes are cut under their bars; the sentence has them whole. */
const LONGEST = 4;

const percent = (value: number) => `${Math.round(100 * value)} %`;
const plain = (value: number) => value.toFixed(2);

/** In the order of the table. */
const READINGS = [
  { id: "frechet", name: "Fréchet distance", format: (value) => value.toFixed(1) },
  { id: "featurePrecision", name: "Precision", format: percent },
  { id: "featureRecall", name: "Recall", format: percent },
  { id: "featureDensity", name: "Density", format: plain },
  { id: "featureCoverage", name: "Coverage", format: percent },
  { id: "classifierScore", name: "Classifier score", format: plain },
  { id: "confidence", name: "Confidence", format: percent },
  { id: "classAccuracy", name: "Of the class asked for", format: percent },
] as const satisfies readonly { id: FeatureMetricId; name: string; format: (value: number) => string }[];

interface Known {
  readonly id: ArmId;
  readonly seen: SeenByClassifier;
  readonly classes: readonly string[];
}

/** The arms whose samples a classifier has seen. */
function useKnown(): readonly Known[] {
  const arms = usePlayground(measuredArms);
  return arms.flatMap(({ id, config, quality }): Known[] => {
    const data = datasetOf(config.dataset);
    return quality?.seen && data.kind === "images" ? [{ id, seen: quality.seen, classes: data.classes }] : [];
  });
}

/** The histogram as a file of its own has it; null before it is measured. */
export function useJudgedFigure() {
  const known = useKnown();
  const colors = useRoleColors();
  const [first] = known;
  if (first === undefined) return null;
  const several = known.length > 1;
  const legend = [
    { text: "data", color: colors.real, dash: "" },
    ...known.map(({ id, seen }) => {
      const frechet = shown(READINGS[0], seen.values.frechet);
      return {
        text: `${several ? `samples ${armLetter(id)}` : "samples"}: Fréchet distance ${frechet}`,
        color: colors.fake,
        dash: "",
      };
    }),
  ];
  const words = {
    title: "Samples of each class",
    unit: `as a classifier sees ${total(first.seen.classes.data)}`,
    legend,
  };
  return { id: "classes", words, drawing: <Histogram known={known} /> };
}

export function Judged() {
  const known = useKnown();
  const [first] = known;
  if (first === undefined) return null;
  const { floors, accuracy } = first.seen;
  const several = known.length > 1;
  return (
    <section className="chart judged" aria-label="As a classifier sees it">
      <div className="chart-head">
        <h3 className="chart-title">
          <Term id="judged">As a classifier sees it</Term>
        </h3>
        <span className="chart-unit">samples of each class</span>
      </div>
      <ul className="chart-legend number" aria-label="Series">
        <li className="role-real">data</li>
        {known.map(({ id }) => (
          <li key={id} className="role-fake">
            {several ? `samples ${armLetter(id)}` : "samples"}
          </li>
        ))}
      </ul>
      <Histogram known={known} />
      <table className="judged-table number">
        <thead>
          <tr>
            <td />
            {known.map(({ id }) => (
              <th key={id} scope="col">
                {several ? armLetter(id) : "samples"}
              </th>
            ))}
            <th scope="col">real data</th>
          </tr>
        </thead>
        <tbody>
          {READINGS.filter(({ id }) => known.some(({ seen }) => seen.values[id] !== undefined)).map((reading) => (
            <tr key={reading.id}>
              <th scope="row">{reading.name}</th>
              {known.map(({ id, seen }) => (
                <td key={id}>{shown(reading, seen.values[reading.id])}</td>
              ))}
              <td>{shown(reading, floors[reading.id])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="judged-note">
        By the features of a small classifier that names {(100 * accuracy).toFixed(1)} % of the test images right, of{" "}
        {total(first.seen.classes.data)} samples. Not Inception FID: compare these numbers with each other only.
      </p>
    </section>
  );
}

const shown = ({ format }: (typeof READINGS)[number], value: number | undefined) =>
  value === undefined ? "–" : format(value);
const total = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);

/** Bars of each class side by side, the arms' within a class, and a line where the data is. */
function Histogram({ known }: { readonly known: readonly Known[] }) {
  const colors = useRoleColors();
  const [first] = known;
  if (first === undefined) return null;
  const { data } = first.seen.classes;
  const highest = Math.max(...data, ...known.flatMap(({ seen }) => seen.classes.samples));
  const width = WIDTH / data.length;
  const y = (count: number) => HEIGHT - BOTTOM - (count / highest) * (HEIGHT - BOTTOM - TOP);
  const bar = (FILLED * width) / known.length;
  return (
    <svg
      className="spectrum"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={known.map((arm) => sentence(arm, known.length > 1)).join(" ")}
    >
      {data.map((real, group) => {
        const left = group * width + (1 - FILLED) * 0.5 * width;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a class is its place in the list
          <g key={group}>
            {known.map(({ id, seen }, arm) => {
              const top = y(seen.classes.samples[group] ?? 0);
              return (
                <rect
                  key={id}
                  x={left + arm * bar}
                  y={top}
                  width={Math.max(1, bar - (arm + 1 < known.length ? 1 : 0))}
                  height={HEIGHT - BOTTOM - top}
                  fill={colors.fake}
                />
              );
            })}
            <line
              x1={left - 1}
              x2={left + FILLED * width + 1}
              y1={y(real)}
              y2={y(real)}
              stroke={colors.real}
              strokeWidth={2}
            />
            <text x={(group + 0.5) * width} y={HEIGHT - 3} className="spectrum-tick" textAnchor="middle">
              {(first.classes[group] ?? "").slice(0, LONGEST)}
            </text>
          </g>
        );
      })}
      <line x1={0} x2={WIDTH} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} className="spectrum-grid" />
    </svg>
  );
}

function sentence({ id, seen, classes }: Known, several: boolean): string {
  const { samples, data } = seen.classes;
  const words = samples.map((count, group) => `${classes[group]}: ${count} (data ${data[group]})`);
  return `${several ? `Arm ${armLetter(id)}: of` : "Of"} ${total(samples)} samples by class, ${words.join(", ")}.`;
}
