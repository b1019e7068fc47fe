/** The worker's end of client/worker-requests.ts: answers requests by their numbers, one after the other. */
import { errorSentence } from "../core/errors";

interface Request<Command> {
  readonly id: number;
  readonly command: Command;
}

/**
 * Listens to the page from now on.
 * @param obey what a request is answered with; what it throws is told as a sentence
 * @param handedOver what of an answer moves to the page instead of being copied
 */
export function answerInOrder<Command, Value>(
  obey: (command: Command) => Promise<Value>,
  handedOver: (value: Value) => Transferable[],
): void {
  let last: Promise<void> = Promise.resolve();
  self.addEventListener("message", ({ data: { id, command } }: MessageEvent<Request<Command>>) => {
    last = last.then(async () => {
      try {
        const value = await obey(command);
        self.postMessage({ type: "result", id, value }, { transfer: handedOver(value) });
      } catch (error) {
        self.postMessage({ type: "failure", id, reason: errorSentence(error) });
      }
    });
  });
}
