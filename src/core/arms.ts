/**
 * An experiment and its arms: one configuration, or up to four that train in lockstep to be compared. Values and their
 * rules only; what sets arms apart in words is diagnosis/compare.ts, how they are run is the worker's.
 */
import type { ExperimentConfig } from "./config";

/** The names that an arm can have, in the order in which they are given. An arm keeps its name for life. */
export const ARM_IDS = ["a", "b", "c", "d"] as const;
export type ArmId = (typeof ARM_IDS)[number];

/** What one arm is to run. */
export interface ArmConfig {
  readonly id: ArmId;
  readonly config: ExperimentConfig;
}

/** One arm, or several to compare; the others are told by what sets them apart from the first. */
export interface Experiment {
  readonly arms: readonly [ArmConfig, ...ArmConfig[]];
}

/** An experiment with nothing to compare. */
export function singleArm(config: ExperimentConfig): Experiment {
  return { arms: [{ id: ARM_IDS[0], config }] };
}

/** The arm of that name, or undefined. */
export function findArm(experiment: Experiment, id: ArmId): ArmConfig | undefined {
  return experiment.arms.find((arm) => arm.id === id);
}

/** With another configuration for one arm; a name that is not there yet is added where it belongs in the order. */
export function withArm(experiment: Experiment, id: ArmId, config: ExperimentConfig): Experiment {
  const [first, ...rest] = experiment.arms;
  if (first.id === id) return { arms: [{ id, config }, ...rest] };
  const others = rest.filter((arm) => arm.id !== id);
  const before = others.filter((arm) => arm.id < id);
  return { arms: [first, ...before, { id, config }, ...others.slice(before.length)] };
}

/** Without one arm. The last one stays. */
export function withoutArm(experiment: Experiment, id: ArmId): Experiment {
  const [first, ...rest] = experiment.arms.filter((arm) => arm.id !== id);
  return first === undefined ? experiment : { arms: [first, ...rest] };
}

/** Every arm's configuration through a function; names and order stay. */
export function mapArms(experiment: Experiment, change: (arm: ArmConfig) => ExperimentConfig): Experiment {
  const [first, ...rest] = experiment.arms;
  const changed = (arm: ArmConfig): ArmConfig => ({ id: arm.id, config: change(arm) });
  return { arms: [changed(first), ...rest.map(changed)] };
}

/** The name for one arm more; null when there are as many as there can be. */
export function freeArmId(experiment: Experiment): ArmId | null {
  return ARM_IDS.find((id) => findArm(experiment, id) === undefined) ?? null;
}

/** An arm's letter as people read it. */
export function armLetter(id: ArmId): string {
  return id.toUpperCase();
}
