/** Learning rate schedules: how far down both players' rates are at a step. No optimisers. */
import type { ExperimentConfig, ScheduleType } from "./config";

/** Factor at t, the share of the schedule that is done (0 to 1), falling from 1 to `final`. */
const CURVES = {
  constant: () => 1,
  linear: (t, final) => 1 + (final - 1) * t,
  cosine: (t, final) => final + (1 - final) * 0.5 * (1 + Math.cos(Math.PI * t)), // Loshchilov and Hutter 2017, eq. 5
} satisfies Record<ScheduleType, (t: number, final: number) => number>;

/** What to multiply a player's learning rate with at training step `step` (0 for the first). */
export function rateFactor(schedule: ExperimentConfig["schedule"], step: number): number {
  return CURVES[schedule.type](Math.min(1, step / schedule.steps), schedule.finalRatio);
}

/** Whether the rates have come to the end of their schedule, so that little moves any more; never for constant rates. */
export function scheduleEnded({ type, steps }: ExperimentConfig["schedule"], step: number): boolean {
  return type !== "constant" && step >= steps;
}

/** Whether the rates have the better half of their way before them: a run that rests now goes on to get better as they fall. */
export function ratesStillFall({ type, steps }: ExperimentConfig["schedule"], step: number): boolean {
  return type !== "constant" && step < steps / 2;
}
