/** Matrix products and convolutions: by tiles, as a few sums, or element by element, whichever fills a device. */
import * as tf from "@tensorflow/tfjs";
import { type Node, type Operand, sizeOf, Value } from "./graph";
import { filterByInput, gradientPatches, matrix, patches, patchesTransposed } from "./loaders";
import { reduce } from "./lower-sums";
import { type Lowerer, type Product, type Rule, TILE } from "./operations";

/** Products of at most this depth are computed element by element, in whatever program wants them. */
const TINY_DEPTH = 4;
/** Results of at most this many numbers are sums of products, a few lanes each; a tile would be mostly empty. */
const FEW_RESULTS = 1024;
/** Output tiles below which a deep product is cut along its depth, and the depth that a piece keeps. */
const FEW_TILES = 32;
const PIECE_DEPTH = 256;
/** Pieces below which cutting costs more than it gives. */
const FEW_PIECES = 4;

export const matMul: Rule = (lowering, node, inputs) => {
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
  lowering: Lowerer,
  { inputs, outputs }: { inputs: readonly Operand[]; outputs: readonly Operand[] },
  own: Omit<Product, "splits">,
): true {
  const { rows, columns, depth } = own;
  const tiles = Math.ceil(rows / TILE) * Math.ceil(columns / TILE);
  const splits = tiles >= FEW_TILES ? 1 : Math.min(Math.ceil((4 * FEW_TILES) / tiles), Math.floor(depth / PIECE_DEPTH));
  const [y] = outputs;
  if (splits < FEW_PIECES || y === undefined) {
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

export const conv2d: Rule = (lowering, node, inputs) => {
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

export const conv2dInputGradient: Rule = (lowering, node, inputs) => {
  const [dy, filter] = inputs;
  if (dy === undefined || filter === undefined || !isNhwc(node.attrs)) return false;
  const info = convolution(node.attrs.inputShape as number[], filter.shape, node.attrs);
  const rows = info.batchSize * info.inHeight * info.inWidth;
  const depth = info.filterHeight * info.filterWidth * info.outChannels;
  const loaders = { a: gradientPatches(info), b: filterByInput(info) };
  return product(lowering, { inputs, outputs: node.outputs }, { rows, columns: info.inChannels, depth, ...loaders });
};

export const conv2dFilterGradient: Rule = (lowering, node, inputs) => {
  const [x, dy] = inputs;
  if (x === undefined || dy === undefined || !isNhwc(node.attrs)) return false;
  const info = convolution(x.shape, node.attrs.filterShape as number[], node.attrs);
  const rows = info.filterHeight * info.filterWidth * info.inChannels;
  const depth = info.batchSize * info.outHeight * info.outWidth;
  const loaders = { a: patchesTransposed(info), b: matrix(info.outChannels, depth, true) };
  return product(lowering, { inputs, outputs: node.outputs }, { rows, columns: info.outChannels, depth, ...loaders });
};
