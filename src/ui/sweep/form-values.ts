/** What a person types into the form of many runs, read: lists of seeds and values. Text in, values or a sentence out. */
import type { ExperimentConfig } from "../../core/config";
import { firstSeeds } from "../../core/sweep/description";
import { MOST_RUNS, type SweepAxis } from "../../core/sweep/plan";
import type { SweepSetting, SweepValue } from "../../core/sweep/settings";
import { plain } from "../controls/fields/numbers";

export type Read<T> =
  | { readonly value: T; readonly problem: null }
  | { readonly value: null; readonly problem: string };

const good = <T>(value: T): Read<T> => ({ value, problem: null });
const bad = (problem: string) => ({ value: null, problem });

/** "5": the seeds 1 to 5; "3, 7, 11": these. */
export function readSeeds(text: string): Read<readonly number[]> {
  const parts = partsOf(text);
  const numbers = parts.map(Number);
  if (parts.length === 0) return bad("Say how many seeds, such as 5, or which: 3, 7, 11.");
  const wrong = parts.find((_, i) => !Number.isInteger(numbers[i]) || (numbers[i] ?? -1) < 0);
  if (wrong !== undefined) return bad(`“${wrong}” is no seed: seeds are whole numbers from 0.`);
  const [count = 0] = numbers;
  if (numbers.length > 1) return good(numbers);
  if (count < 1 || count > MOST_RUNS) return bad(`From 1 to ${MOST_RUNS} seeds can be run.`);
  return good(firstSeeds(count));
}

/** "0.001, 2e-4": the values of a number. */
export function readNumbers(text: string, { name }: SweepSetting): Read<readonly number[]> {
  const parts = partsOf(text);
  const wrong = parts.find((part) => !Number.isFinite(Number(part)));
  if (wrong !== undefined) return bad(`“${wrong}” is no number: give values of the ${name} with commas between them.`);
  if (parts.length === 0) return bad(`Give values of the ${name} with commas between them.`);
  return good(parts.map(Number));
}

const partsOf = (text: string) => text.split(/[\s,;]+/).filter((part) => part !== "");

/** Values worth trying around the present one: half and twice for numbers, all of a choice. */
export function suggestedValues({ value, bounds, options }: SweepSetting): readonly SweepValue[] {
  if (bounds === null || typeof value !== "number") return options.map((option) => option.value);
  const { min, max, integer } = bounds;
  const around = value === 0 ? [0, ...(max > 1 ? [1, 10] : [0.1, 0.5])] : [value / 3, value, value * 3];
  const rounded = around.map((one) => (integer ? Math.round(one) : Number(one.toPrecision(1))));
  const exact = rounded.map((one, i) => (around[i] === value ? value : one));
  return [...new Set(exact.map((one) => Math.min(max, Math.max(min, one))))];
}

export const valuesText = (values: readonly SweepValue[]): string =>
  values.map((value) => (typeof value === "number" ? plain(value) : value)).join(", ");

/** An axis of the grid as the form has it; a path of "" is none. */
export interface AxisDraft {
  readonly path: string;
  /** Typed values of a number. */
  readonly text: string;
  /** Ticked choices. */
  readonly chosen: readonly string[];
}

export const NO_AXIS: AxisDraft = { path: "", text: "", chosen: [] };

/** The draft of an axis with the values that are worth trying. */
export function draftOf(setting: SweepSetting | undefined): AxisDraft {
  if (setting === undefined) return NO_AXIS;
  const values = suggestedValues(setting);
  return setting.bounds === null
    ? { path: setting.path, text: "", chosen: values.map(String) }
    : { path: setting.path, text: valuesText(values), chosen: [] };
}

/** The axis of a draft; null for none. */
export function readAxis({ path, text, chosen }: AxisDraft, settings: readonly SweepSetting[]): Read<SweepAxis | null> {
  const setting = settings.find((one) => one.path === path);
  if (path === "") return good(null);
  if (setting === undefined) return bad("The experiment on the page no longer has this setting. Choose another.");
  if (setting.bounds === null) return good({ setting, values: chosen });
  const numbers = readNumbers(text, setting);
  return numbers.problem === null ? good({ setting, values: numbers.value }) : numbers;
}

/** Steps that runs have where nobody says otherwise: as long as rates fall, where they do. */
export function usualSteps({ schedule }: ExperimentConfig): number {
  return schedule.type === "constant" ? 2_000 : Math.min(schedule.steps, 6_000);
}
