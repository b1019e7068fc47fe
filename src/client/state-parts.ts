/** Values that the playground's state is made of: the first state, what is known of an arm, refusals. No worker, no store. */
import { checkArchitecture } from "../core/architecture/shapes";
import { changeKind, DEFAULT_CONFIG, type ExperimentConfig } from "../core/config";
import { sampleLatents } from "../core/latents";
import type { LossId } from "../core/losses";
import { findConflicts } from "../core/penalties";
import { STREAMS } from "../core/rng";
import type { ArmId } from "../worker/protocol";
import type { ArmView, PlaygroundState } from "./store";

/** The state before the worker or the link said anything. */
export function initialState(devicePreference: PlaygroundState["devicePreference"]): PlaygroundState {
  return {
    worker: "starting",
    phase: "loading",
    wantsTraining: false,
    step: 0,
    stepsPerSecond: 0,
    speedLimit: null,
    devicePreference,
    device: null,
    measuring: false,
    config: DEFAULT_CONFIG,
    comparison: null,
    refusals: [],
    arms: [nextView(undefined, undefined, DEFAULT_CONFIG, 0)],
    data: null,
    notices: [],
    latent: fitLatent(new Float32Array(0), DEFAULT_CONFIG),
    averaged: false,
  };
}

/** Everything that keeps an experiment from running, as sentences. */
export function refusalsOf(config: ExperimentConfig, comparison: ExperimentConfig | null): readonly string[] {
  const own = refusals(config);
  if (comparison === null) return own;
  const others = refusals(comparison).filter((text) => !own.includes(text));
  return [...own, ...others.map((text) => `Arm B: ${text}`)];
}

function refusals(config: ExperimentConfig): string[] {
  const conflicts = findConflicts(config).filter((conflict) => conflict.level === "refused");
  return [...conflicts.map((conflict) => conflict.text), ...checkArchitecture(config)];
}

/** What is known of an arm after its configuration changed: nothing, when it is built anew. */
export function nextView(
  view: ArmView | undefined,
  before: ExperimentConfig | undefined,
  config: ExperimentConfig,
  index: number,
): ArmView {
  const arm: ArmId = index === 0 ? "A" : "B";
  if (view !== undefined && before !== undefined && changeKind(before, config) !== "restart")
    return { ...view, config };
  return { arm, config, step: 0, stopped: null, execution: null, stage: null, curves: null, latentSample: null };
}

/** The loss to compare with: the other one of the 2014 paper. */
export function otherLoss(loss: LossId): LossId {
  return loss === "non-saturating" ? "minimax" : "non-saturating";
}

/** A latent of the configured size: what is there is kept, what is missing is drawn from the prior. */
export function fitLatent(latent: Float32Array, config: ExperimentConfig): Float32Array {
  const { size, prior } = config.latent;
  const fitted = sampleLatents(new Float32Array(size), prior, config.seed, STREAMS.latentPanel, 0);
  fitted.set(latent.subarray(0, size));
  return fitted;
}

/** The former value where the new one says the same: whoever shows it need not show it again. */
export function steady<T>(former: T, next: T): T {
  return JSON.stringify(former) === JSON.stringify(next) ? former : next;
}
