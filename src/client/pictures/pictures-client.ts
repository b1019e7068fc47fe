/** The page's end of the pictures' worker: starts it when it is first needed, settles every request. No state to show. */
import type { PicturesCommand, PicturesEvent, PicturesResults } from "../../worker/protocol-pictures";
import { createWorkerRequests } from "../worker-requests";

export interface PicturesClient {
  /** @throws Error with a sentence for people */
  request<C extends PicturesCommand>(command: C): Promise<PicturesResults[C["type"]]>;
}

/** @param onProgress told how many pictures of how many are made */
export function createPicturesClient(onProgress: (done: number, total: number) => void): PicturesClient {
  const requests = createWorkerRequests<PicturesCommand, PicturesResults[PicturesCommand["type"]], PicturesEvent>(
    () =>
      new Worker(new URL("../../worker/pictures/pictures.worker.ts", import.meta.url), {
        type: "module",
        name: "pictures",
      }),
    "Reading the pictures broke off, most often for want of memory. Try fewer at once.",
    ({ done, total }) => onProgress(done, total),
  );
  return {
    // What the worker answers to a command is of the command's own type (worker/protocol-pictures.ts).
    request: <C extends PicturesCommand>(command: C) =>
      requests.request(command) as Promise<PicturesResults[C["type"]]>,
  };
}
