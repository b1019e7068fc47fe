/** The game as a diagram, z → G → fakes ↘ D ← reals, with its numbers live. An SVG that lays itself out to its width. */
import { useElementSize } from "@mantine/hooks";
import { firstConfig } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { ARM_IDS } from "../../core/arms";
import { formatNumber } from "../../core/format";
import { opinionOf } from "../../core/opinion";
import { useMoment } from "./moments";
import type { Readings } from "./readings";

const HEIGHT = 134;
const TOP = 36; // the fakes' row
const BOTTOM = 92; // the reals' row
const MIDDLE = (TOP + BOTTOM) / 2; // D's row

export function FlowDiagram() {
  const { ref, width } = useElementSize();
  const { readings } = useMoment(ARM_IDS[0]);
  const loss = usePlayground((state) => firstConfig(state).loss);
  const latentSize = usePlayground((state) => firstConfig(state).latent.size);
  return (
    <div ref={ref} className="flow">
      {width > 0 && (
        <Diagram width={width} readings={readings} latentSize={latentSize} probability={opinionOf(loss).probability} />
      )}
    </div>
  );
}

interface DiagramProps {
  readonly width: number;
  readonly readings: Readings;
  readonly latentSize: number;
  readonly probability: boolean;
}

function Diagram({ width, readings, latentSize, probability }: DiagramProps) {
  const wide = width >= 560;
  const at = (share: number) => Math.round(share * width);
  const x = wide
    ? { z: 26, g: at(0.24), samples: at(0.47), d: at(0.69), out: at(0.69) + 60 }
    : { z: 18, g: at(0.25), samples: at(0.47), d: at(0.68), out: at(0.68) + 36 };
  const half = wide ? 30 : 20; // half width of a player's box
  const [real, fake] = probability ? [readings.dReal, readings.dFake] : [readings.dLogitReal, readings.dLogitFake];
  const number = (value: number) => formatNumber(value);
  const summary = `Noise z goes through the generator G to fakes; the discriminator D judges fakes and reals. D(x) ${number(real)}, D(G(z)) ${number(fake)}, D's loss ${number(readings.dLoss)}, G's loss ${number(readings.gLoss)}, gradient norms: D ${number(readings.dGradNorm)}, G ${number(readings.gGradNorm)}.`;
  return (
    <svg
      className="flow-svg"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label="How a GAN works, live"
    >
      <desc>{summary}</desc>
      <defs>
        <marker id="flow-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0.5L7.5 4L0 7.5Z" fill="var(--color-axis)" />
        </marker>
      </defs>
      <g className="flow-edges">
        <path d={`M${x.z + 15} ${TOP}H${x.g - half - 4}`} />
        <path d={`M${x.g + half} ${TOP}H${x.samples - 21}`} />
        <path d={`M${x.samples + 20} ${TOP + 5}L${x.d - half - 5} ${MIDDLE - 7}`} />
        <path d={`M${x.samples + 20} ${BOTTOM - 5}L${x.d - half - 5} ${MIDDLE + 7}`} />
        <path d={`M${x.d + half} ${MIDDLE - 7}L${x.out - 4} ${TOP}`} />
        <path d={`M${x.d + half} ${MIDDLE + 7}L${x.out - 4} ${BOTTOM}`} />
      </g>

      <circle cx={x.z} cy={TOP} r="14" className="flow-z" />
      <text x={x.z} y={TOP} className="flow-symbol">
        z
      </text>
      <text x={Math.max(x.z, wide ? 24 : 20)} y={TOP + 30} className="flow-note" textAnchor="middle">
        {latentSize}-D
      </text>

      {/* G widens from noise to data, D narrows from data to one number: shape tells them apart, not only colour. */}
      <path
        d={`M${x.g - half} ${TOP - 10}L${x.g + half} ${TOP - 22}V${TOP + 22}L${x.g - half} ${TOP + 10}Z`}
        className="flow-player flow-g"
      />
      <text x={x.g} y={TOP} className="flow-symbol flow-g-text">
        G
      </text>
      <Numbers x={x.g} y={TOP + 40} wide={wide} loss={readings.gLoss} norm={readings.gGradNorm} />

      <SampleIcon x={x.samples} y={TOP} kind="fake" />
      <SampleIcon x={x.samples} y={BOTTOM} kind="real" />

      <path
        d={`M${x.d - half} ${MIDDLE - 24}L${x.d + half} ${MIDDLE - 12}V${MIDDLE + 12}L${x.d - half} ${MIDDLE + 24}Z`}
        className="flow-player flow-d"
      />
      <text x={x.d} y={MIDDLE} className="flow-symbol flow-d-text">
        D
      </text>
      <Numbers x={x.d} y={MIDDLE + 42} wide={wide} loss={readings.dLoss} norm={readings.dGradNorm} />

      <Output
        x={x.out}
        y={TOP}
        name="D(G(z))"
        value={fake}
        side="fake"
        probability={probability}
        room={width - x.out}
      />
      <Output
        x={x.out}
        y={BOTTOM}
        name="D(x)"
        value={real}
        side="real"
        probability={probability}
        room={width - x.out}
      />
    </svg>
  );
}

