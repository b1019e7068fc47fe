/** Starts one helper thread, in a browser or in Node: the one place where the two differ. */
import type { HelperStart } from "./control";
import { helpUntilStopped } from "./helper";
import { makeWalker } from "./walk";

export interface Helper {
  /** Ends it at once. */
  end(): void;
}

/** The part of Node that is used; imports of it would stand in the way of a browser's build. */
interface NodeProcess {
  readonly versions?: { readonly node?: string };
  getBuiltinModule?(name: string): unknown;
}
interface NodeThreads {
  Worker: new (
    code: string,
    options: { eval: true; workerData: HelperStart; execArgv: string[] },
  ) => { unref(): void; terminate(): Promise<number>; on(event: "error", listener: (error: Error) => void): void };
}
interface NodeSystem {
  availableParallelism?(): number;
  cpus(): unknown[];
}

/** The number of threads that are used when nobody says otherwise: as many as run at once, and at most four. */
export function defaultThreads(): number {
  const system = builtin("node:os") as NodeSystem | undefined;
  const cores = system
    ? (system.availableParallelism?.() ?? system.cpus().length)
    : typeof navigator === "undefined"
      ? 1
      : navigator.hardwareConcurrency;
  return Math.max(1, Math.min(cores || 1, 4));
}

/** Why threads cannot be had here, in a sentence; null where they can. */
export function whyNoThreads(): string | null {
  if (typeof SharedArrayBuffer === "undefined") {
    const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean };
    return crossOriginIsolated === true
      ? "this browser lets threads share no memory"
      : "this page is not cross-origin isolated, so that threads cannot share memory";
  }
  return builtin("node:worker_threads") === undefined && typeof Worker === "undefined"
    ? "this browser starts no worker from within a worker"
    : null;
}

/**
 * @param onError told when the thread fails, if the event loop is free to tell
 * @throws when it cannot be started
 */
export function startHelper(start: HelperStart, onError: (why: string) => void): Helper {
  const node = builtin("node:worker_threads") as NodeThreads | undefined;
  if (node !== undefined) {
    // Its text, so that it runs whatever compiles TypeScript here. Compilers that keep names call `__name`.
    const code = `const __name = (f) => f;
      (${helpUntilStopped})(require("node:worker_threads").workerData, ${makeWalker});`;
    const worker = new node.Worker(code, { eval: true, workerData: start, execArgv: [] });
    worker.unref(); // a program that is done may end
    worker.on("error", ({ message }) => onError(message));
    return { end: () => void worker.terminate() };
  }
  const worker = new Worker(new URL("./helper.worker.ts", import.meta.url), {
    type: "module",
    name: "training helper",
  });
  worker.addEventListener("error", (event) => onError(event.message || "its script did not load"));
  worker.postMessage(start);
  return { end: () => worker.terminate() };
}

function builtin(name: string): unknown {
  const { process } = globalThis as { process?: NodeProcess };
  if (process?.versions?.node === undefined) return undefined;
  return process.getBuiltinModule?.(name);
}
