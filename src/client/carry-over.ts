/** How a change of arm A reaches arm B of a comparison. Values in, values out. */
import type { ExperimentConfig } from "../core/config";
import { parseConfig } from "../core/parse-config";
import { isOtherKind, isTree, sameValue } from "../core/tree";

/**
 * Arm B after arm A went from `before` to `after`: B follows A wherever it agreed with A, and keeps what it has of its own.
 * Layer lists are taken or kept whole; so is an optimiser whose type changes.
 */
export function carryOver(
  before: ExperimentConfig,
  after: ExperimentConfig,
  other: ExperimentConfig,
): ExperimentConfig {
  return parseConfig(merge("", before, after, other), other).config;
}

function merge(key: string, before: unknown, after: unknown, other: unknown): unknown {
  if (sameValue(before, other)) return after;
  if (!isTree(before) || !isTree(after) || !isTree(other)) return other;
  if (isOtherKind(key, before, after) || isOtherKind(key, after, other)) return other;
  return Object.fromEntries(
    Object.keys(other).map((name) => [name, merge(name, before[name], after[name], other[name])]),
  );
}
