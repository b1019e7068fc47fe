/** Checks of what a person types after a command. No files, no runs. */
import { BACKENDS, type BackendName } from "../core/device";
import { PRESETS, type PresetId } from "../core/presets";

export const isBackend = (name: string): name is BackendName => (BACKENDS as readonly string[]).includes(name);
export const isPresetId = (name: string): name is PresetId => Object.hasOwn(PRESETS, name);

/** @throws RangeError with a sentence when `text` is no whole number between min and max. */
export function wholeNumber(option: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max || text.trim() === "") {
    throw new RangeError(`${option} must be a whole number from ${min} to ${max}, but is "${text}".`);
  }
  return value;
}
