/** Record and replay: a training step is recorded once and replayed without TensorFlow.js's tape, scopes and tensors. */
import type * as tf from "@tensorflow/tfjs";
import type { Replayer } from "./types";
import { WasmReplayer } from "./wasm/replayer";

export type { Execution, Replayer } from "./types";

/**
 * The replayer of one trainer on the current backend; undefined where the backend has none.
 * @param variables whatever a step may change
 * @param threads that share a step's work where the CPU computes; "auto": as many as there are, if they are faster than one
 */
export function makeReplayer(variables: readonly tf.Variable[], threads: number | "auto"): Replayer | undefined {
  return WasmReplayer.of(variables, threads);
}
