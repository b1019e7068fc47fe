/**
 * A look inside a network: what one layer gives for one sample, unit by unit, and what becomes of the samples when units are switched
 * off (Bau et al. 2019, "GAN Dissection"). Types and arithmetic; the networks are asked by engine/probes/inside.ts.
 */
import type { Activation } from "./architecture/layers";
import type { Shape } from "./architecture/shape";
import { isAtRest } from "./health";

/** What is to be looked at. */
export interface InsideQuestion {
  /** A network of the model that makes samples, judges them or codes them. */
  readonly network: string;
  /** The layer's path: "3", and inside that layer "3/0". */
  readonly layer: string;
  /** The sample of this latent; what judges or codes may look at a real sample instead. */
  readonly latent: Float32Array;
  readonly label: number;
  readonly of: "fake" | "real";
  /** Units of the layer that give 0 instead. */
  readonly off: readonly number[];
  /** The unit whose kernel is to be seen; null for none. */
  readonly unit: number | null;
  /** Whether the effect of each unit alone is to be measured, which takes a pass a unit. */
  readonly rank: boolean;
}

/** Each unit over a minibatch and all positions; the chosen sample is its first example. */
export interface UnitStatistics {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
  /** Share of the values above 0. */
  readonly positive: Float32Array;
  readonly lowest: Float32Array;
  readonly highest: Float32Array;
}

/** A kernel as pictures: `count` slices of height × width, one after the other. */
export interface KernelPictures {
  readonly height: number;
  readonly width: number;
  readonly count: number;
  readonly values: Float32Array;
}

export interface Inside {
  /** Of what the layer gives for one example; units are the last axis. */
  readonly shape: Shape;
  readonly activation: Activation;
  /** What it gives for the chosen sample. */
  readonly maps: Float32Array;
  readonly statistics: UnitStatistics;
  /** Weights from the layer's inputs to the chosen unit; null for a layer without a kernel, or where no unit is chosen. */
  readonly kernel: KernelPictures | null;
  readonly effect: Effect;
  /** Mean change that each unit alone makes, as `change` of the effect; null where it was not asked for. */
  readonly ranks: Float32Array | null;
}

/** What switching units off does. Images are RGBA bytes, points in data units; the chosen sample first. */
export type Effect =
  | {
      readonly kind: "samples";
      readonly count: number;
      /** Of a network that codes samples: the one that was coded, of which the first of those below is the copy. Else null. */
      readonly coded: Float32Array | Uint8ClampedArray | null;
      readonly before: Float32Array | Uint8ClampedArray;
      readonly after: Float32Array | Uint8ClampedArray;
      /** Mean absolute difference of the samples' numbers, data units. */
      readonly change: number;
    }
  | {
      readonly kind: "logits";
      /** The chosen sample as it was judged, as above. */
      readonly sample: Float32Array | Uint8ClampedArray;
      /** Mean logits of a minibatch of fakes and one of reals. */
      readonly fakes: { readonly before: number; readonly after: number };
      readonly reals: { readonly before: number; readonly after: number };
      /** Mean absolute difference of all logits. */
      readonly change: number;
    };

/** Statistics of the last axis of values [..., units]. */
export function unitStatistics(values: Float32Array, units: number): UnitStatistics {
  const [mean, deviation, positive] = [new Float32Array(units), new Float32Array(units), new Float32Array(units)];
  const lowest = new Float32Array(units).fill(Number.POSITIVE_INFINITY);
  const highest = new Float32Array(units).fill(Number.NEGATIVE_INFINITY);
  const rows = values.length / units;
  for (let unit = 0; unit < units; unit++) {
    let [sum, above, low, high] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = unit; i < values.length; i += units) {
      const value = values[i] ?? 0;
      sum += value;
      if (value > 0) above += 1;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    const centre = sum / rows;
    let squares = 0;
    for (let i = unit; i < values.length; i += units) squares += ((values[i] ?? 0) - centre) ** 2;
    mean[unit] = centre;
    deviation[unit] = Math.sqrt(squares / rows);
    positive[unit] = above / rows;
    lowest[unit] = low;
    highest[unit] = high;
  }
  return { mean, deviation, positive, lowest, highest };
}

/** Units that are at rest in the whole minibatch, or give one and the same number: they draw and tell nothing. */
export function deadUnits({ activation, statistics }: Pick<Inside, "activation" | "statistics">): readonly number[] {
  const { lowest, highest } = statistics;
  return Array.from(lowest, (low, unit) => ({ low, high: highest[unit] ?? 0, unit }))
    .filter(({ low, high }) => isAtRest(activation, low, high) === true || low === high)
    .map(({ unit }) => unit);
}

/** Mean absolute difference of two lists of numbers. */
export function meanDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / Math.max(1, a.length);
}
