/**
 * What a person can do on the page, as the store's readers call it: each an order to the worker, a change of what runs,
 * or of the state.
 */
import type { StoreApi } from "zustand/vanilla";
import type { Experiment } from "../core/arms";
import { type Announcer, TITLES } from "./announcer";
import { armActions } from "./arm-actions";
import type { DevicePreferenceMemory } from "./device-preference";
import { createMoments } from "./moments";
import type { Orders } from "./orders";
import type { PictureView } from "./picture-view";
import type { Runner } from "./runner";
import { firstConfig } from "./selectors";
import { fitLatent } from "./state-parts";
import type { PlaygroundActions, PlaygroundState } from "./store";
import type { TrainingClient } from "./training-client";
import type { SoundRun } from "./undo/sound-run";
import type { Undo } from "./undo/undo";

export interface ActionsOptions extends Pick<Announcer, "unsay" | "tellFailure"> {
  readonly store: StoreApi<PlaygroundState>;
  readonly client: Pick<TrainingClient, "request" | "copy">;
  readonly orders: Orders;
  readonly runner: Runner;
  readonly device: DevicePreferenceMemory;
  readonly sound: SoundRun;
  readonly pictures: PictureView["actions"];
  readonly showPicture: PlaygroundActions["showPicture"];
  /** None before the first experiment was opened. */
  undo(): Undo | null;
  /** The person goes on with what is on the controls. */
  onDecided(): void;
  /** The latent of the state is another. */
  onLatent(): void;
}

export function createActions(options: ActionsOptions): PlaygroundActions {
  const { store, runner, device, sound, unsay, tellFailure } = options;
  const { order, wish } = options.orders;
  const { request, copy } = options.client;
  const { getState: get, setState: set } = store;
  const moments = createMoments({
    request: (moment) => request({ type: "visit", ...moment }),
    arrive: runner.arrive,
    onFailure: tellFailure,
  });
  const actions: PlaygroundActions = {
    train(until, player) {
      if (get().refusals.length > 0) return; // nobody means the experiment that is no longer on the controls
      runner.settle();
      runner.branchOff();
      options.onDecided();
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
      runner.settle();
      runner.branchOff();
      options.onDecided();
      void wish(false, { type: "step", player });
    },
    reset() {
      runner.settle();
      if (get().step > 0) options.undo()?.change(get().experiment, true);
      runner.beginAnew();
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
      runner.configure({ force: true });
    },
    measureDevices() {
      if (get().measuring) return;
      set({ measuring: true });
      void order({ type: "measure" }).then(() => set({ measuring: false }));
    },
    ...armActions({ store, origins: runner.origins, open: runner.open }),
    setLatent(latent) {
      set({ latent: fitLatent(latent, firstConfig(get())) });
      options.onLatent();
    },
    ...options.pictures,
    showPicture: options.showPicture,
    goBackToSound(which) {
      const run = sound.run(which, copy);
      const [first, ...others] = run?.arms.map(({ id, snapshot }) => ({ id, config: snapshot.config })) ?? [];
      if (run === null || first === undefined) return;
      const experiment: Experiment = { arms: [first, ...others] };
      options.undo()?.change(experiment, true);
      runner.goBackTo(experiment, run);
    },
    visit(step, exact = false) {
      runner.settle();
      if (get().phase === "training") void wish(false, { type: "pause" });
      moments.goTo({ step, exact });
    },
    goToBranch(branch) {
      runner.settle();
      void wish(false, { type: "pause" });
      void request({ type: "branch", branch }).then(runner.arrive, tellFailure);
    },
    nameBranch(branch, name) {
      void order({ type: "name-branch", branch, name });
    },
    pruneBranch(branch) {
      void order({ type: "prune", branch });
    },
    undo() {
      const [first, ...others] = runner.running();
      if (get().refusals.length === 0 || first === undefined) options.undo()?.undo();
      else runner.show({ arms: [first, ...others] }); // what runs was never given up
    },
    redo() {
      options.undo()?.redo();
    },
    openRun(experiment, run) {
      runner.branchOff();
      options.undo()?.change(experiment, get().step > 0);
      runner.goBackTo(experiment, run);
    },
    retryData() {
      unsay(TITLES.data);
      void order({ type: "retry-data" });
    },
    dismiss(noticeId) {
      set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== noticeId) }));
    },
  };
  return actions;
}
