/** Radial power spectra of the arms' samples beside the data's: where blur and noise show. Nothing where samples are no images. */
import { usePlayground } from "../../client/use-playground";
import { type ArmId, armLetter } from "../../core/arms";
import { formatNumber } from "../../core/format";
import { Term } from "../learn/Term";
import { measuredArms } from "../stage/live";
import { useRoleColors } from "../theme/use-role-colors";
import { ARM_DASHES } from "./arm-dashes";

const WIDTH = 300;
const HEIGHT = 120;
const LEFT = 34;
const BOTTOM = 16;
const TOP = 4;

/** Powers below this share of the largest are not drawn: nobody sees them. */
const FAINTEST = 1e-6;

interface Known {
  readonly id: ArmId;
  readonly data: readonly number[];
  readonly samples: readonly number[];
}

/** The arms whose spectra are known. */
function useSpectra(): readonly Known[] {
  const arms = usePlayground(measuredArms);
  return arms.flatMap(({ id, quality }) => (quality?.spectra ? [{ id, ...quality.spectra }] : []));
}

const TITLE = "Power spectrum";
const UNIT = "power, log scale, over waves per image";

export function Spectrum() {
  const known = useSpectra();
  const [first] = known;
  if (first === undefined) return null;
  return (
    <section className="chart" aria-label={TITLE}>
      <div className="chart-head">
        <h3 className="chart-title">
          <Term id="spectrum">{TITLE}</Term>
        </h3>
        <span className="chart-unit">{UNIT}</span>
      </div>
      <ul className="chart-legend number" aria-label="Series">
        <li className="role-real">data</li>
        {known.map((arm) => (
          <li key={arm.id} className="role-fake">
            {legendText(arm, known.length > 1)}
          </li>
        ))}
      </ul>
      <Drawing known={known} />
    </section>
  );
}

/** The same as a file of its own has it; null before it is measured. */
export function useSpectrumFigure() {
  const known = useSpectra();
  const colors = useRoleColors();
  if (known.length === 0) return null;
  const legend = [
    { text: "data", color: colors.real, dash: "" },
    ...known.map((arm) => ({
      text: legendText(arm, known.length > 1),
      color: colors.fake,
      dash: ARM_DASHES[arm.id],
    })),
  ];
  return { id: "spectrum", words: { title: TITLE, unit: UNIT, legend }, drawing: <Drawing known={known} /> };
}

const legendText = ({ id, samples, data }: Known, several: boolean) =>
  `${several ? `samples ${armLetter(id)}` : "samples"}: fine detail ${fineText(samples, data)}`;

function Drawing({ known }: { readonly known: readonly Known[] }) {
  const colors = useRoleColors();
  const data = known[0]?.data ?? [];
  const place = placing([data, ...known.map(({ samples }) => samples)]);
  return (
    <svg
      className="spectrum"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={known.map(({ id, samples }) => sentence(id, known.length > 1, samples, data)).join(" ")}
    >
      {place.decades.map(({ y, exponent }) => (
        <g key={exponent}>
          <line x1={LEFT} x2={WIDTH} y1={y} y2={y} className="spectrum-grid" />
          <text x={LEFT - 4} y={y + 3} className="spectrum-tick" textAnchor="end">
            10
            <tspan dy={-3} fontSize={7}>
              {String(exponent).replace("-", "−")}
            </tspan>
          </text>
        </g>
      ))}
      {place.waves.map(({ x, radius }) => (
        <text key={radius} x={x} y={HEIGHT - 3} className="spectrum-tick" textAnchor="middle">
          {radius}
        </text>
      ))}
      <path d={place.path(data)} fill="none" stroke={colors.real} strokeWidth={2} />
      {known.map(({ id, samples }) => (
        <path
          key={id}
          d={place.path(samples)}
          fill="none"
          stroke={colors.fake}
          strokeWidth={2}
          strokeDasharray={ARM_DASHES[id]}
        />
      ))}
    </svg>
  );
}

/** Where curves lie: the mean brightness (radius 0) is left out, powers are on a logarithmic axis. */
function placing(curves: readonly (readonly number[])[]) {
  const all = curves.flatMap((curve) => curve.slice(1)).filter((power) => power > 0);
  const high = Math.log10(Math.max(...all, FAINTEST));
  const low = Math.max(Math.log10(Math.min(...all, 1)), high + Math.log10(FAINTEST));
  const last = Math.max(2, (curves[0]?.length ?? 2) - 1);
  const x = (radius: number) => LEFT + 6 + ((radius - 1) / (last - 1)) * (WIDTH - LEFT - 12);
  const y = (power: number) => {
    const share = (Math.log10(Math.max(power, 10 ** low)) - low) / Math.max(1e-9, high - low);
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  };
  const exponents = Array.from({ length: Math.floor(high) - Math.ceil(low) + 1 }, (_, i) => Math.ceil(low) + i);
  return {
    decades: exponents.map((exponent) => ({ exponent, y: y(10 ** exponent) })),
    waves: Array.from({ length: last }, (_, i) => i + 1)
      .filter((radius) => radius === 1 || radius % 4 === 0)
      .map((radius) => ({ radius, x: x(radius) })),
    path: (curve: readonly number[]) =>
      curve
        .slice(1)
        .map((power, i) => `${i === 0 ? "M" : "L"}${x(i + 1).toFixed(1)} ${y(power).toFixed(1)}`)
        .join(""),
  };
}

/** Power in the finer half of the frequencies, over the data's. */
function fineShare(samples: readonly number[], data: readonly number[]): number {
  const from = Math.ceil(data.length / 2);
  const sum = (curve: readonly number[]) => curve.slice(from).reduce((total, power) => total + power, 0);
  return sum(samples) / sum(data);
}

const fineText = (samples: readonly number[], data: readonly number[]) =>
  `${formatNumber(fineShare(samples, data), 2)} of the data's`;

function sentence(id: ArmId, several: boolean, samples: readonly number[], data: readonly number[]): string {
  return `${several ? `Arm ${armLetter(id)}: in` : "In"} the finer half of all detail the samples have ${fineText(samples, data)} power.`;
}
