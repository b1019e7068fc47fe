/**
 * From recorded kernels to operations: constants are folded, what changes nothing is left out, products and sums are cut to sizes that
 * fill a device. Not which operations share a program: clusters.ts.
 */
import * as tf from "@tensorflow/tfjs";
import type { ImageSet } from "../../image-set";
import { ELEMENTWISE } from "./elementwise";
import { constantValue, type Node, type Operand, type Recording, sameShape, sizeOf, Value } from "./graph";
import { REARRANGEMENTS } from "./index-maps";
import { filterByInput, gradientPatches, matrix, patches, patchesTransposed } from "./loaders";
import type { Operation, Product } from "./operations";

export interface Lowered {
  readonly operations: readonly Operation[];
  /** What stands for a recorded value now. */
  resolve(value: Value): Value;
}

/** Products of at most this depth are computed element by element, in whatever program wants them. */
const TINY_DEPTH = 4;
/** Results of at most this many numbers are sums of products, a few lanes each; a tile would be mostly empty. */
const FEW_RESULTS = 1024;
/** Output tiles below which a deep product is cut along its depth, and the depth that a piece keeps. */
const FEW_TILES = 32;
const PIECE_DEPTH = 256;
/** Terms that one group of lanes adds up; longer sums are done in two rounds. */
const LONG_SUM = 4096;
const CHUNK = 1024;
const MAX_CHUNKS = 256;
export const TILE = 32;

export function lower(recording: Recording): Lowered {
  const lowering = new Lowering();
  for (const [index, value] of recording.drawn.entries()) {
    const { random, images, shape = [] } = recording.draws[index] ?? {};
    const outputs = [{ value, shape: [value.size] }];
    const attrs = {};
    if (random !== undefined)
      lowering.emit({ kind: "random", name: "Random", draw: index, inputs: [], outputs, attrs });
    if (images === undefined) continue;
    const inputs = gathered(images.set, index, shape[0] ?? 1).map((x) => ({ value: x, shape: [x.size] }));
    lowering.emit({ kind: "gather", name: "Gather", draw: index, inputs, outputs, attrs });
  }
  for (const node of recording.nodes) lowering.add(node);
  return { operations: lowering.operations, resolve: (value) => lowering.resolve(value) };
}

/** Indices, bytes, and what a byte stands for. */
function gathered(set: ImageSet, draw: number, batch: number): Value[] {
  const { pixels, values } = set;
  return [
    new Value(batch, "float32", { kind: "indices", draw }),
    new Value(Math.ceil(pixels.length / 4), "bytes", { kind: "images", set }),
    new Value(values.length, "float32", { kind: "constant", content: values, uniform: null }),
  ];
}

type Rule = (lowering: Lowering, node: Node, inputs: readonly Operand[]) => boolean;

class Lowering {
  readonly operations: Operation[] = [];
  readonly #instead = new Map<Value, Value>();
  /** Outputs of activations whose sign is their input's. */
  readonly sameSign = new Map<Value, Operand>();

