/** A scale of D's map that stays while it is nearly right, so that colours do not flicker; moments of the past leave the present's alone. */
import type { Opinion } from "../../core/opinion";
import { type HeatMode, type HeatScale, heatScale } from "./heat-scale";

export class SteadyScale {
  #present: HeatScale | null = null;
  /** Maps that came while a moment of the past was looked at: one may be drawn once more on the way back. */
  readonly #past = new WeakSet<Float32Array>();

  /**
   * @param logits of the whole map
   * @param map the worker's own array that they come from: which picture it is
   * @param visiting whether a moment of the past is looked at
   */
  of(logits: Float32Array, map: Float32Array, opinion: Opinion, mode: HeatMode, visiting: boolean): HeatScale {
    const scale = heatScale(logits, opinion, mode, this.#present);
    if (visiting) this.#past.add(map);
    if (!this.#past.has(map)) this.#present = scale;
    return scale;
  }
}
