/** Starts the page's training worker. Apart from its user, so that tests run without one. */
import type { WorkerLike } from "./training-client";

/** @throws where the browser does not allow workers */
export function startTrainingWorker(name: string): WorkerLike {
  return new Worker(new URL("../worker/training.worker.ts", import.meta.url), { type: "module", name });
}
