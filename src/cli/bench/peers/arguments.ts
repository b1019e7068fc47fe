/** The command line of a system's process: `WORK BACKEND [EXECUTION] [THREADS]`, written by systems.ts. */
import { isWorkId, WORKS, type Work } from "../works";

export interface PeerArguments {
  readonly work: Work;
  readonly backend: string;
  readonly execution: string;
  readonly threads: number;
}

/** @throws Error when the work is unknown */
export function peerArguments(): PeerArguments {
  const [id = "", backend = "wasm", execution = "default", threads = "1"] = process.argv.slice(2);
  if (!isWorkId(id)) throw new Error(`There is no work "${id}".`);
  return { work: WORKS[id], backend, execution, threads: Number(threads) };
}

/** Steps of warming up: code is compiled and memory is there; on a GPU in software each costs seconds. */
export const warmUpSteps = (backend: string): number => (backend === "webgpu" ? 3 : 5);
