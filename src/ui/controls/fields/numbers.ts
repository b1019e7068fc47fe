/** Numbers in fields: reading what was typed, clamping it with a sentence, stepping. No components. */
import type { Bounds } from "../../../core/bounds";

export interface ReadNumber {
  /** The value to use; null when nothing sensible was typed and the old one stays. */
  readonly value: number | null;
  /** What was changed or refused, as a sentence; null when the text was taken as it is. */
  readonly problem: string | null;
}

/** Reads a typed number such as "64", "2e-4" or ".5" ("," counts as a decimal point), clamped into its bounds. */
export function readNumber(text: string, label: string, bounds: Bounds, current: number): ReadNumber {
  const typed = Number(text.trim().replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(typed)) {
    const range = `from ${plain(bounds.min)} to ${plain(bounds.max)}`;
    return { value: null, problem: `${label} must be a number ${range}; ${plain(current)} is kept.` };
  }
  if (typed < bounds.min) {
    return {
      value: bounds.min,
      problem: `The smallest ${lower(label)} is ${plain(bounds.min)}, which is used instead.`,
    };
  }
  if (typed > bounds.max) {
    return {
      value: bounds.max,
      problem: `The largest ${lower(label)} is ${plain(bounds.max)}, which is used instead.`,
    };
  }
  if (bounds.integer && !Number.isInteger(typed)) {
    const value = Math.round(typed);
    return { value, problem: `${label} is a whole number, so ${plain(value)} is used.` };
  }
  return { value: typed, problem: null };
}

/** A number as people type it: no thousands separators, powers of ten only for the very small. */
export function plain(value: number): string {
  return Math.abs(value) > 0 && Math.abs(value) < 1e-4 ? value.toExponential().replace("e-0", "e-") : String(value);
}

/** The neighbour of a value: ±step, or along 1, 2, 5, 10, 20 … for quantities that span powers of ten. */
export function neighbour(value: number, direction: 1 | -1, stepping: "linear" | "log", step: number): number {
  if (stepping === "linear") return Number((value + direction * step).toPrecision(10));
  if (value <= 0) return direction > 0 ? 1e-6 : 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const ladder = [0.5, 1, 2, 5, 10].map((factor) => Number((factor * power).toPrecision(3)));
  const beyond =
    direction > 0 ? ladder.find((rung) => rung > value * 1.001) : ladder.findLast((rung) => rung < value * 0.999);
  return beyond ?? value;
}

const lower = (label: string) => (/^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label);
