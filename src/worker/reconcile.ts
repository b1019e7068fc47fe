/** What a new configuration means for the arms that run: a decision in data, nothing done. */
import { changeKind, type ExperimentConfig } from "../core/config";

/** For each wanted arm: go on with a live change, split off from arm A's state, or everything anew. */
export type Plan = { readonly kind: "rebuild" } | { readonly kind: "keep"; readonly b: "none" | "update" | "split" };

/**
 * Arm A decides: when its change is live it goes on. Then arm B goes on if its own change is live, or is split off from A
 * if it differs from A in live values only; otherwise both begin anew, so that they are compared from the same start.
 */
export function planArms(running: readonly ExperimentConfig[], wanted: readonly ExperimentConfig[]): Plan {
  const [a, b] = running;
  const [nextA, nextB] = wanted;
  const live = (from: ExperimentConfig | undefined, to: ExperimentConfig | undefined) =>
    from !== undefined && to !== undefined && changeKind(from, to) !== "restart";
  if (!live(a, nextA)) return { kind: "rebuild" };
  if (nextB === undefined) return { kind: "keep", b: "none" };
  if (live(b, nextB)) return { kind: "keep", b: "update" };
  if (live(nextA, nextB)) return { kind: "keep", b: "split" };
  return { kind: "rebuild" };
}
