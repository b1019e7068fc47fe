/** How a change of arm A reaches arm B of a comparison. Values in, values out. */
import type { ExperimentConfig } from "../core/config";
import { parseConfig } from "../core/parse-config";

/**
 * Arm B after arm A went from `before` to `after`: B follows A wherever it agreed with A, and keeps what it has of its own.
 * Layer lists are taken or kept whole; so is an optimiser whose type changes.
 */
export function carryOver(
  before: ExperimentConfig,
  after: ExperimentConfig,
  other: ExperimentConfig,
): ExperimentConfig {
  return parseConfig(merge(before, after, other), other).config;
}

function merge(before: unknown, after: unknown, other: unknown): unknown {
  if (JSON.stringify(before) === JSON.stringify(other)) return after;
  if (!isRecord(before) || !isRecord(after) || !isRecord(other)) return other;
  // The fields of two types of optimiser do not mix.
  if (before.type !== after.type || after.type !== other.type) {
    if ("learningRate" in before) return other;
  }
  return Object.fromEntries(Object.keys(other).map((key) => [key, merge(before[key], after[key], other[key])]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
