/** Quality and diversity over the factor that latents are pulled towards their mean by, beside what reals read. Drawing only. */
import { useRef } from "react";
import type { TruncationEffect } from "../../../core/latent-space/studies";
import { SaveChart } from "../../take-away/SaveChart";
import type { RoleColors } from "../../theme/colors";

/** The largest factor. */
export const MOST_PSI = 1.5;

export interface MeasuredEffect extends TruncationEffect {
  readonly psi: number;
}

export const percent = (share: number): number => Math.round(100 * share);

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [320, 140, 34, 18, 8];
const DASHED = "6 3";

interface Props {
  /** What was measured, by rising factors. */
  readonly effects: readonly MeasuredEffect[];
  /** The factor that is chosen. */
  readonly psi: number;
  readonly colors: RoleColors;
}

export function TruncationCurves({ effects, psi, colors }: Props) {
  const figure = useRef<HTMLElement>(null);
  const judge = effects[0]?.judge ?? null;
  const top = Math.max(1, ...effects.map(({ diversity }) => diversity));
  const x = (value: number) => LEFT + ((WIDTH - LEFT - 8) * value) / MOST_PSI;
  const y = (value: number) => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * value) / top;
  const path = (of: (effect: MeasuredEffect) => number) =>
    effects.map((effect, i) => `${i === 0 ? "M" : "L"}${x(effect.psi)} ${y(of(effect))}`).join("");
  const diversityText = (value: number) => (judge === null ? value.toFixed(2) : `${percent(value)} %`);
  const text = effects
    .map((one) => `ψ ${one.psi}: quality ${percent(one.quality)} %, diversity ${diversityText(one.diversity)}`)
    .join("; ");
  const reals = judge === null ? [1] : [judge.quality, judge.diversity];
  const words = {
    title: "Truncation",
    unit: "over ψ",
    legend: [
      { text: judge === null ? "quality" : "quality: precision", color: colors.fake, dash: "" },
      { text: judge === null ? "diversity" : "diversity: recall", color: colors.generator, dash: DASHED },
      { text: "real data", color: colors.real, dash: "2 3" },
    ],
  };
  return (
    <figure ref={figure} className="space-curves">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={text}>
        {[0, 0.5, 1].map((value) => (
          <g key={value}>
            <line x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} stroke={colors.line} />
            <text x={LEFT - 4} y={y(value) + 3} fill={colors.muted} fontSize={9} textAnchor="end">
              {value}
            </text>
          </g>
        ))}
        {[0, 0.5, 1, 1.5].map((value) => (
          <text key={value} x={x(value)} y={HEIGHT - 4} fill={colors.muted} fontSize={9} textAnchor="middle">
            {value}
          </text>
        ))}
        {reals.map((value, i) => (
          <line
            // biome-ignore lint/suspicious/noArrayIndexKey: quality's, then diversity's
            key={i}
            x1={LEFT}
            x2={WIDTH}
            y1={y(value)}
            y2={y(value)}
            stroke={colors.real}
            strokeDasharray="2 3"
          />
        ))}
        <line x1={x(psi)} x2={x(psi)} y1={TOP} y2={HEIGHT - BOTTOM} stroke={colors.axis} />
        <path d={path(({ quality }) => quality)} fill="none" stroke={colors.fake} strokeWidth={2} />
        <path
          d={path(({ diversity }) => diversity)}
          fill="none"
          stroke={colors.generator}
          strokeWidth={2}
          strokeDasharray={DASHED}
        />
      </svg>
      <figcaption className="space-note">
        <span className="role-fake">Quality, solid</span>
        {", "}
        <span className="role-generator">diversity, dashed</span>
        {`, over ψ from 0 to ${MOST_PSI}. Dotted: ${judge === null ? "two sets of reals" : "test images"}.`}
      </figcaption>
      <div className="space-row">
        <SaveChart
          what="the curves"
          id="truncation"
          words={words}
          ready={effects.length > 1}
          drawing={() => figure.current?.querySelector("svg")}
        />
      </div>
    </figure>
  );
}
