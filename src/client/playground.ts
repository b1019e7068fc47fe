/**
 * The playground without its looks: the store, the actions, and what ties them to the worker and to the page's address.
 * No React and no training. Actions never throw: what goes wrong becomes a notice.
 */
import { dequal } from "dequal/lite";
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Plan, planArms, type WantedArm } from "../core/arm-plan";
import { type ArmId, type Experiment, findArm } from "../core/arms";
import type { DeviceReport } from "../core/device";
import { isSound } from "../core/diagnosis/runaway";
import { type RunSnapshot, stepOf } from "../core/snapshot";
import type { Command, Results, Visited } from "../worker/protocol";
import { createAnnouncer, TITLES } from "./announcer";
import { armActions } from "./arm-actions";
import { fallbackSentence } from "./device-fallback";
import { createDevicePreference } from "./device-preference";
import { DEFAULT_SETTINGS, NO_PINS } from "./latents/latent-state";
import { createLatentViews, type LatentViews } from "./latents/latent-views";
import { createTabKeeper } from "./latents/tab-keeper";
import { createLinkSync } from "./link-sync";
import { createMoments } from "./moments";
import { browserPage, type PageAccess } from "./page";
import { browserRuns, type RunStore } from "./persistence/kept-runs";
import { createMeasurementMemory } from "./persistence/measurements";
import { createResumeOffer } from "./persistence/resume-offer";
import { createRunKeeper } from "./persistence/run-keeper";
import { browserLocks, type RunLocks } from "./persistence/run-locks";
import { createPictureView } from "./picture-view";
import { createReceiver } from "./receiver";
import { firstConfig, isComparing, presentStep } from "./selectors";
import { startTrainingWorker } from "./start-worker";
import { fitLatent, initialState, nextViews, refusalsOf, steady, withLayer } from "./state-parts";
import type { PlaygroundActions, PlaygroundState } from "./store";
import { createTrainingClient, type WorkerLike, type WorkerStatus } from "./training-client";
import { SoundRun } from "./undo/sound-run";
import { createUndo, endsTraining, type Undo } from "./undo/undo";

/** What can be asked of the worker without changing anything. */
export type Question = Extract<Command, { readonly type: "generate" | "slow-step" | "look-back" | "inside" }>;

export interface Playground {
  readonly store: StoreApi<PlaygroundState>;
  readonly actions: PlaygroundActions;
  /** Pins, walk, map and pointer: latent space beyond the sliders' point; and what else can be asked of it. */
  readonly latents: Pick<LatentViews, "store" | "actions" | "generate" | "study" | "watch">;
  /** Everything that the run's future depends on, as it is now. @throws RemoteError or WorkerDiedError */
  snapshot(): Promise<RunSnapshot>;
  /** Asks the worker about what runs, and changes nothing of it. @throws RemoteError or WorkerDiedError */
  ask<C extends Question>(question: C): Promise<Results[C["type"]]>;
  /** Ends the worker and stops listening. */
  dispose(): void;
}

export interface PlaygroundOptions {
  /** Starts a worker that holds a Web Lock of this name. Default: the page's training worker. */
  readonly createWorker?: (lockName: string) => WorkerLike;
  /** Default: the browser's page. */
  readonly page?: PageAccess;
  /** Where runs are kept. Default: the browser's storage. */
  readonly runs?: RunStore;
  /** Which of them go on in other pages. Default: the browser's locks. */
  readonly locks?: RunLocks;
  /** Milliseconds from any moment on, by which changes that follow each other closely are one to undo. */
  readonly now?: () => number;
}

/** Changes of configuration closer together than this reach the worker as one. */
const SETTLE_MS = 120;

/** How long the notice of an ended run stands; its run can be brought back later as well. */
const ENDED_MS = 20_000;

