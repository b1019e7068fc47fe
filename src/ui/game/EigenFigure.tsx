/** Eigenvalues in the complex plane, beside the line that parts what leads in from what leads out. */
import { type Complex, modulus } from "../../core/game/jacobian";

const SIZE = 180;

interface Props {
  readonly title: string;
  readonly values: readonly Complex[];
  /** "flow": what lies left of the axis leads in. "step": what lies within the unit circle. */
  readonly kind: "flow" | "step";
}

export function EigenFigure({ title, values, kind }: Props) {
  const reach = 1.15 * Math.max(1, ...values.map(modulus));
  const at = (value: number) => SIZE / 2 + (value / reach) * (SIZE / 2);
  const words = [...new Set(values.map(complexText))].join(", ");
  return (
    <figure className="game-eigen">
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={`${title}: ${words}`}>
        {kind === "flow" ? (
          <rect className="game-inwards" x="0" y="0" width={SIZE / 2} height={SIZE} />
        ) : (
          <circle className="game-inwards" cx={SIZE / 2} cy={SIZE / 2} r={at(1) - SIZE / 2} />
        )}
        <path className="game-grid" d={`M0 ${SIZE / 2}H${SIZE}M${SIZE / 2} 0V${SIZE}`} />
        {values.map((value) => (
          <circle key={complexText(value)} className="game-root" cx={at(value.re)} cy={at(-value.im)} r="5" />
        ))}
      </svg>
      <figcaption>
        {title}
        <span className="number">{words}</span>
        {kind === "step" && (
          <span className="number">modulus {Math.max(...values.map(modulus)).toFixed(4)}, within 1 leads in</span>
        )}
        {kind === "flow" && <span>real parts below 0 lead in</span>}
      </figcaption>
    </figure>
  );
}

/** "0.995 + 0.100 i". */
export function complexText({ re, im }: Complex): string {
  const size = Math.abs(im);
  if (size < 5e-5) return fixed(re);
  return `${fixed(re)} ${im < 0 ? "−" : "+"} ${size.toFixed(4)} i`;
}

const fixed = (value: number) => `${value < -5e-5 ? "−" : ""}${Math.abs(value).toFixed(4)}`;
