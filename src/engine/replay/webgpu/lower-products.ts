/** Matrix products and convolutions: by tiles, as a few sums, or element by element, whichever fills a device. */
import * as tf from "@tensorflow/tfjs";
import { convolution, convolutionFilterGradient, convolutionInputGradient } from "../../kernels/webgpu/convolution";
import { gemm } from "../../kernels/webgpu/gemm";
import type { ConvolutionShape } from "../../kernels/webgpu/matrices";
import type { Product } from "../../kernels/webgpu/product";
import { chooseForm } from "../../kernels/webgpu/product-form";
import { type Node, type Operand, sizeOf, Value } from "./graph";
import { reduce } from "./lower-sums";
import type { Lowerer, Rule } from "./operations";

/** Products of at most this depth are computed element by element, in whatever program wants them. */
const TINY_DEPTH = 4;
/** Results of at most this many numbers are sums of products, a few lanes each; a tile would be mostly empty. */
const FEW_RESULTS = 1024;
export const matMul: Rule = (lowering, node, inputs) => {
  const [a, b] = inputs;
  const [y] = node.outputs;
  if (a === undefined || b === undefined || y === undefined) return false;
  const { transposeA = false, transposeB = false } = node.attrs as { transposeA?: boolean; transposeB?: boolean };
  const [batch, batchB] = [sizeOf(a.shape.slice(0, -2)), sizeOf(b.shape.slice(0, -2))];
  if (batch !== batchB) return false;
  const [aRows = 1, aColumns = 1] = a.shape.slice(-2);
  const [bRows = 1, bColumns = 1] = b.shape.slice(-2);
  const [rows, depth] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const columns = transposeB ? bRows : bColumns;
  const left = (row: string, k: string) => (transposeA ? `(${k} * ${rows}u + ${row})` : `(${row} * ${depth}u + ${k})`);
  const right = (k: string, column: string) =>
    transposeB ? `(${column} * ${depth}u + ${k})` : `(${k} * ${columns}u + ${column})`;
  const names = { inputs: [a, b], outputs: [y] };
  if (batch > 1)
    return product(lowering, names, gemm({ m: rows, n: columns, k: depth, transposeA, transposeB, batch }));
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
      terms: [{ left, right }],
    } as const;
    return lowering.emit({ kind: "reduction", name: "Dot", ...names, attrs: {}, reduction });
  }
  return product(lowering, names, gemm({ m: rows, n: columns, k: depth, transposeA, transposeB }));
};

function product(
  lowering: Lowerer,
  { inputs, outputs }: { inputs: readonly Operand[]; outputs: readonly Operand[] },
  whole: Product,
): true {
  const { a, b, ...own } = whole;
  const [y] = outputs;
  if (y === undefined) throw new Error("A product has no result; this is a bug.");
  const form = lowering.driver.trials?.formOf(whole) ?? chooseForm(own, lowering.driver);
  const { splits } = form;
  const partial = { value: new Value(splits * own.size, "float32", { kind: "computed" }), shape: [splits, own.size] };
  const target = splits === 1 ? y : partial;
  lowering.emit({
    kind: "product",
    name: "Product",
    inputs,
    outputs: [target],
    attrs: {},
    product: { ...own, parts: [{ a, b, k: own.k }], form },
  });
  return splits === 1 || reduce(lowering, partial, y, { outer: 1, length: splits, inner: own.size, scale: 1 });
}

type Sides = [number, number, number, number];

/** undefined for what the generator does not do. */
function shapeOf(x: readonly number[], filter: readonly number[], attrs: Node["attrs"]): ConvolutionShape | undefined {
  const { strides, pad, dimRoundingMode, dilations = 1, dataFormat } = attrs;
  if (dataFormat !== undefined && dataFormat !== "NHWC") return undefined;
  const info = tf.backend_util.computeConv2DInfo(
    x as Sides,
    filter as Sides,
    strides as [number, number],
    dilations as [number, number],
    pad as "same",
    dimRoundingMode as "floor",
  );
  if (info.dilationHeight !== 1 || info.dilationWidth !== 1) return undefined;
  return { ...info, batch: info.batchSize, padTop: info.padInfo.top, padLeft: info.padInfo.left };
}

export const conv2d: Rule = (lowering, node, inputs) => {
  const [x, filter] = inputs;
  const shape = x && filter && shapeOf(x.shape, filter.shape, node.attrs);
  return shape !== undefined && product(lowering, { inputs, outputs: node.outputs }, convolution(shape));
};

export const conv2dInputGradient: Rule = (lowering, node, inputs) => {
  const [dy, filter] = inputs;
  const shape = dy && filter && shapeOf(node.attrs.inputShape as number[], filter.shape, node.attrs);
  return shape !== undefined && product(lowering, { inputs, outputs: node.outputs }, convolutionInputGradient(shape));
};

export const conv2dFilterGradient: Rule = (lowering, node, inputs) => {
  const [x, dy] = inputs;
  const shape = x && dy && shapeOf(x.shape, node.attrs.filterShape as number[], node.attrs);
  return shape !== undefined && product(lowering, { inputs, outputs: node.outputs }, convolutionFilterGradient(shape));
};
