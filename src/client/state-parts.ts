/** Values that the playground's state is made of: the first state, what is known of an arm, refusals. No worker, no store. */
import { memoryRefusal } from "../core/architecture/memory";
import { checkArchitecture } from "../core/architecture/shapes";
import type { Plan } from "../core/arm-plan";
import { type ArmConfig, armLetter, type Experiment, singleArm } from "../core/arms";
import { DEFAULT_CONFIG, type ExperimentConfig, isAdversarial, withLoss } from "../core/config";
import { findConflicts } from "../core/conflicts";
import { sampleLatents } from "../core/latents";
import { STREAMS } from "../core/rng";
import { LAYER_IDS, type LayerId } from "../core/stage-layers";
import type { ArmView, PlaygroundState } from "./store";

/** The state before the worker or the link said anything. */
export function initialState(devicePreference: PlaygroundState["devicePreference"]): PlaygroundState {
  const experiment = singleArm(DEFAULT_CONFIG);
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
    experiment,
    panelArm: experiment.arms[0].id,
    refusals: [],
    arms: experiment.arms.map(emptyView),
    data: null,
    notices: [],
    canUndo: false,
    canRedo: false,
    zoomed: false,
    window: null,
    probes: [],
    film: null,
    visited: null,
    sound: null,
    latent: fitLatent(new Float32Array(0), DEFAULT_CONFIG),
    averaged: true,
    label: 0,
    layers: [],
  };
}

/** Everything that keeps an experiment from running, as sentences. */
export function refusalsOf({ arms: [first, ...others] }: Experiment): readonly string[] {
  const own = refusals(first.config);
  const further = others.flatMap(({ id, config }) => {
    const texts = refusals(config).filter((text) => !own.includes(text));
    return texts.map((text) => `Arm ${armLetter(id)}: ${text}`);
  });
  const tooLarge = memoryRefusal([first, ...others]);
  return [...own, ...further, ...(tooLarge === null ? [] : [tooLarge])];
}

function refusals(config: ExperimentConfig): string[] {
  const conflicts = findConflicts(config).filter((conflict) => conflict.level === "refused");
  return [...conflicts.map((conflict) => conflict.text), ...checkArchitecture(config)];
}

/** What is known of the arms once the worker does what the plan says: nothing of those that begin or split off. */
export function nextViews(views: readonly ArmView[], plan: Plan, wanted: readonly ArmConfig[]): readonly ArmView[] {
  if (plan.kind === "rebuild") return wanted.map(emptyView);
  return plan.arms.map((arm) => {
    const former = arm.kind === "update" ? views.find(({ id }) => id === arm.source) : undefined;
    return former === undefined ? emptyView(arm) : { ...former, id: arm.id, config: arm.config };
  });
}

function emptyView({ id, config }: ArmConfig): ArmView {
  const nothing = { stopped: null, execution: null, stage: null, curves: null, quality: null, latentSample: null };
  return { id, config, step: 0, ...nothing, probed: {} };
}

/** The experiment to compare with: the other loss of the 2014 paper, where there is a loss to choose. */
export function withOtherLoss(config: ExperimentConfig): ExperimentConfig {
  if (!isAdversarial(config)) return config;
  return withLoss(config, config.model.loss === "non-saturating" ? "minimax" : "non-saturating");
}

/** The layers with one of them switched on or off, in the order of the menu. */
export function withLayer(layers: readonly LayerId[], id: LayerId, shown: boolean): readonly LayerId[] {
  if (layers.includes(id) === shown) return layers;
  return LAYER_IDS.filter((layer) => (layer === id ? shown : layers.includes(layer)));
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
