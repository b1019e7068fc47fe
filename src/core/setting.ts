/**
 * The numbers and choices that schemas of settings are made of, each with what a change of it means for a run. Builders only: the
 * settings are in config.ts and core/models/, who asks what a change means is effects.ts.
 */
import * as v from "valibot";

/**
 * What a change of a setting asks of a run. "live": nothing, it is read at every step. "record": the networks go on, but a step is
 * other operations and is recorded anew. "restart": networks or data are built anew.
 */
export type Effect = "live" | "record" | "restart";

export interface SettingInfo {
  readonly effect: Effect;
  /** The value at which it is switched off, for what has a strength. */
  readonly off?: number;
  /** Switching it on or off restarts, as there is then a part of the networks more or less. */
  readonly switchRestarts?: true;
  /** As a panel calls it, what it does in a sentence or two, and what its choices are called. */
  readonly label?: string;
  readonly definition?: string;
  readonly names?: Readonly<Record<string, string>>;
  /** A step takes as long whatever the value, unless that is `off`. */
  readonly free?: true;
}

/** A whole number within bounds, both included. */
export const integer = (min: number, max: number, info: SettingInfo) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max), v.metadata({ ...info }));

/** A number within bounds, both included. */
export const real = (min: number, max: number, info: SettingInfo) =>
  v.pipe(v.number(), v.minValue(min), v.maxValue(max), v.metadata({ ...info }));

/** One of a list of texts. */
export const choice = <const T extends readonly string[]>(options: T, info: SettingInfo) =>
  v.pipe(v.picklist(options), v.metadata({ ...info }));
