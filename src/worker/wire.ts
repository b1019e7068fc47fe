/** What crosses the wire besides plain values: errors, and buffers that move instead of being copied. */
import type { Generated, WireError } from "./protocol";

/** An error as the page gets it. */
export function toWireError(error: unknown): WireError {
  if (error instanceof Error) return { name: error.name, message: error.message, stack: error.stack ?? "" };
  return { name: "Error", message: String(error), stack: "" };
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
