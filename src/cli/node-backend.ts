/** Starts the engine's backend in Node, for tests and the command line. The WebGPU driver is webgpu-node.ts. */

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Arithmetic, BACKENDS } from "../core/device";
import { type ChosenBackend, chooseBackend } from "../engine/backend";
import { openWebGpu } from "./webgpu-node";

/** The folder of TensorFlow.js's .wasm files in node_modules. */
export const wasmFolder = join(
  dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json")),
  "dist",
  "/",
);

export interface NodeBackendOptions {
  /** "plain": kernels without fused multiply-add. */
  readonly arithmetic?: Arithmetic;
}

/**
 * Starts a backend and mends TensorFlow.js, exactly as the page does.
 * @param name one of core's backend names; it may come from a command line
 * @throws when that very backend does not start, with the reason: on a command line a silent other one would only confuse
 */
export async function startBackend(name: string, options: NodeBackendOptions = {}): Promise<ChosenBackend> {
  const backend = BACKENDS.find((known) => known === name);
  if (!backend) throw new Error(`There is no backend "${name}". Choose from: ${BACKENDS.join(", ")}.`);
  const before = {
    uncaughtException: listeners("uncaughtException"),
    unhandledRejection: listeners("unhandledRejection"),
  };
  const chosen = await chooseBackend(backend, {
    wasmPaths: wasmFolder,
    gpu: backend === "webgpu" ? await openWebGpu() : undefined,
    ...options,
  });
  // Emscripten, inside TensorFlow.js, listens for every uncaught error and throws it again from its own minified line of 100 kB.
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    for (const listener of listeners(event)) {
      if (!before[event].includes(listener)) process.removeListener(event, listener as () => void);
    }
  }
  if (chosen.report.backend !== backend) throw new Error(chosen.report.reason);
  return chosen;
}

const listeners = (event: "uncaughtException" | "unhandledRejection") =>
  process.listeners(event as "uncaughtException");
