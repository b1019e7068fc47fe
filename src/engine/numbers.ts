/** The numbers of steps on their way from the device: one small tensor a step, one readback for many; or from memory at once. */
import * as tf from "@tensorflow/tfjs";
import type { ReadingId } from "../core/models";
import type { StepTable } from "../core/step-table";
import type { PendingNumbers } from "./replay/types";

/** Numbers of the steps since the last read, one row a step. */
export type StepNumbers = StepTable;

interface Row {
  readonly step: number;
  readonly names: readonly ReadingId[];
  readonly values: tf.Tensor1D | Float32Array | PendingNumbers; // [names.length]; a tensor is kept
}

/** Rows since the last read. */
export class NumberLog {
  #rows: Row[] = [];
  readonly #columns: readonly ReadingId[];

  /** @param columns all that steps tell */
  constructor(columns: readonly ReadingId[]) {
    this.#columns = columns;
  }

  /** Puts scalars away, which may live in the caller's tidy. */
  add(step: number, names: readonly ReadingId[], scalars: readonly tf.Scalar[]): void {
    const values = tf.keep(tf.tidy(() => tf.concat1d(scalars.map((scalar) => tf.reshape(scalar, [1]) as tf.Tensor1D))));
    this.#rows.push({ step, names, values });
  }

  /** Puts numbers away that are on the host already, or that a replayer keeps. */
  addValues(step: number, names: readonly ReadingId[], values: Float32Array | PendingNumbers): void {
    this.#rows.push({ step, names, values });
  }

  /** Takes all rows. */
  async read(): Promise<StepNumbers> {
    const rows = this.#rows;
    this.#rows = [];
    const steps = Float64Array.from(rows, (row) => row.step);
    const width = this.#columns.length;
    const values = new Float32Array(rows.length * width).fill(Number.NaN);
    if (rows.length === 0) return { columns: this.#columns, steps, values };
    const pending = rows.map(({ values: own }) => ("read" in own ? own.read() : undefined));
    const onDevice = await readTensors(rows);
    let from = 0;
    for (const [i, { names, values: own }] of rows.entries()) {
      const host = own instanceof Float32Array ? own : await pending[i];
      for (const [j, name] of names.entries()) {
        values[i * width + this.#columns.indexOf(name)] = (host ? host[j] : onDevice[from++]) ?? Number.NaN;
      }
    }
    return { columns: this.#columns, steps, values };
  }

  clear(): void {
    for (const { values } of this.#rows) if (values instanceof tf.Tensor) values.dispose();
    this.#rows = [];
  }
}

/** The numbers of all rows that are tensors, one after the other; disposes them. */
async function readTensors(rows: readonly Row[]): Promise<Float32Array> {
  const tensors = rows.flatMap(({ values }) => (values instanceof tf.Tensor ? [values] : []));
  if (tensors.length === 0) return new Float32Array(0);
  const all = tf.tidy(() => tf.concat1d(tensors));
  for (const tensor of tensors) tensor.dispose();
  const flat = await all.data<"float32">();
  all.dispose();
  return flat;
}
