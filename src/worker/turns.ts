/** Lets messages in between two slices of training. Not a scheduler. */

export interface Turns {
  /** Resolves in a later task, after messages that have already come were delivered. */
  next(): Promise<void>;
  dispose(): void;
}

/**
 * A message to oneself: unlike setTimeout, which browsers stretch to 4 ms, it takes its turn at once. Node has setImmediate for
 * this, and there it must be used: Node delivers up to a thousand messages of one port before anything else gets a turn.
 */
export function createTurns(): Turns {
  if (typeof setImmediate === "function") {
    return { next: () => new Promise((resolve) => setImmediate(resolve)), dispose() {} };
  }
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return {
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        port2.postMessage(null);
      }),
    dispose() {
      port1.close();
      port2.close();
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}
