/**
 * How the layers of a network are: what they give, how they learn, and whether units have fallen silent. Numbers in, numbers out;
 * what is read off the networks is engine/probes/health.ts.
 */
import type { Activation, LayerType } from "./architecture/layers";

/** How numbers are spread: shares of equal bins, and five quantiles. */
export interface Distribution {
  readonly low: number;
  readonly high: number;
  /** Shares of the numbers that are finite, BINS of them from low to high. */
  readonly shares: Float32Array;
  /** At QUANTILES; NaN where there is no number. */
  readonly quantiles: readonly number[];
}

export interface LayerHealth {
  /** Its place: "3", and inside that layer "3/0". */
  readonly path: string;
  readonly type: LayerType;
  readonly activation: Activation;
  /** Numbers (dense) or channels (convolutions) that it gives. */
  readonly units: number;
  /** Units that are at rest for every example of a minibatch (unitsAtRest); null where none can be. */
  readonly atRest: number | null;
  /** What it gives for a minibatch, its activation applied. */
  readonly activations: Distribution;
  /** Of all its weights together, biases too; null for a layer without. */
  readonly learning: LayerLearning | null;
  /** Of its kernel as passes take it, the largest first, where spectral norm acts; null elsewhere. */
  readonly singularValues: Float32Array | null;
}

export interface LayerLearning {
  /** L2 norms. */
  readonly weightNorm: number;
  readonly gradientNorm: number;
  /** Norm of what the next update subtracts over that of the weights. About 0.001 is usual; 0.1 tears, 0.00001 stands still. */
  readonly updateRatio: number;
  readonly gradients: Distribution;
}

export interface NetworkHealth {
  readonly network: string;
  readonly layers: readonly LayerHealth[];
}

/** The health of all networks of a model, at one step. */
export type Health = readonly NetworkHealth[];

/** Of a distribution. */
export const BINS = 40;
export const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** How numbers are spread; what is not finite is left out. From the lowest to the highest, 0 always among them. */
export function distributionOf(values: ArrayLike<number>): Distribution {
  const sorted = Float32Array.from(values).filter(Number.isFinite).sort();
  const low = Math.min(0, sorted[0] ?? 0);
  const high = Math.max(0, sorted.at(-1) ?? 0);
  const shares = new Float32Array(BINS);
  const width = (high - low) / BINS;
  for (const value of sorted) {
    const bin = width === 0 ? 0 : Math.min(BINS - 1, Math.floor((value - low) / width));
    shares[bin] = (shares[bin] ?? 0) + 1 / sorted.length;
  }
  return { low, high, shares, quantiles: QUANTILES.map((q) => quantile(sorted, q)) };
}

/** By linear interpolation between the two nearest. @param sorted ascending */
function quantile(sorted: Float32Array, q: number): number {
  const at = q * (sorted.length - 1);
  const [below = Number.NaN, above = below] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (at - Math.floor(at)) * (above - below);
}

/** Beyond this a squashing activation is at its end: its slope is below 6 % of what it is in the middle. */
const SATURATED: Readonly<Partial<Record<Activation, { readonly low: number; readonly high: number }>>> = {
  tanh: { low: -0.97, high: 0.97 },
  sigmoid: { low: 0.015, high: 0.985 },
};

/** Activations of which the part below 0 is off, or nearly. */
const RECTIFYING: ReadonlySet<Activation> = new Set(["relu", "leakyRelu", "elu", "swish"]);

/**
 * Whether a unit is at rest: never above 0 (rectifiers: nothing, or next to nothing, gets through it), or always at the same end
 * (tanh, sigmoid: its slope has vanished).
 * @param low its lowest value over a minibatch @param high its highest
 * @returns null for activations that have no rest
 */
export function isAtRest(activation: Activation, low: number, high: number): boolean | null {
  const ends = SATURATED[activation];
  if (ends !== undefined) return low >= ends.high || high <= ends.low;
  return RECTIFYING.has(activation) ? high <= 0 : null;
}

/**
 * How many units are at rest.
 * @param lowest of each unit over a minibatch @param highest likewise
 * @returns null for activations that have no rest
 */
export function unitsAtRest(
  activation: Activation,
  lowest: ArrayLike<number>,
  highest: ArrayLike<number>,
): number | null {
  if (isAtRest(activation, 0, 0) === null) return null;
  let count = 0;
  for (let i = 0; i < highest.length; i++) if (isAtRest(activation, lowest[i] ?? 0, highest[i] ?? 0)) count++;
  return count;
}

/** Bounds of what is called usual. Rules of thumb for training by gradients, not laws. */
const MOST_AT_REST = 0.5;
const USUAL_RATIO = { least: 1e-6, most: 0.1 } as const;

/** What a person should look at in a layer, as short sentences; none where nothing stands out. */
export function remarksOf({ atRest, units, learning, singularValues }: LayerHealth): readonly string[] {
  const remarks: string[] = [];
  if (atRest !== null && atRest > MOST_AT_REST * units) {
    remarks.push(atRest === units ? "All of its units are at rest." : "More than half of its units are at rest.");
  }
  if (learning !== null && learning.gradientNorm === 0) remarks.push("No gradient reaches it: it does not learn.");
  else if (learning !== null && learning.updateRatio < USUAL_RATIO.least) {
    remarks.push("Its updates are next to nothing beside its weights.");
  }
  if (learning !== null && learning.updateRatio > USUAL_RATIO.most) {
    remarks.push("Its updates are large beside its weights: it may jump instead of learn.");
  }
  const [largest = 1] = singularValues ?? [];
  if (largest > 1.2) remarks.push("Its norm lags behind: the largest singular value should be 1.");
  return remarks;
}
