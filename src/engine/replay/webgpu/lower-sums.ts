/** Sums and means over axes as sums over one, in one round or two. */
import * as tf from "@tensorflow/tfjs";
import { constantValue, type Operand, sizeOf, Value } from "./graph";
import type { Lowerer, Rule } from "./operations";

/** Terms that one group of lanes adds up; longer sums are done in two rounds. */
const LONG_SUM = 8192;
const CHUNK = 1024;
const MAX_CHUNKS = 256;

/** @param mean whether the sum is divided by its number of terms */
export function sum(mean: boolean): Rule {
  return (lowering, node, inputs) => {
    const [x] = inputs;
    const [y] = node.outputs;
    if (x === undefined || y === undefined || x.value.dtype !== "float32") return false;
    const { shape } = x;
    const axis = node.attrs.axis as number | number[] | null | undefined;
    const axes = tf.util.parseAxisParam(axis ?? shape.map((_, i) => i), [...shape]).sort((a, b) => a - b);
    const kept = shape.map((_, i) => i).filter((i) => !axes.includes(i));
    const [first = 0] = axes;
    const together = axes.every((a, i) => a === first + i);
    const length = sizeOf(axes.map((a) => shape[a] ?? 1));
    const scale = mean ? 1 / length : 1;
    if (x.value.uniform !== null) {
      return lowering.replace(y.value, constantValue(y.value.size, Math.fround(x.value.uniform * length * scale)));
    }
    if (together) {
      const outer = sizeOf(shape.slice(0, first));
      const inner = sizeOf(shape.slice(first + axes.length));
      return reduce(lowering, x, y, { outer, length, inner, scale });
    }
    // The summed axes last.
    const perm = [...kept, ...axes];
    const turned = {
      value: new Value(x.value.size, "float32", { kind: "computed" }),
      shape: perm.map((i) => shape[i] ?? 1),
    };
    lowering.emit({ kind: "rearrangement", name: "Transpose", inputs: [x], outputs: [turned], attrs: { perm } });
    return reduce(lowering, turned, y, { outer: sizeOf(kept.map((i) => shape[i] ?? 1)), length, inner: 1, scale });
  };
}

/** y = scale · Σ x over the middle of [outer, length, inner]. */
export function reduce(
  lowering: Lowerer,
  x: Operand,
  y: Operand,
  { outer, length, inner, scale }: { outer: number; length: number; inner: number; scale: number },
): true {
  const along = inner === 1 ? "length" : "inner";
  const whole = { outer, length, inner, chunks: 1, scale, along, terms: ["plain"] } as const;
  const chunks = Math.min(MAX_CHUNKS, Math.ceil(length / CHUNK));
  if (length < LONG_SUM || outer * inner * chunks > 2 ** 20) {
    return lowering.emit({ kind: "reduction", name: "Sum", inputs: [x], outputs: [y], attrs: {}, reduction: whole });
  }
  const partial = {
    value: new Value(outer * chunks * inner, "float32", { kind: "computed" }),
    shape: [outer, chunks, inner],
  };
  const first = { ...whole, chunks, scale: 1 } as const;
  lowering.emit({ kind: "reduction", name: "Sum", inputs: [x], outputs: [partial], attrs: {}, reduction: first });
  const second = { ...whole, length: chunks } as const;
  return lowering.emit({
    kind: "reduction",
    name: "Sum",
    inputs: [partial],
    outputs: [y],
    attrs: {},
    reduction: second,
  });
}
