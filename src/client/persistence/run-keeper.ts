/** When the last run is kept: at checkpoints, now and then, and when the person leaves. What is kept where: last-run.ts. */
import type { RunSnapshot } from "../../core/snapshot";
import type { RunStore, SavedRun } from "./last-run";

/** Writing megabytes to disk at every checkpoint would wear a laptop's battery. */
const SAVE_EVERY_MS = 30_000;

export interface RunKeeperOptions {
  readonly store: RunStore;
  /** Told once when runs cannot be kept. */
  readonly onFailure: (why: string) => void;
}

export interface RunKeeper {
  /** A new checkpoint of an experiment (as core/share encodes it). */
  keep(experiment: string, run: RunSnapshot): void;
  /** Writes what was not written yet: the person may be leaving. */
  flush(): void;
  /** The run kept before this page was opened, if it is of this experiment and has begun. */
  find(experiment: string): Promise<RunSnapshot | null>;
}

export function createRunKeeper({ store, onFailure }: RunKeeperOptions): RunKeeper {
  let waiting: SavedRun | null = null;
  let savedAt = Number.NEGATIVE_INFINITY;
  let failed = false;

  const flush = () => {
    if (waiting === null || failed) return;
    const saved = waiting;
    waiting = null;
    savedAt = performance.now();
    store.save(saved).catch((error: unknown) => {
      if (failed) return;
      failed = true;
      onFailure(error instanceof Error ? error.message : String(error));
    });
  };

  return {
    keep(experiment, run) {
      waiting = { experiment, run };
      if (performance.now() - savedAt >= SAVE_EVERY_MS) flush();
    },
    flush,
    async find(experiment) {
      const saved = await store.load();
      if (saved === null || saved.experiment !== experiment) return null;
      return saved.run.arms.some((arm) => arm.snapshot.step > 0) ? saved.run : null;
    },
  };
}
