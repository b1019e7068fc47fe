/**
 * The playground without its looks: its parts, and what ties them to each other, to the worker and to the page's address.
 * No React and no training. Actions never throw: what goes wrong becomes a notice.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { isSound } from "../core/diagnosis/runaway";
import type { RunSnapshot } from "../core/snapshot";
import type { Command, Results } from "../worker/protocol";
import { createActions } from "./actions";
import { createAnnouncer, TITLES } from "./announcer";
import { createDevicePreference } from "./device-preference";
import { DEFAULT_SETTINGS, NO_PINS } from "./latents/latent-state";
import { createLatentViews, type LatentViews } from "./latents/latent-views";
import { createTabKeeper } from "./latents/tab-keeper";
import { createLinkSync } from "./link-sync";
import { createOrders } from "./orders";
import { browserPage, type PageAccess } from "./page";
import { browserRuns, type RunStore } from "./persistence/kept-runs";
import { createMeasurementMemory } from "./persistence/measurements";
import { createResumeOffer } from "./persistence/resume-offer";
import { createRunKeeper } from "./persistence/run-keeper";
import { browserLocks, type RunLocks } from "./persistence/run-locks";
import { createPicturePace, type PicturePace } from "./picture-pace";
import { createPictureView } from "./picture-view";
import { createReceiver } from "./receiver";
import { createRunner } from "./runner";
import { firstConfig, presentStep } from "./selectors";
import { startTrainingWorker } from "./start-worker";
import { initialState, steady } from "./state-parts";
import type { PlaygroundActions, PlaygroundState } from "./store";
import { createTrainingClient, type WorkerLike } from "./training-client";
import { SoundRun } from "./undo/sound-run";
import { createUndo, type Undo } from "./undo/undo";
import { createWorkerNews } from "./worker-news";

/** What can be asked of the worker without changing anything. */
export type Question = Extract<Command, { readonly type: "generate" | "slow-step" | "look-back" | "inside" }>;

export interface Playground {
  readonly store: StoreApi<PlaygroundState>;
  readonly actions: PlaygroundActions;
  /** Pins, walk, map and pointer: latent space beyond the sliders' point; and what else can be asked of it. */
  readonly latents: Pick<LatentViews, "store" | "actions" | "generate" | "study" | "watch">;
  /** When what follows training comes onto the page. */
  readonly pace: Pick<PicturePace, "withPicture">;
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

/** How long the notice of an ended run stands; its run can be brought back later as well. */
const ENDED_MS = 20_000;

/** Starts the worker, opens the experiment that the page's address names, and returns what a UI needs. */
export function createPlayground(options: PlaygroundOptions = {}): Playground {
  const page = options.page ?? browserPage();
  const device = createDevicePreference(page);
  const measurements = createMeasurementMemory(page);
  const store = createStore<PlaygroundState>(() => initialState(device.initial()));
  const { getState: get, setState: set } = store;

  const sound = new SoundRun();
  /** Takes the notice of an ended run away. */
  let ended: ReturnType<typeof setTimeout> | undefined;
  /** None before the first experiment was opened. */
  let undo: Undo | null = null;

  const { say, unsay, tellFailure } = createAnnouncer(store);
  const pace = createPicturePace();

  const { receive, shown } = createReceiver({
    store,
    say,
    unsay,
    onPicture: pace.picture,
    isStale: () => runner.isStale(),
    isWishing: () => orders.isWishing(),
    onDevice: (report) => news.onDevice(report),
    onStep: (step) => latents.follow(step),
    onMeasured: (measurement) => measurements.add(measurement),
    onCheckpoint() {
      keeper.keep(client.copy, get().phase !== "training");
      if (get().arms.every(isSound)) sound.keep(client.copy);
      set({ sound: steady(get().sound, sound.steps) });
    },
    retryData: () => actions.retryData(),
  });
  const news = createWorkerNews({
    store,
    say,
    unsay,
    restart: () => client.restart(),
    onReady: () => latents.ask(),
    onRestarting: () => runner.forgetAnswers(),
  });
  const client = createTrainingClient({
    createWorker: options.createWorker ?? startTrainingWorker,
    onEvent: receive,
    onStatus: news.onStatus,
    onSilence: news.onSilence,
  });
  const orders = createOrders({ store, request: (command) => client.request(command), tellFailure });

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
  const offer = createResumeOffer({ keeper, say, unsay, restore: (run) => runner.configure({ restore: run }) });

  const runner = createRunner({
    store,
    request: (command) => client.request(command),
    wish: orders.wish,
    keeper,
    sound,
    unsay,
    tellFailure,
    measurements: () => measurements.list(),
    undo: () => undo,
    onOther: () => offer.withdraw(), // it was of what was on the controls before
    onRunnable: (experiment) => link.write(experiment),
    onRebuild() {
      shown.forget();
      latents.forget();
    },
    tellViews: () => void pictures.tell(),
    ask: () => latents.ask(),
    onReport: news.tellFallback,
  });

  const latents = createLatentViews({
    store,
    withPicture: pace.withPicture,
    request: (command) => client.request(command),
    setLatent: (latent) => actions.setLatent(latent),
    stale: runner.isStale,
  });
  const pictures = createPictureView({
    store,
    order: orders.order,
    ask: () => latents.ask(),
  });
  const tab = createTabKeeper(page, store, latents.store);

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

  const actions = createActions({
    store,
    client,
    orders,
    runner,
    device,
    sound,
    unsay,
    tellFailure,
    pictures: pictures.actions,
    showPicture: shown.show,
    undo: () => undo,
    onDecided: () => offer.withdraw(),
    onLatent: () => latents.moved(),
  });

  const link = createLinkSync({
    page,
    open({ arms, problems }) {
      runner.open({ arms });
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
    apply: runner.goBackTo,
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
    pace,
    snapshot: () => client.request({ type: "snapshot" }),
    ask: (question) => client.request(question),
    dispose() {
      runner.dispose();
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
