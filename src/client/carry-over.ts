/** How a change of arm A reaches arm B of a comparison. Values in, values out. */
import type { ExperimentConfig } from "../core/config";
import { parseConfig } from "../core/parse-config";
import { isOtherKind, isTree, sameValue, walk } from "../core/tree";

/**
 * Arm B after arm A went from `before` to `after`: B follows A wherever it agreed with A, and keeps what it has of its own.
 * Layer lists are taken or kept whole; so is an optimiser whose type changes.
 */
export function carryOver(
  before: ExperimentConfig,
  after: ExperimentConfig,
  other: ExperimentConfig,
): ExperimentConfig {
  const followed = walk([other, before, after], null, ({ path, values: [own, old, next] }) => {
    if (own === undefined) return { value: undefined };
    if (sameValue(old, own)) return { value: next };
    if (!isTree(old) || !isTree(next) || !isTree(own)) return { value: own };
    return isOtherKind(path, old, next) || isOtherKind(path, next, own) ? { value: own } : { below: null };
  });
  return parseConfig(followed, other).config;
}
