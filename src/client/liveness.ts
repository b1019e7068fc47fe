/**
 * Notices that a worker is gone. `Worker` fires no event when a worker closes itself or is killed, so two signs are watched:
 * a Web Lock that the worker holds while it lives (free again means dead, at once), and answers to pings (where there are no
 * locks). A slow step on a slow device blocks a worker for many seconds: silence alone is told long before it is a death.
 */

/** Between two looks. Pings only go out when nothing else was heard since the last look. */
const LOOK_MS = 5_000;
/** Looks without a sign of life (20 s), after which the person is told that the worker still works on something. */
const SILENT_LOOKS = 4;
/** The same where it was never heard: a program that is this late is late. */
const LATE_LOOKS = 2;
/** Looks (3 min) after which a worker without a lock is given up. */
const DEAD_LOOKS = 36;

/** A worker that is not heard. */
export interface Silence {
  readonly seconds: number;
  /** Whether it was ever heard: else its program is still on its way. */
  readonly started: boolean;
}

export interface LivenessOptions {
  /** The name under which the worker holds its lock. */
  readonly lockName: string;
  /** Sends a ping; any message from the worker counts as an answer. */
  readonly ping: () => void;
  /** Nothing was heard for a while; null when the worker is heard again. */
  readonly onSilence: (silence: Silence | null) => void;
  readonly onDeath: (why: string) => void;
}

export interface Liveness {
  /** A message came. */
  heard(): void;
  /** The worker holds its lock: from now on the lock tells of its death. */
  locked(): void;
  stop(): void;
}

/** Watches one worker until `stop`; calls onDeath at most once. */
export function watchWorker(options: LivenessOptions): Liveness {
  const stopping = new AbortController();
  let silentLooks = 0;
  let hasLock = false;
  let started = false;

  const die = (why: string) => {
    if (stopping.signal.aborted) return;
    stop();
    options.onDeath(why);
  };
  const look = () => {
    silentLooks += 1; // counted in looks, not by the clock: a laptop that slept was not silent
    if (silentLooks > 1) options.ping();
    if (silentLooks >= DEAD_LOOKS && !hasLock) die("it did not answer for three minutes");
    else if (silentLooks >= (started ? SILENT_LOOKS : LATE_LOOKS))
      options.onSilence({ seconds: (silentLooks * LOOK_MS) / 1000, started });
  };
  const timer = setInterval(look, LOOK_MS);
  const stop = () => {
    clearInterval(timer);
    stopping.abort();
  };

  return {
    heard() {
      if (silentLooks >= (started ? SILENT_LOOKS : LATE_LOOKS)) options.onSilence(null);
      silentLooks = 0;
      started = true;
    },
    locked() {
      if (hasLock || typeof navigator === "undefined" || navigator.locks === undefined) return;
      hasLock = true;
      navigator.locks
        .request(options.lockName, { signal: stopping.signal }, () => die("it stopped by itself or was stopped"))
        .catch(() => {}); // aborted by stop
    },
    stop,
  };
}
