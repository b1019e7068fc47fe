/** What the catalogue says about a metric. Types only. */

export interface MetricInfo {
  readonly name: string;
  /** Unit of the number; "" for a pure number. */
  readonly unit: string;
  /** One sentence for a tooltip. */
  readonly definition: string;
  /** Which way is better; "reference" means: as close as possible to what the reals themselves read. */
  readonly direction: "higher" | "lower" | "reference";
  /** What two independent real samples read, in words, and how that is obtained. The figure comes from `evaluateFloors`. */
  readonly floor: string;
  /** Authors, year, where in the paper. */
  readonly source: string;
}
