/** The numbers of steps on their way from the device: one small tensor a step, one readback for many; or from memory at once. */
import * as tf from "@tensorflow/tfjs";
import { STEP_SERIES, STEP_SERIES_COUNT, type StepSeries } from "../core/history";
import type { PendingNumbers } from "./replay/types";

/** Numbers of the steps since the last read, one row a step in the order of core/history's STEP_SERIES. */
export interface StepNumbers {
  readonly steps: Float64Array; // [n]
  readonly values: Float32Array; // [n, STEP_SERIES_COUNT]
}

interface Row {
  readonly step: number;
  readonly series: readonly StepSeries[];
  readonly values: tf.Tensor1D | Float32Array | PendingNumbers; // [series.length]; a tensor is kept
}

/** Rows since the last read. */
export class NumberLog {
  #rows: Row[] = [];

  /** Puts scalars away, which may live in the caller's tidy. */
  add(step: number, series: readonly StepSeries[], scalars: readonly tf.Scalar[]): void {
    const values = tf.keep(tf.tidy(() => tf.concat1d(scalars.map((scalar) => tf.reshape(scalar, [1]) as tf.Tensor1D))));
    this.#rows.push({ step, series, values });
  }

  /** Puts numbers away that are on the host already, or that a replayer keeps. */
  addValues(step: number, series: readonly StepSeries[], values: Float32Array | PendingNumbers): void {
    this.#rows.push({ step, series, values });
  }

  /** Takes all rows. NaN where a step did not compute a number. */
  async read(): Promise<StepNumbers> {
    const rows = this.#rows;
    this.#rows = [];
    const steps = Float64Array.from(rows, (row) => row.step);
    const values = new Float32Array(rows.length * STEP_SERIES_COUNT).fill(Number.NaN);
    if (rows.length === 0) return { steps, values };
    const pending = rows.map(({ values: own }) => ("read" in own ? own.read() : undefined));
    const onDevice = await readTensors(rows);
    let from = 0;
    for (const [i, { series, values: own }] of rows.entries()) {
      const host = own instanceof Float32Array ? own : await pending[i];
      for (const [j, name] of series.entries()) {
        values[i * STEP_SERIES_COUNT + STEP_SERIES.indexOf(name)] = (host ? host[j] : onDevice[from++]) ?? Number.NaN;
      }
    }
    return { steps, values };
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
