/**
 * What a person is told of the worker itself: that it is silent, died, was restarted, or computes on another device.
 * Words and when.
 */
import type { StoreApi } from "zustand/vanilla";
import type { DeviceReport } from "../core/device";
import { type Announcer, TITLES } from "./announcer";
import { fallbackSentence } from "./device-fallback";
import type { PlaygroundState } from "./store";
import type { TrainingClientOptions, WorkerStatus } from "./training-client";
import { notHeardYet } from "./worker-start";

export interface WorkerNewsOptions extends Pick<Announcer, "say" | "unsay"> {
  readonly store: StoreApi<PlaygroundState>;
  restart(): void;
  /** It answers, perhaps after a restart. */
  onReady(): void;
  /** It is being started again: what it was asked before is answered no more. */
  onRestarting(): void;
}

export interface WorkerNews {
  readonly onSilence: TrainingClientOptions["onSilence"];
  onStatus(worker: WorkerStatus, why: string): void;
  /** What computes, with every state that the worker tells: looked at once after each restart. */
  onDevice(report: DeviceReport): void;
  /** Says once that something else computes than was wanted. */
  tellFallback(report: DeviceReport): void;
}

export function createWorkerNews(options: WorkerNewsOptions): WorkerNews {
  const { store, say, unsay, restart, onReady, onRestarting } = options;
  const { setState: set } = store;
  /** What was said last of a device that computes in another's place. */
  let toldFallback: string | null = null;
  /** A new worker has not yet told what it computes on. */
  let reportDue = false;

  /** A new worker finds all devices untried. */
  function tryDeviceAgain(): void {
    toldFallback = null;
    restart();
  }

  function tellFallback(report: DeviceReport): void {
    const sentence = fallbackSentence(report);
    if (sentence === toldFallback) return;
    toldFallback = sentence;
    unsay(TITLES.device);
    if (sentence !== null) say("warning", TITLES.device, sentence, { label: "Try again", run: tryDeviceAgain });
  }

  return {
    tellFallback,
    onSilence(silence) {
      unsay(TITLES.awaited);
      unsay(TITLES.silent);
      if (silence === null) return;
      const { seconds, started } = silence;
      if (started) {
        const text = `The worker has been busy for ${seconds} s. A large network or a slow device can take this long for one step.`;
        say("info", TITLES.silent, text, { label: "Restart it", run: restart });
      } else {
        const text = notHeardYet(`It has been on its way for ${seconds} s`);
        say("warning", TITLES.awaited, text, { label: "Ask again", run: restart });
      }
    },
    onStatus(worker, why) {
      if (worker === "ready") unsay(TITLES.dead);
      set({ worker });
      if (worker === "dead") {
        set({ phase: "paused", wantsTraining: false, stepsPerSecond: 0 });
        say("error", TITLES.dead, why, { label: "Retry", run: restart });
      } else if (worker === "ready") {
        onReady();
      } else if (worker === "restarting") {
        onRestarting();
        reportDue = true;
        set({ phase: "loading", stepsPerSecond: 0 });
        if (why === "") return;
        const text = `It had died: ${why}. It was restarted from the last saved moment of this run.`;
        say("warning", TITLES.restarted, text);
      }
    },
    onDevice(report) {
      if (!reportDue) return;
      reportDue = false;
      tellFallback(report);
    },
  };
}
