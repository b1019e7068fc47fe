/** Record and replay: a training step is recorded once and replayed without TensorFlow.js's tape, scopes and tensors. */
import type * as tf from "@tensorflow/tfjs";
import type { Replayer } from "./types";
import { WasmReplayer } from "./wasm/replayer";
import { WebGpuReplayer } from "./webgpu/replayer";

export { type Given, LookLost, type LookUnderWay, type PendingNumbers, type Replayer } from "./types";
export type { DispatchReport } from "./webgpu/report";

/**
 * The replayer of one trainer on the current backend; undefined where the backend has none.
 * @param variables whatever a step may change
 * @param threads that share a step's work where the CPU computes; "auto": as many as there are, if they are faster than one
 * @param groups of variables that are updated together, each in the order of its gradient vector
 */
export function makeReplayer(
  variables: readonly tf.Variable[],
  threads: number | "auto",
  groups: readonly (readonly tf.Variable[])[],
): Replayer | undefined {
  return WasmReplayer.of(variables, threads) ?? WebGpuReplayer.of(variables, groups);
}
