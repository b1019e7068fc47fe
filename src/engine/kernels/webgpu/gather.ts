/** Minibatches by index from a data set that lies on the device. Which indices, and what a byte means, is image-set.ts. */
import { type GpuPlan, type Hook, onePass } from "./program";
import { type BufferDeclaration, hookBuffers, hookFunction, linearKernel } from "./wgsl";

export interface GatherOptions {
  /** "bytes": four numbers to a word, first byte lowest, as a Uint8Array lies in memory. */
  readonly source: "floats" | "bytes";
  /** Runs on each number: row is the row of the minibatch, col the place in it. */
  readonly epilogue?: Hook;
}

/**
 * Rows of a data set: result[i] = data[indices[i]].
 * @param size numbers in a row
 * Operands: data [count, size] (f32, or bytes as u32 words), indices [batch] (u32), for bytes: values [256] (what each byte stands for),
 * [extra inputs], result [batch, size], [extra outputs].
 */
export function gatherRows(batch: number, size: number, { source, epilogue }: GatherOptions): GpuPlan {
  const [extras, outs] = hookBuffers(epilogue);
  const bytes = source === "bytes";
  // A table, because image-set.ts rounds its values from doubles: the same numbers on every device.
  const tables: BufferDeclaration[] = bytes ? [{ name: "values", kind: "read" }] : [];
  const { code, workgroups, bindings } = linearKernel(
    batch * size,
    [
      { name: "data", kind: "read", type: bytes ? "array<u32>" : "array<f32>" },
      { name: "indices", kind: "read", type: "array<u32>" },
      ...tables,
      ...extras,
      { name: "result", kind: "read-write" },
      ...outs,
    ],
    hookFunction("epilogue", epilogue),
    `let row = index / ${size}u;
  let col = index % ${size}u;
  let place = indices[row] * ${size}u + col;
  let value = ${bytes ? "values[(data[place / 4u] >> ((place % 4u) * 8u)) & 0xffu]" : "data[place]"};
  result[index] = epilogue(value, index, row, col);`,
  );
  return onePass({ label: `gather ${batch}×${size}`, code, workgroups, bindings });
}
