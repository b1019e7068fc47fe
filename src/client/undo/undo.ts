/**
 * Undo and redo of what a person did to the experiment, with the runs that such changes end: networks and curves come back.
 * When and in which order; the moments themselves are timeline.ts, carrying one out is the playground's.
 */
import { planArms, type WantedArm } from "../../core/arm-plan";
import type { Experiment } from "../../core/arms";
import type { RunSnapshot } from "../../core/snapshot";
import { type Moment, Timeline } from "./timeline";

/** Changes closer together than this are one: a dragged slider, a number that is being typed. */
const ONE_CHANGE_MS = 1_000;

export interface Present {
  /** The moment's name, by which `goTo` finds it again. */
  readonly id: string;
  /** It is a place of its own to come back to, not the former one changed. */
  readonly isNewPlace: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export interface UndoOptions {
  readonly experiment: Experiment;
  /** Milliseconds that never go back. */
  readonly now: () => number;
  readonly newId: () => string;
  /** The training step of what runs. */
  readonly step: () => number;
  /** Everything of what runs, as it is when this is called. */
  readonly snapshot: () => Promise<RunSnapshot>;
  /** Puts an experiment on the controls and to work, as the run that goes on, as one from its first step, or as the one given, at rest. */
  readonly apply: (experiment: Experiment, run: RunSnapshot | "goes on" | "anew") => void;
  /** What can be done has changed, and which moment is the present one. */
  readonly onChange: (present: Present) => void;
  /** A run was ended, which `back` brings back. */
  readonly onEnded: (step: number, back: () => void) => void;
}

export interface Undo {
  /**
   * The experiment is about to become another one, or to begin anew.
   * @param ends whether that ends training of some arm
   * @returns what takes this back where it turns out to be impossible
   */
  change(experiment: Experiment, ends: boolean): () => void;
  /** The experiment is another one than it was to be, before anything ran. */
  amend(experiment: Experiment): void;
  undo(): void;
  redo(): void;
  /** Back or forward to a moment. @returns false where it is no more */
  goTo(id: string): boolean;
}

export function createUndo(options: UndoOptions): Undo {
  const { now, newId, step, snapshot, apply, onChange, onEnded } = options;
  const timeline = new Timeline(options.experiment, newId);
  /** Runs of moments that were just left, on their way from the worker. */
  const coming = new Map<string, Promise<void>>();
  let last = { at: Number.NEGATIVE_INFINITY, ends: false };
  let travelling = false;
  /** The way to the moment gone to last; the next one begins where it ends. */
  let way: Promise<void> = Promise.resolve();

  const tell = (isNewPlace: boolean) => {
    const { now: present, before, after } = timeline;
    onChange({ id: present.id, isNewPlace, canUndo: before !== null, canRedo: after !== null });
  };

  /** Keeps what runs now for a moment that is being left. */
  function keep(id: string): void {
    const arrival = snapshot()
      .then((run) => timeline.keep(id, run))
      .catch(() => {}) // the worker died with it: the moment comes back without its run
      .finally(() => coming.delete(id));
    coming.set(id, arrival);
  }

  async function travel(id: string): Promise<void> {
    const from = timeline.now;
    await coming.get(id);
    const to = timeline.find(id);
    if (to === null || timeline.now !== from) return; // something else has been done meanwhile
    const ends = to.run !== null || timeline.isOtherRun(id) || endsTraining(from.experiment.arms, to.experiment.arms);
    if (ends && step() > 0) keep(from.id);
    timeline.moveTo(id);
    last = { at: Number.NEGATIVE_INFINITY, ends: false };
    travelling = true;
    apply(to.experiment, to.run ?? (ends ? "anew" : "goes on"));
    travelling = false;
    tell(false);
  }

  /** Goes to a moment that is chosen when the ways before are gone: pressed twice, undo goes back twice. */
  function go(choose: () => Moment | null): void {
    way = way.then(() => {
      const id = choose()?.id;
      return id === undefined ? undefined : travel(id);
    });
  }

  tell(false);
  return {
    change(experiment, ends) {
      if (travelling) return () => {};
      const together = now() - last.at < ONE_CHANGE_MS && (last.ends || !ends) && timeline.before !== null;
      last = { at: now(), ends: ends || (together && last.ends) };
      const left = together ? timeline.before : timeline.now;
      if (together) timeline.amend(experiment);
      else timeline.advance(experiment, ends);
      const made = timeline.now.id;
      if (left !== null && ends && step() > 0 && left.run === null && !coming.has(left.id)) {
        onEnded(step(), () => go(() => timeline.find(left.id)));
        keep(left.id);
      }
      tell(!together && ends);
      return () => {
        timeline.takeBack(made);
        tell(false);
      };
    },
    amend: (experiment) => timeline.amend(experiment),
    undo: () => go(() => timeline.before),
    redo: () => go(() => timeline.after),
    goTo(id) {
      if (timeline.find(id) === null) return false;
      go(() => (timeline.now.id === id ? null : timeline.find(id)));
      return true;
    },
  };
}

/** Whether some arm that runs would begin anew or be gone. */
export function endsTraining(
  running: Experiment["arms"] | readonly WantedArm[],
  wanted: readonly WantedArm[],
): boolean {
  const plan = planArms(running, wanted);
  if (plan.kind === "rebuild") return true;
  const goOn = plan.arms.filter(({ kind }) => kind === "update").map(({ source }) => source);
  return running.some(({ id }) => !goOn.includes(id));
}
