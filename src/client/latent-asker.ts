/** Asks the worker for G's sample at the sliders' point: one question at a time, the latest counts, following training. */
import type { Generated } from "../worker/protocol";

/** While training, the sample is asked for again this often at most. */
const FOLLOW_MS = 100;
/** And not before this many times the last answer's time has passed, so that looking costs training little. */
const FOLLOW_SHARE = 3;

export interface LatentAskerOptions {
  readonly request: (latent: Float32Array) => Promise<Generated>;
  /** The point to ask for, at the moment of asking. */
  readonly latent: () => Float32Array;
  readonly receive: (generated: Generated) => void;
}

export interface LatentAsker {
  /** The point, the networks or the view changed: ask now, or as soon as the running question is answered. */
  ask(): void;
  /** Training is at this step: if that is news, ask again as soon as it is time. */
  follow(step: number): void;
  dispose(): void;
}

export function createLatentAsker({ request, latent, receive }: LatentAskerOptions): LatentAsker {
  /** A person's question that is under way, and whether another waits for its answer. */
  let asking = false;
  let again = false;
  /** A question that follows training is under way. A person's question does not wait for its answer. */
  let following = false;
  let followAgain = false;
  let disposed = false;
  let seenStep = -1;
  let nextFollow = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let sent = 0;
  let newest = 0; // of the questions whose answers were received

  async function question(): Promise<void> {
    sent += 1;
    const number = sent;
    const started = performance.now();
    const point = latent().slice();
    try {
      const generated = await request(point);
      // After a change of the latent's size the answer is to a question that nobody asks any more.
      if (!disposed && number > newest && point.length === latent().length) {
        newest = number;
        receive(generated);
      }
    } catch {
      // The worker is being restarted or has no networks yet; it will be asked again when it is ready.
    }
    const now = performance.now();
    nextFollow = now + Math.max(FOLLOW_MS, FOLLOW_SHARE * (now - started));
  }

  async function run(): Promise<void> {
    asking = true;
    do {
      again = false;
      await question();
    } while (again && !disposed);
    asking = false;
  }

  async function followNow(): Promise<void> {
    timer = null;
    if (disposed) return;
    if (asking) again = true;
    else if (following) followAgain = true;
    else {
      following = true;
      await question();
      following = false;
      if (followAgain) followLater();
      followAgain = false;
    }
  }

  function followLater(): void {
    // Put off, never dropped: the last step before a pause has no successor that would ask again.
    timer ??= setTimeout(() => void followNow(), Math.max(0, nextFollow - performance.now()));
  }

  return {
    ask() {
      if (asking) again = true;
      else if (!disposed) void run();
    },
    follow(step) {
      if (step === seenStep || disposed) return;
      seenStep = step;
      followLater();
    },
    dispose() {
      disposed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