/** Starts the worker, opens the experiment that the page's address names, and returns what a UI needs. */
export function createPlayground(options: PlaygroundOptions = {}): Playground {
  const page = options.page ?? browserPage();
  const device = createDevicePreference(page);
  const measurements = createMeasurementMemory(page);
  const store = createStore<PlaygroundState>(() => initialState(device.initial()));
  const { getState: get, setState: set } = store;

  /** What the worker runs, or was told to run last. Differs from the controls' while those are refused or settling. */
  let running: readonly WantedArm[] = [];
  const sound = new SoundRun();
  /** Takes the notice of an ended run away. */
  let ended: ReturnType<typeof setTimeout> | undefined;
  /** None before the first experiment was opened. */
  let undo: Undo | null = null;
  /** Arms that are to take over the state of a running one, until the worker was told. */
  const origins = new Map<ArmId, ArmId>();
  /** Answers to come to configurations that build anew: pictures from before them are of something else. */
  let rebuilding = 0;
  let settling: ReturnType<typeof setTimeout> | null = null;
  /** What was said last of a device that computes in another's place. */
  let toldFallback: string | null = null;
  /** A new worker has not yet told what it computes on. */
  let reportDue = false;
  /** Answers to come to commands that begin or end training: phases told before them are of another wish. */
  let wishes = 0;

  const { say, unsay, tellFailure } = createAnnouncer(store);

  const { receive, shown } = createReceiver({
    store,
    say,
    unsay,
    isStale: () => rebuilding > 0,
    isWishing: () => wishes > 0,
    onDevice(report) {
      if (!reportDue) return;
      reportDue = false;
      tellFallback(report);
    },
    onStep: (step) => latents.follow(step),
    onMeasured: (measurement) => measurements.add(measurement),
    onCheckpoint() {
      keeper.keep(client.copy, get().phase !== "training");
      if (get().arms.every(isSound)) sound.keep(client.copy);
      set({ sound: steady(get().sound, sound.steps) });
    },
    retryData: () => actions.retryData(),
  });
  const client = createTrainingClient({
    createWorker: options.createWorker ?? startTrainingWorker,
    onEvent: receive,
    onStatus: showStatus,
    onSilence(silence) {
      unsay(TITLES.awaited);
      unsay(TITLES.silent);
      if (silence === null) return;
      const { seconds, started } = silence;
      const restart = () => client.restart();
      if (started) {
        const text = `The worker has been busy for ${seconds} s. A large network or a slow device can take this long for one step.`;
        say("info", TITLES.silent, text, { label: "Restart it", run: restart });
      } else {
        const text = `It has been on its way for ${seconds} s. The connection may be slow, or the server does not answer.`;
        say("warning", TITLES.awaited, text, { label: "Ask again", run: restart });
      }
    },
  });

  const keeper = createRunKeeper({
    store: options.runs ?? browserRuns(),
    locks: options.locks ?? browserLocks(),
    tab: page,
    now: Date.now,
    onFailure(why) {
      const text = `The browser did not store it (${why}), so leaving the page ends it. Training goes on.`;
      say("info", TITLES.keep, text);
    },
  });
  const stopKeeping = page.onLeave(keeper.flush);
  const offer = createResumeOffer({ keeper, say, unsay, restore: (run) => configure({ restore: run }) });

  /** Sends a command and turns failure into a notice. */
  function order(command: Parameters<typeof client.request>[0], onFailure = () => {}): Promise<unknown> {
    return client.request(command).catch((error: unknown) => {
      onFailure();
      tellFailure(error);
    });
  }

  /** Sends a command that begins or ends training. */
  function wish(wantsTraining: boolean, command: Parameters<typeof client.request>[0]): Promise<unknown> {
    set({ wantsTraining });
    wishes += 1;
    return order(command, () => set({ wantsTraining: get().phase === "training" })).finally(() => {
      wishes -= 1;
    });
  }

  const latents = createLatentViews({
    store,
    request: (command) => client.request(command),
    setLatent: (latent) => actions.setLatent(latent),
    stale: () => rebuilding > 0,
  });
  const pictures = createPictureView({
    store,
    order: (command) => order(command),
    ask: () => latents.ask(),
  });
  const tab = createTabKeeper(page, store, latents.store);

  function showStatus(worker: WorkerStatus, why: string): void {
    if (worker === "ready") unsay(TITLES.dead);
    set({ worker });
    if (worker === "dead") {
      set({ phase: "paused", wantsTraining: false, stepsPerSecond: 0 });
      say("error", TITLES.dead, why, { label: "Retry", run: () => client.restart() });
    } else if (worker === "ready") {
      latents.ask();
    } else if (worker === "restarting") {
      rebuilding = 0;
      reportDue = true;
      set({ phase: "loading", stepsPerSecond: 0 });
      if (why !== "") {
        say(
          "warning",
          TITLES.restarted,
          `It had died: ${why}. It was restarted from the last saved moment of this run.`,
        );
      }
    }
  }

  /** Puts an experiment on the controls. @returns whether it can run */
  function show(experiment: Experiment, panelArm = get().panelArm): boolean {
    offer.withdraw(); // it was of what was on the controls before
    const refusals = refusalsOf(experiment);
    const speaksFor = (findArm(experiment, panelArm) ?? experiment.arms[0]).id;
    const latent = fitLatent(get().latent, firstConfig({ experiment, panelArm: speaksFor }));
    // Two losses at the same fakes are what a comparison is opened for; alone, the picture is calmer without.
    const comparing = experiment.arms.length > 1;
    const layers = comparing === isComparing(get()) ? get().layers : withLayer(get().layers, "pulls", comparing);
    set({ experiment, panelArm: speaksFor, refusals, latent, layers });
    if (refusals.length > 0) return false;
    link.write(experiment);
    return true;
  }

  const moments = createMoments({
    request: (moment) => client.request({ type: "visit", ...moment }),
    arrive,
    onFailure: tellFailure,
  });

  /** The page shows another moment of the run, with the settings that it had then. */
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
    if (moment.present) link.write(experiment);
    latents.ask();
  }

  function updateConfigs(experiment: Experiment): void {
    set(({ arms }) => ({
      arms: arms.map((view) => ({ ...view, config: findArm(experiment, view.id)?.config ?? view.config })),
    }));
  }

  /** The moment that is shown becomes the present: the run goes another way from here, and Undo leads back to where it was. */
  function branchOff(): void {
    const { visited, experiment } = get();
    if (visited === null) return;
    undo?.change({ arms: experiment.arms }, true);
    set({ visited: null });
  }

  /** Puts an experiment on the controls and, when it can run, to work. */
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

  /** Goes to another moment: its experiment, and its run where that was kept, at rest. */
  function goBackTo(experiment: Experiment, run: RunSnapshot | "goes on" | "anew"): void {
    if (settling !== null) clearTimeout(settling);
    settling = null;
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

  /** The same experiment from its first step. */
  function beginAnew(): void {
    keeper.begin();
    sound.clear();
    set({ sound: null });
    rebuilding += 1;
    void wish(false, { type: "reset", run: keeper.id }).finally(() => {
      rebuilding = Math.max(0, rebuilding - 1);
      latents.ask();
    });
  }

  function settle(): void {
    if (settling !== null) clearTimeout(settling);
    settling = null;
    configure();
  }

  /**
   * Tells the worker what to run, if that is something else than it runs.
   * @param restore a saved run to go on with, in place of what runs
   * @param force tells it in any case
   */
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
    if (running.length === 0) undo?.amend(experiment);
    else if (restore === undefined && !dequal(experiment.arms, running))
      takeBack = undo?.change(experiment, ends) ?? takeBack;
    const former = { arms: running, views: get().arms, step: get().step };
    running = experiment.arms;
    set(restarts ? { arms: views, step: restore === undefined ? 0 : stepOf(restore) } : { arms: views });
    if (restarts) {
      shown.forget();
      set({ film: null, visited: null });
      rebuilding += 1;
      latents.forget();
    }
    if (ends) keeper.begin();
    if (ends || restore !== undefined) {
      sound.clear();
      set({ sound: null });
    }
    void pictures.tell();
    const command = {
      type: "configure",
      arms,
      device: devicePreference,
      measurements: measurements.list(),
      run: keeper.id,
    } as const;
    void client
      .request(restore === undefined ? command : { ...command, restore })
      .then((report) => {
        set({ device: report });
        tellFallback(report);
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
        latents.ask();
      });
  }

  /** Puts the latent, the pins and the view settings where this tab had them before a reload. */
  function takeUpTab(): void {
    const { remembered } = tab;
    if (remembered === null) return;
    const { size, prior } = firstConfig(get()).latent;
    const same = remembered.size === size && remembered.prior === prior;
    const { settings } = remembered;
    latents.store.setState(same ? settings : { ...settings, pins: NO_PINS, plane: DEFAULT_SETTINGS.plane });
    if (same) actions.setLatent(remembered.latent);
    if (remembered.averaged !== get().averaged) actions.setAveraged(remembered.averaged);
    if (remembered.speedLimit !== get().speedLimit) actions.setSpeedLimit(remembered.speedLimit);
  }

  /** Says once that something else computes than was wanted. */
  function tellFallback(report: DeviceReport): void {
    const sentence = fallbackSentence(report);
    if (sentence === toldFallback) return;
    toldFallback = sentence;
    unsay(TITLES.device);
    if (sentence !== null) say("warning", TITLES.device, sentence, { label: "Try again", run: tryDeviceAgain });
  }

  /** A new worker finds all devices untried. */
  function tryDeviceAgain(): void {
    toldFallback = null;
    client.restart();
  }

  const actions: PlaygroundActions = {
    train(until, player) {
      if (get().refusals.length > 0) return; // nobody means the experiment that is no longer on the controls
      if (settling !== null) settle();
      branchOff();
      offer.withdraw();
      unsay(TITLES.stopped);
      const limits = { ...(until === undefined ? {} : { until }), ...(player === undefined ? {} : { player }) };
      void wish(true, { type: "train", ...limits });
    },
    pause() {
      void wish(false, { type: "pause" });
    },
    toggleTraining() {
      if (get().wantsTraining) actions.pause();
      else actions.train();
    },
    step(player) {
      if (get().refusals.length > 0) return; // likewise
      if (settling !== null) settle();
      branchOff();
      offer.withdraw();
      void wish(false, { type: "step", player });
    },
    reset() {
      if (settling !== null) settle();
      if (get().step > 0) undo?.change(get().experiment, true);
      beginAnew();
    },
    setSpeedLimit(limit) {
      const speedLimit = limit === null || !(limit > 0) ? null : limit;
      set({ speedLimit });
      void order({ type: "speed", limit: speedLimit });
    },
    setDevice(devicePreference) {
      if (devicePreference === get().devicePreference) return;
      device.remember(devicePreference);
      set({ devicePreference });
      configure({ force: true });
    },
    measureDevices() {
      if (get().measuring) return;
      set({ measuring: true });
      void order({ type: "measure" }).then(() => set({ measuring: false }));
    },
    ...armActions({ store, origins, open }),
    setLatent(latent) {
      set({ latent: fitLatent(latent, firstConfig(get())) });
      latents.moved();
    },
    ...pictures.actions,
    showPicture: shown.show,
    goBackToSound(which) {
      const run = sound.run(which, client.copy);
      const [first, ...others] = run?.arms.map(({ id, snapshot }) => ({ id, config: snapshot.config })) ?? [];
      if (run === null || first === undefined) return;
      const experiment: Experiment = { arms: [first, ...others] };
      undo?.change(experiment, true);
      goBackTo(experiment, run);
    },
    visit(step, exact = false) {
      if (settling !== null) settle();
      if (get().phase === "training") void wish(false, { type: "pause" });
      moments.goTo({ step, exact });
    },
    goToBranch(branch) {
      if (settling !== null) settle();
      void wish(false, { type: "pause" });
      void client.request({ type: "branch", branch }).then(arrive, tellFailure);
    },
    nameBranch(branch, name) {
      void order({ type: "name-branch", branch, name });
    },
    pruneBranch(branch) {
      void order({ type: "prune", branch });
    },
    undo() {
      const [first, ...others] = running;
      if (get().refusals.length === 0 || first === undefined) undo?.undo();
      else show({ arms: [first, ...others] }); // what runs was never given up
    },
    redo() {
      undo?.redo();
    },
    openRun(experiment, run) {
      branchOff();
      undo?.change(experiment, get().step > 0);
      goBackTo(experiment, run);
    },
    retryData() {
      unsay(TITLES.data);
      void order({ type: "retry-data" });
    },
    dismiss(noticeId) {
      set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== noticeId) }));
    },
  };

  const link = createLinkSync({
    page,
    open({ arms, problems }) {
      open({ arms });
      if (undo !== null) void offer.make(arms);
      if (problems.length > 0) say("warning", TITLES.link, problems.join("\n"));
    },
    goTo: (entry) => undo?.goTo(entry) ?? false,
  });
  link.openAddress();
  undo = createUndo({
    experiment: get().experiment,
    now: options.now ?? (() => performance.now()),
    newId: () => crypto.randomUUID?.() ?? String(Math.random()),
    step: () => presentStep(get()),
    snapshot: () => client.request({ type: "snapshot" }),
    apply: goBackTo,
    onChange({ id, isNewPlace, canUndo, canRedo }) {
      set({ canUndo, canRedo });
      link.name(id, isNewPlace);
    },
    onEnded(step, back) {
      unsay(TITLES.ended);
      const text = `It had come to step ${step.toLocaleString("en")}. Undo brings it back with its curves.`;
      say("info", TITLES.ended, text, { label: "Undo", run: back });
      clearTimeout(ended);
      ended = setTimeout(() => unsay(TITLES.ended), ENDED_MS);
    },
  });
  takeUpTab();
  tab.start();
  void offer.make(get().experiment.arms);

  return {
    store,
    actions,
    latents,
    snapshot: () => client.request({ type: "snapshot" }),
    ask: (question) => client.request(question),
    dispose() {
      if (settling !== null) clearTimeout(settling);
      clearTimeout(ended);
      keeper.dispose();
      stopKeeping();
      tab.dispose();
      latents.dispose();
      link.dispose();
      client.dispose();
    },
  };
}
