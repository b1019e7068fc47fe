/** What crosses the wire besides plain values: errors, and buffers that move instead of being copied. */
import { errorSentence, isForeign } from "../core/errors";
import type { Generated, WireError } from "./protocol";

/** An error as the page gets it. */
export function toWireError(error: unknown): WireError {
  if (!(error instanceof Error)) return { name: "Error", message: errorSentence(error), stack: String(error) };
  const { name, message, stack = "" } = error;
  // What is a programmer's affair stays readable in the stack, which goes to the console.
  return { name, message: isForeign(error) ? errorSentence(error) : message, stack: `${name}: ${message}\n${stack}` };
}

/** The distinct buffers of typed arrays that nobody here needs any more. */
export function transferables(arrays: readonly ArrayBufferView[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBufferLike>(arrays.map((array) => array.buffer));
  return [...buffers].filter((buffer) => buffer instanceof ArrayBuffer); // shared memory needs no transfer
}

/** The buffers of generated samples. */
export function samplesOf({ arms }: Generated): ArrayBuffer[] {
  return transferables(arms.flatMap(({ samples, logits }) => [samples, logits]));
}
