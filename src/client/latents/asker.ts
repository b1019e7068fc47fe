/** Asks the worker about points that a person moves: one question at a time, the latest counts, following training. */
import type { PicturePace } from "../picture-pace";

export interface AskerOptions<Answer extends { readonly milliseconds: number }> {
  readonly request: (points: Float32Array<ArrayBuffer>) => Promise<Answer>;
  /** The points to ask about, at the moment of asking; empty: nobody wants to know. */
  readonly points: () => Float32Array;
  readonly receive: (answer: Answer, points: Float32Array) => void;
  /** Shows answers to questions that follow training (client/picture-pace.ts). */
  readonly withPicture: PicturePace["withPicture"];
  /** While training, the question is asked again this often at most, in milliseconds. */
  readonly followMs: number;
  /** And not before this many times what the last answer took from training has passed, so that looking costs little. */
  readonly followShare: number;
}

export interface Asker {
  /** The points, the networks or the view changed: ask now, or as soon as the running question is answered. */
  ask(): void;
  /** Training is at this step: if that is news, ask again as soon as it is time. */
  follow(step: number): void;
  dispose(): void;
}

export function createAsker<Answer extends { readonly milliseconds: number }>(options: AskerOptions<Answer>): Asker {
  const { request, points, receive, withPicture, followMs, followShare } = options;
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

  /** @param show hands the answer on */
  async function question(show: (receiving: () => void) => void): Promise<void> {
    const asked = points().slice();
    if (asked.length === 0) return;
    sent += 1;
    const number = sent;
    try {
      const answer = await request(asked);
      nextFollow = performance.now() + Math.max(followMs, followShare * answer.milliseconds);
      show(() => {
        // After a change of the latent's size the answer is to a question that nobody asks any more.
        if (disposed || number <= newest || asked.length !== points().length) return;
        newest = number;
        receive(answer, asked);
      });
    } catch {
      // The worker is being restarted or has no networks yet; it will be asked again when it is ready.
      nextFollow = performance.now() + followMs;
    }
  }

  async function run(): Promise<void> {
    asking = true;
    do {
      again = false;
      await question((receiving) => receiving());
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
      await question(withPicture);
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
