/**
 * Slow motion: the next step, stage by stage. What is shown was computed beforehand and taken back; the step itself is training's own,
 * and is taken when its last stage is reached. Leaving before that leaves everything as it was.
 */
import { create } from "zustand";
import type { PlaygroundState } from "../../../client/store";
import { playground } from "../../../client/use-playground";
import { ARM_IDS, type ArmId, findArm } from "../../../core/arms";
import type { ExperimentConfig } from "../../../core/config";
import { errorSentence } from "../../../core/errors";
import { modelOf } from "../../../core/models";
import type { SlowStage, SlowStep } from "../../../core/slow-motion/types";
import { stageWords } from "../../../core/slow-motion/words";
import { setLit } from "../../stage/lit";
import { between, eased, withoutArrows } from "./motion";

/** How long an update's motion takes, milliseconds. */
const MOTION_MS = 900;

interface SlowState {
  readonly open: boolean;
  /** Whose step it is. */
  readonly arm: ArmId;
  /** Null until the engine has told it. */
  readonly step: SlowStep | null;
  readonly at: number;
  /** Whether the step has been taken. */
  readonly taken: boolean;
  readonly playing: boolean;
  /** Why the step could not be taken apart; null where it could. */
  readonly failed: string | null;
}

const CLOSED: SlowState = {
  open: false,
  arm: ARM_IDS[0],
  step: null,
  at: 0,
  taken: false,
  playing: false,
  failed: null,
};

export const useSlow = create<SlowState>(() => CLOSED);

let stopWatching: (() => void) | null = null;
let arrowsBefore = false;
let motion = 0;
/** Loading is of the latest wish alone. */
let wish = 0;

/** Opens slow motion at the next step. Training pauses. */
export function openSlow(): void {
  const { store, actions } = playground();
  if (useSlow.getState().open) return;
  arrowsBefore = store.getState().layers.includes("pulls");
  actions.setLayer("pulls", true);
  useSlow.setState({ ...CLOSED, open: true });
  stopWatching = watch();
  void load();
}

/** Leaves: the picture is the run's latest again. */
export function closeSlow(): void {
  if (!useSlow.getState().open) return;
  stopWatching?.();
  stopWatching = null;
  wish += 1;
  cancelAnimationFrame(motion);
  const { actions } = playground();
  actions.showPicture(useSlow.getState().arm, null);
  actions.setLayer("pulls", arrowsBefore);
  setLit(null);
  useSlow.setState(CLOSED);
}

/** One stage on; after the last one, the next step. */
export function forward(): void {
  const { step, at } = useSlow.getState();
  if (step === null) return;
  if (at + 1 < step.stages.length) goTo(at + 1);
  else void load();
}

export function goTo(at: number): void {
  const { step, at: before, taken } = useSlow.getState();
  if (step === null || at < 0 || at >= step.stages.length) return;
  const last = at === step.stages.length - 1;
  useSlow.setState({ at, taken: taken || last });
  if (last && !taken) playground().actions.step("all");
  show(step, at, at === before + 1);
}

/** Takes another arm's step apart instead. */
export function chooseArm(arm: ArmId): void {
  cancelAnimationFrame(motion);
  playground().actions.showPicture(useSlow.getState().arm, null);
  useSlow.setState({ ...CLOSED, open: true, arm });
  void load();
}

/** Learns by what. */
export const slowConfig = ({ experiment }: PlaygroundState, arm: ArmId): ExperimentConfig =>
  (findArm(experiment, arm) ?? experiment.arms[0]).config;

export const play = (playing: boolean): void => useSlow.setState({ playing });

/** Takes the next step apart. */
async function load(): Promise<void> {
  const mine = ++wish;
  const { experiment } = playground().store.getState();
  // One that is compared no longer has no step.
  const arm = findArm(experiment, useSlow.getState().arm)?.id ?? experiment.arms[0].id;
  useSlow.setState({ arm });
  try {
    const step = await playground().ask({ type: "slow-step", arm });
    if (mine !== wish) return;
    useSlow.setState({ step, at: 0, taken: false, failed: null });
    show(step, 0, false);
  } catch (error) {
    if (mine === wish) useSlow.setState({ step: null, playing: false, failed: errorSentence(error) });
  }
}

/** Shows the picture of a stage, an update as motion, and lights its part of the diagram. */
function show(step: SlowStep, at: number, onwards: boolean): void {
  const { store, actions } = playground();
  const { arm } = useSlow.getState();
  const config = slowConfig(store.getState(), arm);
  const stage = step.stages[at];
  const to = stage && step.pictures[stage.picture];
  if (stage === undefined || to === undefined) return;
  setLit(stageWords(stage, config).lit);
  const { players, sampler } = modelOf(config);
  // Arrows are of what moves the sampler: in its player's turn, until it has moved.
  const arrows = stage.kind !== "update" && players[stage.player]?.updates.includes(sampler) === true;
  const count = step.step + (at === step.stages.length - 1 ? 1 : 0);
  const put = (frame: SlowStep["pictures"][number]) =>
    actions.showPicture(arm, { step: count, frame: arrows ? frame : withoutArrows(frame) });
  cancelAnimationFrame(motion);
  const from = step.pictures[stage.picture - 1];
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!onwards || stage.kind !== "update" || from === undefined || calm) {
    put(to);
    return;
  }
  const started = performance.now();
  const move = (now: number) => {
    const t = Math.min(1, (now - started) / MOTION_MS);
    put(t === 1 ? to : between(from, to, eased(t)));
    if (t < 1) motion = requestAnimationFrame(move);
  };
  motion = requestAnimationFrame(move);
}

/** Leaves when training begins; takes the step apart anew when the run is at another one, or another run. */
function watch(): () => void {
  let arrived = false; // at the step that is shown: the worker tells it a little after the answer
  return playground().store.subscribe((state, before) => {
    if (state.phase === "training" && before.phase !== "training") {
      closeSlow();
      return;
    }
    const { step, taken } = useSlow.getState();
    if (state.experiment !== before.experiment && step !== null) {
      arrived = false;
      void reload();
      return;
    }
    if (step === null) return;
    const expected = step.step + (taken ? 1 : 0);
    if (state.step === expected) arrived = true;
    else if (arrived && state.step !== before.step && state.step !== step.step + 1) {
      arrived = false;
      void reload();
    }
  });
}

/** The former picture is of what is gone. */
async function reload(): Promise<void> {
  playground().actions.showPicture(useSlow.getState().arm, null);
  useSlow.setState({ step: null, playing: false });
  await load();
}

/** The stages of the turn that a stage belongs to. */
export const turnOf = ({ stages }: SlowStep, stage: SlowStage): readonly SlowStage[] =>
  stages.filter(({ player, turn }) => player === stage.player && turn === stage.turn);
