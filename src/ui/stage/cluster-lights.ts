/** Which clusters of the data are found, and since when: what lights up on the 2-D stage. No drawing (draw-clusters.ts). */
import type { ArmView } from "../../client/store";
import { datasetOf } from "../../core/datasets";
import { SOLID_MODE_SAMPLES } from "../../core/metrics/found";

export interface ClusterLight {
  readonly x: number;
  readonly y: number; // data units
  readonly found: boolean;
  /** From 0 to 1 while it is being celebrated, else 1. */
  readonly age: number;
}

/** How long a cluster that was just found draws the eye. */
export const CELEBRATION_MS = 900;

/**
 * Follows one arm. A cluster is celebrated when it is found while one looks: not those found before the first look, nor when the
 * run starts anew.
 */
export class ClusterLights {
  #quality: ArmView["quality"] = null;
  #foundAt: number[] = [];

  /** @param now ms @param still no celebration: the person asked for less motion */
  look(view: ArmView | undefined, now: number, still: boolean): readonly ClusterLight[] | null {
    const data = view === undefined ? null : datasetOf(view.config.dataset);
    const quality = view?.quality ?? null;
    if (data?.kind !== "points" || data.dimension !== 2 || !quality?.counts) {
      this.#quality = null;
      return null;
    }
    const centers = data.modes?.centers ?? [];
    const counts = quality.counts;
    if (quality !== this.#quality) {
      const known = this.#quality?.counts?.length === counts.length && quality.step >= this.#quality.step;
      const before = known ? this.#quality?.counts : null;
      this.#foundAt = counts.map((count, mode) => {
        const was = before === null || (before?.[mode] ?? 0) >= SOLID_MODE_SAMPLES;
        if (count < SOLID_MODE_SAMPLES || still) return Number.NEGATIVE_INFINITY;
        return was ? (this.#foundAt[mode] ?? Number.NEGATIVE_INFINITY) : now;
      });
      this.#quality = quality;
    }
    return centers.map(([x = 0, y = 0], mode) => ({
      x,
      y,
      found: (counts[mode] ?? 0) >= SOLID_MODE_SAMPLES,
      age: Math.min(1, (now - (this.#foundAt[mode] ?? Number.NEGATIVE_INFINITY)) / CELEBRATION_MS),
    }));
  }
}
