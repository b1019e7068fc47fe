/**
 * What is on the controls and what the worker runs: puts the one to work as the other, in as few commands as a dragged
 * slider allows, and goes to other moments of a run. Not who asks for it (actions.ts), and not how undo finds its
 * moments (undo/).
 */
import { dequal } from "dequal/lite";
import type { StoreApi } from "zustand/vanilla";
import { type Plan, planArms, type WantedArm } from "../core/arm-plan";
import { type ArmId, type Experiment, findArm } from "../core/arms";
import type { BackendMeasurement, DeviceReport } from "../core/device";
import { type RunSnapshot, stepOf } from "../core/snapshot";
import type { Visited } from "../worker/protocol";
import { type Announcer, TITLES } from "./announcer";
import type { Orders } from "./orders";
import type { RunKeeper } from "./persistence/run-keeper";
import { firstConfig, isComparing } from "./selectors";
import { fitLatent, nextViews, refusalsOf, withLayer } from "./state-parts";
import type { PlaygroundState } from "./store";
import type { TrainingClient } from "./training-client";
import type { SoundRun } from "./undo/sound-run";
import { endsTraining, type Undo } from "./undo/undo";

/** Changes of configuration closer together than this reach the worker as one. */
const SETTLE_MS = 120;

export interface RunnerOptions extends Pick<Announcer, "unsay" | "tellFailure"> {
  readonly store: StoreApi<PlaygroundState>;
  readonly request: TrainingClient["request"];
  readonly wish: Orders["wish"];
  readonly keeper: RunKeeper;
  readonly sound: SoundRun;
  /** What was timed of devices before. */
  measurements(): readonly BackendMeasurement[];
  /** None before the first experiment was opened. */
  undo(): Undo | null;
  /** The controls show something else than they did. */
  onOther(): void;
  /** What they show can run. */
  onRunnable(experiment: Experiment): void;
  /** Pictures from before are of other networks. */
  onRebuild(): void;
  /** Pictures may have to show something else. */
  tellViews(): void;
  /** The networks are others, or elsewhere: what is shown of a latent is asked for again. */
  ask(): void;
  /** What computes now. */
  onReport(report: DeviceReport): void;
}

/** What runs after another moment was gone to: the run kept there, the one that runs, or a new one. */
type RunThere = RunSnapshot | "goes on" | "anew";

export interface Runner {
  /** Arms that are to take over the state of a running one, until the worker was told. */
  readonly origins: Map<ArmId, ArmId>;
  /** What the worker runs, or was told to run last. Differs from the controls' while those are refused or settling. */
  running(): readonly WantedArm[];
  /**
   * Whether answers to configurations that build anew are still to come: pictures from before them are of something
   * else.
   */
  isStale(): boolean;
  /** Such answers come no more. */
  forgetAnswers(): void;
  /** Puts an experiment on the controls. @returns whether it can run */
  show(experiment: Experiment, panelArm?: ArmId): boolean;
  /** Puts an experiment on the controls and, when it can run, to work. */
  open(experiment: Experiment, panelArm?: ArmId): void;
  /** Tells the worker at once what it would be told in a moment. */
  settle(): void;
  /**
   * Tells the worker what to run, if that is something else than it runs.
   * @param options.restore a saved run to go on with, in place of what runs
   * @param options.force tells it in any case
   */
  configure(options?: { readonly restore?: RunSnapshot; readonly force?: boolean }): void;
  /** Goes to another moment: its experiment, and its run where that was kept, at rest. */
  goBackTo(experiment: Experiment, run: RunThere): void;
  /** The same experiment from its first step. */
  beginAnew(): void;
  /** The page shows another moment of the run, with the settings that it had then. */
  arrive(moment: Visited): void;
  /**
   * The moment that is shown becomes the present: the run goes another way from here, and Undo leads back to where it
   * was.
   */
  branchOff(): void;
  dispose(): void;
}

