/** What the backends' recorders do alike: watch one step while it is computed as ever. What they write down is their own. */
import * as tf from "@tensorflow/tfjs";
import type { Draw, TakeIn } from "../draws";
import { NotReplayable, type StepComputation } from "./types";

export type KernelFunction = tf.KernelConfig["kernelFunc"];

/** Watches from start to stop; then tells what it saw. */
export interface Watcher<Recording> {
  start(): void;
  stop(): void;
  /** Notes that a tensor is an input of the step and not a constant. */
  taken(draw: Draw, tensor: tf.Tensor): tf.Tensor;
  /** @throws NotReplayable */
  finish(scalars: readonly tf.Scalar[]): Recording;
}

/**
 * Runs `compute` under a watcher's eyes.
 * @param makeDraw makes a draw's tensor for the step at hand
 * @returns the result of `compute` (scalars, in its caller's tidy) and the recording, or why there is none
 */
export function recordWith<Recording>(
  watcher: Watcher<Recording>,
  makeDraw: TakeIn,
  compute: StepComputation,
): { readonly scalars: readonly tf.Scalar[]; readonly recording: Recording | NotReplayable } {
  let scalars: readonly tf.Scalar[];
  watcher.start();
  try {
    scalars = compute((draw) => watcher.taken(draw, makeDraw(draw)));
  } finally {
    watcher.stop();
  }
  try {
    return { scalars, recording: watcher.finish(scalars) };
  } catch (error) {
    if (error instanceof NotReplayable) return { scalars, recording: error };
    throw error;
  }
}

/**
 * Puts a watched kernel in the place of each of a backend's.
 * @returns what puts the kernels back
 */
export function watchKernels(
  backend: string,
  watched: (
    name: string,
    kernelFunc: KernelFunction,
    ...call: Parameters<KernelFunction>
  ) => ReturnType<KernelFunction>,
): () => void {
  const configs = tf.getKernelsForBackend(backend) as { kernelName: string; kernelFunc: KernelFunction }[];
  const originals = configs.map((config) => {
    const { kernelName, kernelFunc } = config;
    config.kernelFunc = (call) => watched(kernelName, kernelFunc, call);
    return { config, kernelFunc };
  });
  return () => {
    for (const { config, kernelFunc } of originals) config.kernelFunc = kernelFunc;
  };
}
