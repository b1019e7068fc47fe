/**
 * `ganPlayground` in the browser's console: what the page knows, and every weight, for those who want to look behind it. Reads only; what it
 * gives is a copy or must be treated as one. README.md says how to use it.
 */
import type { RunSnapshot } from "../core/snapshot";
import type { PlaygroundState } from "./store";
import { playground } from "./use-playground";

export interface ConsoleAccess {
  /** The page's state: experiment, step, device, notices. */
  state(): PlaygroundState;
  /** Weights, averages and optimisers' memories of every arm, and the curves. */
  snapshot(): Promise<RunSnapshot>;
}

declare global {
  interface Window {
    ganPlayground?: ConsoleAccess;
  }
}

export function openConsoleAccess(): void {
  window.ganPlayground = {
    state: () => playground().store.getState(),
    snapshot: () => playground().snapshot(),
  };
}