  resolve(value: Value): Value {
    let current = value;
    for (let next = this.#instead.get(current); next !== undefined; next = this.#instead.get(current)) current = next;
    return current;
  }

  replace(old: Value, by: Value): true {
    this.#instead.set(old, by);
    return true;
  }

  emit(operation: Operation): true {
    this.operations.push(operation);
    return true;
  }

  add(node: Node): void {
    const inputs = node.inputs.map(({ value, shape }) => ({ value: this.resolve(value), shape }));
    const floats = [...inputs, ...node.outputs].every(({ value }) => value.dtype !== "int32");
    if (floats && (RULES[node.name]?.(this, node, inputs) || this.#map(node, inputs))) return;
    this.emit({
      kind: "stock",
      name: node.name,
      inputs,
      outputs: node.outputs,
      attrs: node.attrs,
      node: { ...node, inputs },
    });
  }

  #map(node: Node, inputs: readonly Operand[]): boolean {
    const [y] = node.outputs;
    if (y === undefined) return false;
    const { name, attrs, outputs } = node;
    const rule = ELEMENTWISE[name];
    if (rule !== undefined) {
      const uniforms = inputs.map(({ value }) => value.uniform);
      if (uniforms.every((u) => u !== null)) {
        const result = Math.fround(rule.evaluate(uniforms, attrs));
        if (Number.isFinite(result)) return this.replace(y.value, constantValue(y.value.size, result));
      }
      return this.emit({ kind: "elementwise", name, inputs, outputs, attrs });
    }
    if (REARRANGEMENTS[name] === undefined) return false;
    const [first] = inputs;
    const uniform = first?.value.uniform ?? null;
    if (uniform !== null && inputs.every(({ value }) => value.uniform === uniform)) {
      for (const { value } of outputs) this.replace(value, constantValue(value.size, uniform));
      return true;
    }
    const begin = name === "Slice" ? (attrs.begin as number[]) : [];
    if (name === "Slice" && begin.length !== first?.shape.length) return false;
    // A repetition of nothing but single numbers is a broadcast.
    return this.emit({ kind: "rearrangement", name, inputs, outputs, attrs });
  }
}

/** x where an operand is this number all over and leaves x as it is. */
function neutral(number: number, sides: readonly (0 | 1)[]): Rule {
  return (lowering, node, inputs) => {
    const [y] = node.outputs;
    for (const side of sides) {
      const x = inputs[1 - side];
      if (
        x !== undefined &&
        y !== undefined &&
        inputs[side]?.value.uniform === number &&
        x.value.size === y.value.size
      ) {
        return lowering.replace(y.value, x.value);
      }
    }
    return false;
  };
}

/** Notes that an activation keeps the sign, so that its input need not be kept for its slope. */
const keepsSign: Rule = (lowering, node, inputs) => {
  const [x] = inputs;
  const [y] = node.outputs;
  const slope = Number(node.attrs.alpha ?? 0);
  if (x !== undefined && y !== undefined && slope >= 0) lowering.sameSign.set(x.value, y);
  return false;
};

const step: Rule = (lowering, node, inputs) => {
  const [x] = inputs;
  const activated = x && lowering.sameSign.get(x.value);
  if (activated === undefined) return false;
  return lowering.emit({ ...node, kind: "elementwise", inputs: [activated] });
};

function sum(mean: boolean): Rule {
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

function reduce(
  lowering: Lowering,
  x: Operand,
  y: Operand,
  { outer, length, inner, scale }: { outer: number; length: number; inner: number; scale: number },
): true {
  const along = inner === 1 ? "length" : "inner";
  const whole = { outer, length, inner, chunks: 1, scale, along } as const;
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

const matMul: Rule = (lowering, node, inputs) => {
  const [a, b] = inputs;
  const [y] = node.outputs;
  if (a === undefined || b === undefined || y === undefined) return false;
  const { transposeA = false, transposeB = false } = node.attrs as { transposeA?: boolean; transposeB?: boolean };
  if (sizeOf(a.shape.slice(0, -2)) !== 1 || sizeOf(b.shape.slice(0, -2)) !== 1) return false;
  const [aRows = 1, aColumns = 1] = a.shape.slice(-2);
  const [bRows = 1, bColumns = 1] = b.shape.slice(-2);
  const [rows, depth] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const columns = transposeB ? bRows : bColumns;
  const left = (row: string, k: string) => (transposeA ? `(${k} * ${rows}u + ${row})` : `(${row} * ${depth}u + ${k})`);
  const right = (k: string, column: string) =>
    transposeB ? `(${column} * ${depth}u + ${k})` : `(${k} * ${columns}u + ${column})`;
  const names = { inputs: [a, b], outputs: [y] };
  if (depth <= TINY_DEPTH) {
    const attrs = { left, right, depth, columns };
    return lowering.emit({ kind: "rearrangement", name: "TinyProduct", ...names, attrs });
  }
  if (rows === 1 || columns === 1 || rows * columns <= FEW_RESULTS) {
    const along =
      transposeA && (columns === 1 || !transposeB)
        ? "inner"
        : transposeA || transposeB || columns === 1
          ? "length"
          : "inner";
    const reduction = {
      outer: rows,
      length: depth,
      inner: columns,
      chunks: 1,
      scale: 1,
      along,
      factors: { left, right },
    } as const;
    return lowering.emit({ kind: "reduction", name: "Dot", ...names, attrs: {}, reduction });
  }
  return product(lowering, names, {
    rows,
    columns,
    depth,
    a: matrix(rows, depth, transposeA),
    b: matrix(columns, depth, !transposeB),
  });
};

function product(
  lowering: Lowering,
  { inputs, outputs }: { inputs: readonly Operand[]; outputs: readonly Operand[] },
  own: Omit<Product, "splits">,
): true {
  const { rows, columns, depth } = own;
  const tiles = Math.ceil(rows / TILE) * Math.ceil(columns / TILE);
  const splits = tiles >= FEW_TILES ? 1 : Math.min(Math.ceil((4 * FEW_TILES) / tiles), Math.floor(depth / PIECE_DEPTH));
  const [y] = outputs;
  if (splits < 4 || y === undefined) {
    return lowering.emit({
      kind: "product",
      name: "Product",
      inputs,
      outputs,
      attrs: {},
      product: { ...own, splits: 1 },
    });
  }
  const partial = {
    value: new Value(splits * rows * columns, "float32", { kind: "computed" }),
    shape: [splits, rows, columns],
  };
  lowering.emit({
    kind: "product",
    name: "Product",
    inputs,
    outputs: [partial],
    attrs: {},
    product: { ...own, splits },
  });
  return reduce(lowering, partial, y, { outer: 1, length: splits, inner: rows * columns, scale: 1 });
}

type Sides = [number, number, number, number];

function convolution(x: readonly number[], filter: readonly number[], attrs: Node["attrs"]) {
  const { strides, pad, dimRoundingMode, dilations = 1 } = attrs;
  return tf.backend_util.computeConv2DInfo(
    x as Sides,
    filter as Sides,
    strides as [number, number],
    dilations as [number, number],
    pad as "same",
    dimRoundingMode as "floor",
  );
}

const isNhwc = ({ dataFormat }: Node["attrs"]): boolean => dataFormat === undefined || dataFormat === "NHWC";

const conv2d: Rule = (lowering, node, inputs) => {
  const [x, filter] = inputs;
  if (x === undefined || filter === undefined || !isNhwc(node.attrs)) return false;
  const info = convolution(x.shape, filter.shape, node.attrs);
  const rows = info.batchSize * info.outHeight * info.outWidth;
  const depth = info.filterHeight * info.filterWidth * info.inChannels;
  const b = matrix(info.outChannels, depth, true);
  return product(
    lowering,
    { inputs, outputs: node.outputs },
    { rows, columns: info.outChannels, depth, a: patches(info), b },
  );
};

const conv2dInputGradient: Rule = (lowering, node, inputs) => {
  const [dy, filter] = inputs;
  if (dy === undefined || filter === undefined || !isNhwc(node.attrs)) return false;
  const info = convolution(node.attrs.inputShape as number[], filter.shape, node.attrs);
  const rows = info.batchSize * info.inHeight * info.inWidth;
  const depth = info.filterHeight * info.filterWidth * info.outChannels;
  const loaders = { a: gradientPatches(info), b: filterByInput(info) };
  return product(lowering, { inputs, outputs: node.outputs }, { rows, columns: info.inChannels, depth, ...loaders });
};

const conv2dFilterGradient: Rule = (lowering, node, inputs) => {
  const [x, dy] = inputs;
  if (x === undefined || dy === undefined || !isNhwc(node.attrs)) return false;
  const info = convolution(x.shape, node.attrs.filterShape as number[], node.attrs);
  const rows = info.filterHeight * info.filterWidth * info.inChannels;
  const depth = info.batchSize * info.outHeight * info.outWidth;
  const loaders = { a: patchesTransposed(info), b: matrix(info.outChannels, depth, true) };
  return product(lowering, { inputs, outputs: node.outputs }, { rows, columns: info.outChannels, depth, ...loaders });
};

/** Float and boolean are the same in registers. */
const cast: Rule = (lowering, node, inputs) => lowering.emit({ ...node, kind: "elementwise", name: "Copy", inputs });

const tile: Rule = (lowering, node, inputs) => {
  const [x] = inputs;
  const [y] = node.outputs;
  return x !== undefined && y !== undefined && sameShape(x.shape, y.shape) && lowering.replace(y.value, x.value);
};

const RULES: Readonly<Record<string, Rule>> = {
  Add: neutral(0, [0, 1]),
  Sub: neutral(0, [1]),
  Multiply: neutral(1, [0, 1]),
  RealDiv: neutral(1, [1]),
  LeakyRelu: keepsSign,
  Relu: keepsSign,
  Step: step,
  Cast: cast,
  Tile: tile,
  Sum: sum(false),
  Mean: sum(true),
  BatchMatMul: matMul,
  Conv2D: conv2d,
  Conv2DBackpropInput: conv2dInputGradient,
  Conv2DBackpropFilter: conv2dFilterGradient,
};
