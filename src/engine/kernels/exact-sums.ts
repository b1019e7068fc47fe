/** What may be relied on of a backend's sums over a batch. Computes nothing. */
import * as tf from "@tensorflow/tfjs";
import { wasmRuntime } from "./wasm/register";

/** Whether sums over a batch add up in double precision, in which a minibatch of floats sums without rounding, in any order. */
export const sumsAreExact = (): boolean => tf.getBackend() === "cpu" || wasmRuntime() !== undefined;
