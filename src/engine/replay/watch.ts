/** What the backends' recorders do alike: watch one step while it is computed as ever. What they write down is their own. */
import * as tf from "@tensorflow/tfjs";
import type { Draw, TakeIn } from "../draws";
import { NotReplayable } from "./types";

export type KernelFunction = tf.KernelConfig["kernelFunc"];

/** Watches from start to stop; then tells what it saw. */
export interface Watcher<Recording> {
  start(): void;
  stop(): void;
  /** Notes that a tensor is an input of the step and not a constant. */
  taken(draw: Draw, tensor: tf.Tensor): tf.Tensor;
  /** @throws NotReplayable */
  finish(results: readonly tf.Tensor[]): Recording;
}

/**
 * Runs `compute` under a watcher's eyes.
 * @param makeDraw makes a draw's tensor for the step at hand
 * @returns the result of `compute` (in its caller's tidy) and the recording, or why there is none
 */
export function recordWith<Recording, Result extends tf.Tensor>(
  watcher: Watcher<Recording>,
  makeDraw: TakeIn,
  compute: (take: TakeIn) => readonly Result[],
): { readonly made: readonly Result[]; readonly recording: Recording | NotReplayable } {
  let made: readonly Result[];
  watcher.start();
  try {
    made = compute((draw) => watcher.taken(draw, makeDraw(draw)));
  } finally {
    watcher.stop();
  }
  try {
    return { made, recording: watcher.finish(made) };
  } catch (error) {
    if (error instanceof NotReplayable) return { made, recording: error };
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