interface NumbersProps {
  readonly x: number;
  readonly y: number;
  readonly wide: boolean;
  readonly loss: number;
  readonly norm: number;
}

/** A player's loss and gradient norm, under it. */
function Numbers({ x, y, loss, norm }: NumbersProps) {
  return (
    <text className="flow-note number">
      <NumberRow x={x} y={y} name="loss" value={loss} />
      <NumberRow x={x} y={y + 15} name="‖∇‖" value={norm} />
    </text>
  );
}

/** A name that ends and a value that begins in the middle: neither moves when the value gets longer. */
function NumberRow({
  x,
  y,
  name,
  value,
}: {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly value: number;
}) {
  return (
    <>
      <tspan x={x - 3} y={y} textAnchor="end">
        {name}
      </tspan>
      <tspan x={x + 2} y={y} textAnchor="start" className="flow-value">
        {formatNumber(value)}
      </tspan>
    </>
  );
}

function SampleIcon({ x, y, kind }: { readonly x: number; readonly y: number; readonly kind: "fake" | "real" }) {
  const spots = [
    [-9, -5],
    [-1, 4],
    [6, -6],
    [10, 5],
    [-12, 6],
  ] as const;
  const above = kind === "fake";
  return (
    <g transform={`translate(${x} ${y})`}>
      {spots.map(([dx, dy]) =>
        kind === "fake" ? (
          <circle key={dx} cx={dx} cy={dy} r="2.6" fill="var(--color-fake)" />
        ) : (
          <path
            key={dx}
            d={`M${dx - 2.4} ${dy - 2.4}l4.8 4.8m0 -4.8l-4.8 4.8`}
            stroke="var(--color-real)"
            strokeWidth="1.6"
          />
        ),
      )}
      <text y={above ? -18 : 24} className={`flow-note flow-${kind}-text`} textAnchor="middle">
        {above ? "fakes G(z)" : "reals x"}
      </text>
    </g>
  );
}

interface OutputProps {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly value: number;
  readonly side: "real" | "fake";
  readonly probability: boolean;
  readonly room: number;
}

/** What D says on average: a number, and for probabilities a bar from 0 to 1 with a tick at one half. */
function Output({ x, y, name, value, side, probability, room }: OutputProps) {
  const length = Math.max(40, Math.min(150, room - 6));
  const filled = Number.isFinite(value) ? Math.min(1, Math.max(0, value)) * length : 0;
  const stacked = room < 110;
  return (
    <g transform={`translate(${x} ${y})`}>
      <text className={`flow-note flow-${side}-text`} y={stacked ? -16 : -9}>
        {name}
      </text>
      <text
        className="flow-value number"
        x={stacked ? 0 : length}
        y={stacked ? -3 : -9}
        textAnchor={stacked ? "start" : "end"}
      >
        {formatNumber(value)}
      </text>
      {probability && (
        <>
          <rect y="3" width={length} height="6" rx="1" fill="var(--color-line)" />
          <rect y="3" width={filled} height="6" rx="1" fill={`var(--color-${side})`} />
          <path d={`M${length / 2} 1v10`} stroke="var(--color-axis)" strokeWidth="1" />
        </>
      )}
    </g>
  );
}
