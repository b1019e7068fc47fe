/** Keeps a tab's latent point, pins and view settings over a reload. What is kept is tab-memory.ts. */
import type { StoreApi } from "zustand/vanilla";
import type { PageAccess } from "../page";
import { firstConfig } from "../selectors";
import type { PlaygroundState } from "../store";
import { DEFAULT_SETTINGS, type LatentSettings, type LatentState } from "./latent-state";
import { readTabMemory, type TabMemory, writeTabMemory } from "./tab-memory";

/** A moving slider changes the point sixty times a second; storage need not follow. */
const WRITE_AFTER_MS = 400;

export interface TabKeeper {
  /** Remembers every change from now on. */
  start(): void;
  /** What the tab remembered when the page was opened. */
  readonly remembered: TabMemory | null;
  dispose(): void;
}

/** Reads what was remembered, and from `start` on remembers every change. */
export function createTabKeeper(
  page: PageAccess,
  store: StoreApi<PlaygroundState>,
  views: StoreApi<LatentState>,
): TabKeeper {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let stops: (() => void)[] = [];

  const write = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const { latent, averaged, speedLimit } = store.getState();
    const { size, prior } = firstConfig(store.getState()).latent;
    writeTabMemory(page, { size, prior, latent, averaged, speedLimit, settings: settingsOf(views.getState()) });
  };
  const soon = () => {
    timer ??= setTimeout(write, WRITE_AFTER_MS);
  };

  return {
    remembered: readTabMemory(page),
    start() {
      stops = [
        page.onLeave(() => {
          if (timer !== null) write();
        }),
        store.subscribe((state, before) => {
          if (
            state.latent !== before.latent ||
            state.averaged !== before.averaged ||
            state.speedLimit !== before.speedLimit
          ) {
            soon();
          }
        }),
        views.subscribe((state, before) => {
          if (SETTINGS.some((name) => state[name] !== before[name])) soon();
        }),
      ];
    },
    dispose() {
      if (timer !== null) write();
      for (const stop of stops) stop();
      stops = [];
    },
  };
}

const SETTINGS = Object.keys(DEFAULT_SETTINGS) as (keyof LatentSettings)[];

function settingsOf({ pins, way, steps, seconds, tint, plane }: LatentState): LatentSettings {
  return { pins, way, steps, seconds, tint, plane };
}
