/** Checks of what a person types after a command, before any work begins. No runs. */
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { BACKENDS, type BackendName } from "../core/device";
import { PRESET_IDS, PRESETS, type PresetId } from "../core/presets";

/** What was typed cannot be done; the message says why and what to type instead. Commands exit with code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const isBackend = (name: string): name is BackendName => (BACKENDS as readonly string[]).includes(name);
export const isPresetId = (name: string): name is PresetId => Object.hasOwn(PRESETS, name);

/** @throws UsageError that names all presets when there is none of this id. */
export function presetId(text: string): PresetId {
  if (isPresetId(text)) return text;
  throw new UsageError(`There is no preset "${text}". Choose one of: ${PRESET_IDS.join(", ")}.`);
}

/** @throws UsageError that names all backends when there is none of this name. */
export function backendName(text: string): BackendName {
  if (isBackend(text)) return text;
  throw new UsageError(`There is no backend "${text}". Choose one of: ${BACKENDS.join(", ")}.`);
}

/** @throws UsageError when `text` is no whole number between min and max. */
export function wholeNumber(option: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max || text.trim() === "") {
    throw new UsageError(`${option} must be a whole number from ${min} to ${max}, but is "${text}".`);
  }
  return value;
}

/**
 * Finds out before the training, not after it, whether its output can be kept.
 * @throws UsageError when no file can be written at `path`
 */
export function refuseUnwritable(option: string, path: string): void {
  const folder = dirname(path);
  const why = (reason: string) => new UsageError(`${option} ${path} cannot be written: ${reason}.`);
  if (!existsSync(folder)) throw why(`there is no folder ${folder}; make it, or name another`);
  if (existsSync(path) && statSync(path).isDirectory()) throw why("it is a folder; name a file in it");
  try {
    accessSync(existsSync(path) ? path : folder, constants.W_OK);
  } catch {
    throw why("there is no permission to; name another file");
  }
}
