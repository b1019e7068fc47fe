/** How far two densities on the same cells are from each other, by the divergences of GAN theory. Numbers only; nats. */

export interface Divergences {
  /** KL(p_data ‖ p_g): large where data are missed. */
  readonly forwardKl: number;
  /** KL(p_g ‖ p_data): large where fakes lie beside the data. */
  readonly reverseKl: number;
  /** Jensen-Shannon, from 0 to ln 2. */
  readonly js: number;
  /** Total variation, from 0 to 1: the share of probability that would have to be moved. */
  readonly totalVariation: number;
}

/** Below this share of the other density a logarithm would be one of noise; what is missed altogether counts as this much. */
const LEAST = 1e-6;

/**
 * Both are made to sum to 1 over the cells first.
 * @param p density of the data, per cell @param q of the fakes
 * @see Goodfellow et al. 2014, section 4.1; Arjovsky et al. 2017, section 2
 */
export function divergences(p: ArrayLike<number>, q: ArrayLike<number>): Divergences {
  const [sumP, sumQ] = [sumOf(p), sumOf(q)];
  let [forwardKl, reverseKl, js, totalVariation] = [0, 0, 0, 0];
  if (sumP === 0 || sumQ === 0) return { forwardKl: NONE, reverseKl: NONE, js: NONE, totalVariation: NONE };
  for (let i = 0; i < p.length; i++) {
    const [a, b] = [(p[i] ?? 0) / sumP, (q[i] ?? 0) / sumQ];
    forwardKl += part(a, Math.max(b, LEAST * a));
    reverseKl += part(b, Math.max(a, LEAST * b));
    js += 0.5 * part(a, (a + b) / 2) + 0.5 * part(b, (a + b) / 2);
    totalVariation += 0.5 * Math.abs(a - b);
  }
  return { forwardKl, reverseKl, js: Math.max(0, js), totalVariation };
}

const NONE = Number.NaN;

/** Cells with less than this add nothing, and a quotient of such numbers may have no end. */
const NOTHING = 1e-15;

const part = (a: number, b: number) => (a > NOTHING ? a * Math.log(a / b) : 0);

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return sum;
}
