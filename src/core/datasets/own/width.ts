/** How wide the kernels around one's own points should be, so that they say of other points of the same kind that they are likely. */
import { WIDTHS } from "./points";

const STEPS = 14;
/** Points whose likelihood is asked for: enough to tell widths apart, few enough for a moment. */
const ASKED = 200;

/**
 * The width at which each point is likeliest under the kernels of all the others (leave-one-out likelihood: Silverman 1986, section
 * 3.4.4), of a dozen from the narrowest to the widest. A point that lies twice counts once, as its twin would vouch for any width.
 */
export function likeliestWidth(dimension: 1 | 2, points: Float64Array): number {
  const count = points.length / dimension;
  const every = Math.max(1, Math.ceil(count / ASKED));
  const ratio = (WIDTHS.widest / WIDTHS.narrowest) ** (1 / (STEPS - 1));
  const widths = Array.from({ length: STEPS }, (_, k) => WIDTHS.narrowest * ratio ** k);
  const likelihoods = new Float64Array(STEPS);
  const sums = new Float64Array(STEPS);
  for (let i = 0; i < count; i += every) {
    sums.fill(0);
    for (let j = 0; j < count; j++) {
      const dx = (points[dimension * i] ?? 0) - (points[dimension * j] ?? 0);
      const dy = dimension === 2 ? (points[2 * i + 1] ?? 0) - (points[2 * j + 1] ?? 0) : 0;
      const square = dx * dx + dy * dy;
      if (square === 0) continue;
      for (const [k, width] of widths.entries()) {
        if (square < 50 * width * width)
          sums[k] = (sums[k] ?? 0) + Math.exp((-0.5 * square) / (width * width)) / width ** dimension;
      }
    }
    for (let k = 0; k < STEPS; k++) likelihoods[k] = (likelihoods[k] ?? 0) + Math.log((sums[k] ?? 0) + 1e-12);
  }
  let best = 0;
  for (let k = 1; k < STEPS; k++) if ((likelihoods[k] ?? 0) > (likelihoods[best] ?? 0)) best = k;
  return Math.round(1000 * (widths[best] ?? WIDTHS.usual)) / 1000;
}
