/** The numbers of steps on their way from the device: one small tensor a step, one readback for many. */
import * as tf from "@tensorflow/tfjs";
import { STEP_SERIES, STEP_SERIES_COUNT, type StepSeries } from "../core/history";
import type { StepNumbers } from "./trainer";

interface Row {
  readonly step: number;
  readonly series: readonly StepSeries[];
  readonly values: tf.Tensor1D; // [series.length], kept
}

/** Rows since the last read. */
export class NumberLog {
  #rows: Row[] = [];

  /** Puts scalars away, which may live in the caller's tidy. */
  add(step: number, series: readonly StepSeries[], scalars: readonly tf.Scalar[]): void {
    const values = tf.keep(tf.tidy(() => tf.concat1d(scalars.map((scalar) => tf.reshape(scalar, [1]) as tf.Tensor1D))));
    this.#rows.push({ step, series, values });
  }

  /** Takes all rows. NaN where a step did not compute a number. */
  async read(): Promise<StepNumbers> {
    const rows = this.#rows;
    this.#rows = [];
    const steps = Float64Array.from(rows, (row) => row.step);
    const values = new Float32Array(rows.length * STEP_SERIES_COUNT).fill(Number.NaN);
    if (rows.length === 0) return { steps, values };
    const all = tf.tidy(() => tf.concat1d(rows.map((row) => row.values)));
    for (const row of rows) row.values.dispose();
    const flat = await all.data<"float32">();
    all.dispose();
    let from = 0;
    for (const [i, { series }] of rows.entries()) {
      for (const name of series) {
        values[i * STEP_SERIES_COUNT + STEP_SERIES.indexOf(name)] = flat[from++] ?? Number.NaN;
      }
    }
    return { steps, values };
  }

  clear(): void {
    for (const { values } of this.#rows) values.dispose();
    this.#rows = [];
  }
}
