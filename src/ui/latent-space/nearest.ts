/** The training images nearest to samples, found a part of the set at a time, so that training and sliders go on in between. */
import type { ArmId } from "../../core/arms";
import type { Drawn } from "../../core/latent-space/studies";
import { askStudy } from "./ask-study";

/** Training images that are compared at a time: some tens of milliseconds. */
const PART = 1000;

export interface Nearest {
  /** Numbers of training images and Euclidean distances in data units, nearest first: [count, k]. */
  readonly indices: Int32Array;
  readonly distances: Float32Array;
  /** Training images that were compared. */
  readonly total: number;
}

/** @param onPart told which share is done @throws Error with a sentence; an AbortError when it is not wanted any more */
export async function findNearest(
  arm: ArmId,
  samples: Drawn,
  count: number,
  k: number,
  signal: AbortSignal,
  onPart: (share: number) => void = () => {},
): Promise<Nearest> {
  const indices = new Int32Array(count * k).fill(-1);
  const distances = new Float32Array(count * k).fill(Number.POSITIVE_INFINITY);
  let total = PART;
  for (let from = 0; from < total; from += PART) {
    const found = await askStudy(arm, "neighbours", { samples, count, k, from, to: from + PART }, signal);
    total = found.total;
    for (let i = 0; i < count; i++) merge({ indices, distances }, found, i, k);
    onPart(Math.min(1, (from + PART) / total));
  }
  return { indices, distances, total };
}

/** Puts the nearer ones of a row among those that are known. */
function merge(known: Omit<Nearest, "total">, found: Omit<Nearest, "total">, row: number, k: number): void {
  for (let j = row * k; j < (row + 1) * k; j++) {
    const distance = found.distances[j] ?? Number.POSITIVE_INFINITY;
    let at = (row + 1) * k - 1;
    if (distance >= (known.distances[at] ?? 0)) return; // those that follow are no nearer
    while (at > row * k && distance < (known.distances[at - 1] ?? 0)) {
      known.distances[at] = known.distances[at - 1] ?? 0;
      known.indices[at] = known.indices[at - 1] ?? 0;
      at--;
    }
    known.distances[at] = distance;
    known.indices[at] = found.indices[j] ?? 0;
  }
}
