/** A scale of D's map that stays while it is nearly right, so that colours do not flicker; moments of the past, and parts of the plane, leave it alone. */
import type { Opinion } from "../../core/opinion";
import { type HeatMode, type HeatScale, heatScale } from "./heat-scale";

export class SteadyScale {
  #present: HeatScale | null = null;
  /** Of the part of the plane that is shown; null while all of it is. */
  #part: HeatScale | null = null;
  /** Maps that came while a moment of the past was looked at: one may be drawn once more on the way back. */
  readonly #past = new WeakSet<Float32Array>();

  /**
   * @param logits of all that the map shows
   * @param map the worker's own array that they come from: which picture it is
   * @param visiting whether a moment of the past is looked at
   * @param part whether the map is of a part of the plane
   */
  of(
    logits: Float32Array,
    map: Float32Array,
    opinion: Opinion,
    mode: HeatMode,
    visiting: boolean,
    part: boolean,
  ): HeatScale {
    if (!part) this.#part = null;
    const scale = heatScale(logits, opinion, mode, this.#part ?? this.#present);
    if (visiting) this.#past.add(map);
    if (this.#past.has(map)) return scale;
    if (part) this.#part = scale;
    else this.#present = scale;
    return scale;
  }
}
