/** Requests to a worker that answers each by its number, one after the other. Settles every one. Not the training worker's. */

interface Answer<Value> {
  readonly type: "result";
  readonly id: number;
  readonly value: Value;
}

interface Refusal {
  readonly type: "failure";
  readonly id: number;
  /** A sentence for people. */
  readonly reason: string;
}

/** What such a worker says: answers, and whatever else it streams. */
type Said<Value, Streamed> = Answer<Value> | Refusal | Streamed;

export interface WorkerRequests<Command, Value> {
  /** Starts the worker where none runs. @throws Error with a sentence for people */
  request(command: Command): Promise<Value>;
  /** Ends the worker; what is still asked is refused with these words. The next request starts a new one. */
  end(why: string): void;
}

/**
 * @param start starts the worker
 * @param diedWords what is said where the worker ends by itself
 * @param onEvent told of what the worker says besides answers
 */
export function createWorkerRequests<Command, Value, Streamed extends { readonly type: string }>(
  start: () => Worker,
  diedWords: string,
  onEvent: (event: Exclude<Streamed, Answer<Value> | Refusal>) => void = () => {},
): WorkerRequests<Command, Value> {
  const waiting = new Map<number, { resolve(value: Value): void; reject(error: Error): void }>();
  let worker: Worker | null = null;
  let last = 0;

  function end(why: string): void {
    worker?.terminate();
    worker = null;
    const refused = [...waiting.values()];
    waiting.clear();
    for (const { reject } of refused) reject(new Error(why));
  }

  function started(): Worker {
    const fresh = start();
    fresh.addEventListener("message", ({ data }: MessageEvent<Said<Value, Streamed>>) => {
      if (!isSettling<Value>(data)) {
        onEvent(data as Exclude<Streamed, Answer<Value> | Refusal>); // the rest of what its protocol says
        return;
      }
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.type === "result") asked?.resolve(data.value);
      else asked?.reject(new Error(data.reason));
    });
    fresh.addEventListener("error", () => {
      if (worker === fresh) end(diedWords);
    });
    return fresh;
  }

  return {
    request: (command) =>
      new Promise((resolve, reject) => {
        worker ??= started();
        const id = ++last;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, command });
      }),
    end,
  };
}

const isSettling = <Value>(said: { readonly type: string }): said is Answer<Value> | Refusal =>
  said.type === "result" || said.type === "failure";