export function createRunner(options: RunnerOptions): Runner {
  const { store, request, wish, keeper, sound, unsay, tellFailure, ask } = options;
  const { getState: get, setState: set } = store;
  let running: readonly WantedArm[] = [];
  const origins = new Map<ArmId, ArmId>();
  /** Answers to come to configurations that build anew. */
  let rebuilding = 0;
  let settling: ReturnType<typeof setTimeout> | null = null;

  function show(experiment: Experiment, panelArm = get().panelArm): boolean {
    options.onOther();
    const refusals = refusalsOf(experiment);
    const speaksFor = (findArm(experiment, panelArm) ?? experiment.arms[0]).id;
    const latent = fitLatent(get().latent, firstConfig({ experiment, panelArm: speaksFor }));
    // Two losses at the same fakes are what a comparison is opened for; alone, the picture is calmer without.
    const comparing = experiment.arms.length > 1;
    const layers = comparing === isComparing(get()) ? get().layers : withLayer(get().layers, "pulls", comparing);
    set({ experiment, panelArm: speaksFor, refusals, latent, layers });
    if (refusals.length > 0) return false;
    options.onRunnable(experiment);
    return true;
  }

  function arrive(moment: Visited): void {
    const arms = moment.arms.map(({ arm, config }) => ({ id: arm, config }));
    const [first, ...others] = arms;
    if (first === undefined) return;
    const experiment: Experiment = { arms: [first, ...others] };
    set({
      visited: moment.present ? null : moment,
      step: moment.step,
      ...(dequal(experiment, get().experiment) ? {} : { experiment, refusals: refusalsOf(experiment) }),
    });
    running = experiment.arms;
    updateConfigs(experiment);
    if (moment.present) options.onRunnable(experiment);
    ask();
  }

  function updateConfigs(experiment: Experiment): void {
    set(({ arms }) => ({
      arms: arms.map((view) => ({ ...view, config: findArm(experiment, view.id)?.config ?? view.config })),
    }));
  }

  function branchOff(): void {
    const { visited, experiment } = get();
    if (visited === null) return;
    options.undo()?.change({ arms: experiment.arms }, true);
    set({ visited: null });
  }

  function open(experiment: Experiment, panelArm?: ArmId): void {
    branchOff();
    if (!show(experiment, panelArm)) return;
    if (settling === null) {
      configure();
      settling = setTimeout(settle, SETTLE_MS);
    } else {
      clearTimeout(settling);
      settling = setTimeout(settle, SETTLE_MS);
    }
  }

  function goBackTo(experiment: Experiment, run: RunThere): void {
    stopSettling();
    unsay(TITLES.ended);
    show(experiment);
    if (run === "anew" && dequal(experiment.arms, running)) beginAnew();
    else if (typeof run === "string") configure();
    else {
      void wish(false, { type: "pause" });
      keeper.begin();
      configure({ restore: run });
    }
  }

  function beginAnew(): void {
    keeper.begin();
    sound.clear();
    set({ sound: null });
    rebuilding += 1;
    void wish(false, { type: "reset", run: keeper.id }).finally(() => {
      rebuilding = Math.max(0, rebuilding - 1);
      ask();
    });
  }

  function stopSettling(): void {
    if (settling !== null) clearTimeout(settling);
    settling = null;
  }

  function settle(): void {
    if (settling === null) return;
    stopSettling();
    configure();
  }

  function configure({ restore, force = false }: { restore?: RunSnapshot; force?: boolean } = {}): void {
    const { experiment, refusals, devicePreference } = get();
    if (refusals.length > 0) return;
    const arms = experiment.arms.map((arm): WantedArm => {
      const from = origins.get(arm.id);
      return from === undefined ? arm : { ...arm, from };
    });
    if (!force && restore === undefined && dequal(arms, running)) return;
    origins.clear();
    const plan: Plan = restore === undefined ? planArms(running, arms) : { kind: "rebuild" };
    const restarts = running.length > 0 && plan.kind === "rebuild";
    const views = nextViews(get().arms, plan, arms);
    const ends = restore === undefined && running.length > 0 && endsTraining(running, arms);
    let takeBack = () => {};
    if (running.length === 0) options.undo()?.amend(experiment);
    else if (restore === undefined && !dequal(experiment.arms, running))
      takeBack = options.undo()?.change(experiment, ends) ?? takeBack;
    const former = { arms: running, views: get().arms, step: get().step };
    running = experiment.arms;
    set(restarts ? { arms: views, step: restore === undefined ? 0 : stepOf(restore) } : { arms: views });
    if (restarts) {
      set({ film: null, visited: null });
      rebuilding += 1;
      options.onRebuild();
    }
    if (ends) keeper.begin();
    if (ends || restore !== undefined) {
      sound.clear();
      set({ sound: null });
    }
    options.tellViews();
    const command = {
      type: "configure",
      arms,
      device: devicePreference,
      measurements: options.measurements(),
      run: keeper.id,
    } as const;
    void request(restore === undefined ? command : { ...command, restore })
      .then((report) => {
        set({ device: report });
        options.onReport(report);
      })
      .catch((error: unknown) => {
        const why = tellFailure(error);
        if (why === null || running !== experiment.arms) return;
        if (restore !== undefined) {
          set({ step: 0 }); // a saved run that does not fit: the experiment begins instead
          return;
        }
        // The worker goes on with what it ran before.
        takeBack();
        running = former.arms;
        set({ arms: former.views, step: former.step, refusals: [why] });
      })
      .finally(() => {
        if (restarts) rebuilding = Math.max(0, rebuilding - 1);
        ask();
      });
  }

  return {
    origins,
    running: () => running,
    isStale: () => rebuilding > 0,
    forgetAnswers() {
      rebuilding = 0;
    },
    show,
    open,
    settle,
    configure,
    goBackTo,
    beginAnew,
    arrive,
    branchOff,
    dispose: stopSettling,
  };
}
