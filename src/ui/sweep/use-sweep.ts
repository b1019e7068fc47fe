/** React's view of the page's many runs: one for the page, made when the view is first opened, going on while it is closed. */
import { useStore } from "zustand";
import { createSweepRuns, type SweepRuns, type SweepState } from "../../client/sweep/sweep-runs";
import { useSweepSheet } from "./sweep-sheet";

/** Browsers that tell it give the memory in GB. */
const deviceMemory = (): number | null => {
  const { deviceMemory: gigabytes } = navigator as { readonly deviceMemory?: unknown };
  return typeof gigabytes === "number" ? gigabytes * 1e9 : null;
};

let current: SweepRuns | null = null;

/** The page's many runs. */
export function sweepRuns(): SweepRuns {
  if (current === null) {
    current = createSweepRuns({ cores: navigator.hardwareConcurrency, memory: deviceMemory() });
    current.store.subscribe(({ phase, entries }) => {
      const over = entries.filter(({ status }) => status !== "waiting" && status !== "running").length;
      const going = phase === "running" || phase === "paused";
      const progress = going ? `${over} of ${entries.length}` : null;
      if (useSweepSheet.getState().progress !== progress) useSweepSheet.setState({ progress });
    });
  }
  return current;
}

/** A part of the state; the selector as for usePlayground. */
export function useSweep<T>(selector: (state: SweepState) => T): T {
  return useStore(sweepRuns().store, selector);
}
