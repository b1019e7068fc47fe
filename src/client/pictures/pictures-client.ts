/** The page's end of the pictures' worker: starts it when it is first needed, settles every request. No state to show. */
import type { PicturesCommand, PicturesEvent, PicturesRequest, PicturesResults } from "../../worker/protocol-pictures";

export interface PicturesClient {
  /** @throws Error with a sentence for people */
  request<C extends PicturesCommand>(command: C): Promise<PicturesResults[C["type"]]>;
}

interface Waiting {
  resolve(value: PicturesResults[PicturesCommand["type"]]): void;
  reject(error: Error): void;
}

/** @param onProgress told how many pictures of how many are made */
export function createPicturesClient(onProgress: (done: number, total: number) => void): PicturesClient {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let last = 0;

  function start(): Worker {
    const started = new Worker(new URL("../../worker/pictures/pictures.worker.ts", import.meta.url), {
      type: "module",
      name: "pictures",
    });
    started.addEventListener("message", ({ data }: MessageEvent<PicturesEvent>) => {
      if (data.type === "progress") {
        onProgress(data.done, data.total);
        return;
      }
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.type === "result") asked?.resolve(data.value);
      else asked?.reject(new Error(data.reason));
    });
    started.addEventListener("error", () => {
      for (const { reject } of waiting.values()) {
        reject(new Error("Reading the pictures broke off, most often for want of memory. Try fewer at once."));
      }
      waiting.clear();
      started.terminate();
      worker = null; // the next request starts a new one, with nothing in it
    });
    return started;
  }

  return {
    request<C extends PicturesCommand>(command: C) {
      return new Promise<PicturesResults[C["type"]]>((resolve, reject) => {
        worker ??= start();
        const id = ++last;
        // What the worker answers to a command is of the command's own type (worker/protocol-pictures.ts).
        waiting.set(id, { resolve: (value) => resolve(value as PicturesResults[C["type"]]), reject });
        worker.postMessage({ id, command } satisfies PicturesRequest);
      });
    },
  };
}
