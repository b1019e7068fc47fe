/**
 * What new configurations mean for the arms that run: a decision in data, nothing done. The worker carries it out, and the
 * page knows by it what of its pictures still holds.
 */
import type { ArmConfig, ArmId } from "./arms";
import type { ExperimentConfig } from "./config";
import { goesOn } from "./effects";

/** An arm to run, and where it comes from. */
export interface WantedArm extends ArmConfig {
  /**
   * The running arm whose state this one takes over: as its successor where nothing else of that name is wanted, otherwise
   * split off from it. Without one that runs it goes on as itself, or a new one is split off from the first.
   */
  readonly from?: ArmId;
}

/** What becomes of one wanted arm: a running one goes on as it, or it is split off from the state of one. */
export interface ArmPlan extends ArmConfig {
  readonly kind: "update" | "split";
  /** The running arm. */
  readonly source: ArmId;
}

export type Plan = { readonly kind: "rebuild" } | { readonly kind: "keep"; readonly arms: readonly ArmPlan[] };

/**
 * An arm goes on if its own change is live. A new one, or one whose change is not, is split off from the arm it names, or
 * from the first one wanted, if it differs from what that one runs in live values only; the arm it names goes on in its
 * place where nobody else wants it. If any arm can do none of this, all of them begin anew, so that they are compared from
 * the same start.
 */
export function planArms(running: readonly ArmConfig[], wanted: readonly WantedArm[]): Plan {
  const now = new Map(running.map(({ id, config }) => [id, config]));
  const origin = ({ from }: WantedArm) => (from !== undefined && now.has(from) ? from : undefined);
  const taken = new Set(wanted.filter((arm) => origin(arm) === undefined).map(({ id }) => id));
  const arms: ArmPlan[] = [];
  for (const arm of wanted) {
    const { id, config } = arm;
    const from = origin(arm);
    const source = from ?? (isLive(now.get(id), config) ? id : (wanted[0]?.id ?? id));
    if (!isLive(now.get(source), config)) return { kind: "rebuild" };
    const goesOn = from === undefined ? source === id : !taken.has(from);
    if (from !== undefined) taken.add(from); // a second one that names it is split off
    arms.push({ id, config, kind: goesOn ? "update" : "split", source });
  }
  return { kind: "keep", arms };
}

function isLive(from: ExperimentConfig | undefined, to: ExperimentConfig): boolean {
  return from !== undefined && goesOn(from, to);
}
