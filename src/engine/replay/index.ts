/** Record and replay: a training step is recorded once and replayed without TensorFlow.js's tape, scopes and tensors. */
import type * as tf from "@tensorflow/tfjs";
import type { Replayer } from "./types";
import { WasmReplayer } from "./wasm/replayer";

export type { Execution, Replayer } from "./types";

/**
 * The replayer of one trainer on the current backend; undefined where the backend has none.
 * @param variables whatever a step may change
 * @param threads that may share a step's work, where the CPU computes
 */
export function makeReplayer(variables: readonly tf.Variable[], threads: number): Replayer | undefined {
  return WasmReplayer.of(variables, threads);
}
