/** The same game as a GAN draws it: all data at 0, the one fake at θ, and D's opinion as a line of slope ψ through the data. */
import { formatNumber } from "../../core/format";
import type { Point } from "../../core/game/field";
import { EXTENT } from "./PlaneFigure";

const [WIDTH, HEIGHT] = [380, 120];
/** Of D's opinion: a slope of 1 rises by this over a unit. */
const RISE = 24;

export function LineFigure({ now: [theta, psi] }: { readonly now: Point }) {
  const at = (x: number) => ((x + EXTENT) / (2 * EXTENT)) * WIDTH;
  const middle = HEIGHT / 2;
  const end = Math.max(-middle, Math.min(middle, RISE * psi * EXTENT));
  const fake = Math.max(-EXTENT, Math.min(EXTENT, theta));
  return (
    <svg
      className="game-line"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`The data at 0, the fake at ${formatNumber(theta, 2)}, D with slope ${formatNumber(psi, 2)}`}
    >
      <line className="game-grid" x1="0" x2={WIDTH} y1={middle} y2={middle} />
      <line className="game-opinion" x1="0" x2={WIDTH} y1={middle + end} y2={middle - end} />
      <circle className="game-data" cx={at(0)} cy={middle} r="7" />
      <path className="game-fake" d={`M${at(fake)} ${middle - 9}l8 16h-16z`} />
      <text className="game-tick" x={at(0)} y={middle + 24} textAnchor="middle">
        data
      </text>
      <text className="game-tick" x={at(fake)} y={middle - 14} textAnchor="middle">
        fake
      </text>
    </svg>
  );
}
