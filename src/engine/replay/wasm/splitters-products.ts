/** How matrix products and convolutions are cut for threads: into parts that take the same path through the kernels as the whole. */
import type { KernelExports } from "../../kernels/wasm/exports";
import type { ModuleCall } from "./calls";
import { replaced, slice, wholeOf } from "./parts";
import type { Numbers, Splitter } from "./splitters";

/** Whole register tiles of the matrix product, of four rows and of six: assembly/gemm.ts. */
const TILE_ROWS = 12;
const TILE_COLUMNS = 16; // two tiles: a cache line

/** The matrix product: along C's longer side, so that what every thread packs for itself is the smaller matrix. */
const product: Splitter = {
  cost: ([, , , m = 0, n = 0, k = 0]) => (2 * m * n * k) / 42,
  axis(call, [, , , m = 0, n = 0, k = 0, transposeA = 0, transposeB = 0, lda = 0, ldb = 0, ldc = 0]) {
    const [a, b, c, , , , , , , , , bias] = call.args;
    // A product with a side of one or two has a path of its own, which its parts must take too.
    if (n <= 2 || (m > 2 && m > n)) {
      return {
        length: m,
        grain: TILE_ROWS,
        part: (from, rows) =>
          replaced(call, {
            0: transposeA ? slice(a, from, (k - 1) * lda + rows) : slice(a, from * lda, (rows - 1) * lda + k),
            2: slice(c, from * ldc, (rows - 1) * ldc + n),
            3: rows,
          }),
      };
    }
    return {
      length: n,
      grain: TILE_COLUMNS,
      part: (from, columns) =>
        replaced(call, {
          1: transposeB ? slice(b, from * ldb, (columns - 1) * ldb + k) : slice(b, from, (k - 1) * ldb + columns),
          2: slice(c, from, (m - 1) * ldc + columns),
          4: columns,
          11: slice(bias, from, columns),
        }),
    };
  },
};

const convolutionCost = ([
  batch = 0,
  ,
  ,
  inChannels = 0,
  height = 0,
  width = 0,
  outChannels = 0,
  kh = 0,
  kw = 0,
]: Numbers) => (2 * batch * height * width * outChannels * kh * kw * inChannels) / 40;

/** A convolution or its input gradient: by images. @param source, target of the images, and whether they are y-sized */
function byImages(source: number, target: number, sourceIsOutput: boolean): Splitter {
  return {
    cost: convolutionCost,
    axis(call, _numbers, [batch = 0, ih = 0, iw = 0, ic = 0, oh = 0, ow = 0, oc = 0]) {
      if (ow <= 2) return null; // products of one row of pixels would take the path of narrow ones
      const [x, y] = [ih * iw * ic, oh * ow * oc];
      const [read, written] = sourceIsOutput ? [y, x] : [x, y];
      return {
        length: batch,
        grain: 1,
        part: (from, count) =>
          replaced(call, {
            [source]: slice(call.args[source], from * read, count * read),
            [target]: slice(call.args[target], from * written, count * written),
          }),
      };
    },
  };
}

export const productSplitters = {
  gemm: product,
  convolutionForward: byImages(0, 3, false),
  convolutionInputGradient: byImages(0, 2, true),
  convolutionFilterGradient: {
    cost: convolutionCost,
    axis: ({ args: [x = 0, dy = 0, dw = 0, scratch = 0] }, _numbers, geometry) => ({
      length: geometry[6] ?? 0,
      grain: TILE_COLUMNS,
      part(first, columns) {
        const call: ModuleCall = {
          kind: "module",
          name: "convolutionFilterColumns",
          args: [x, dy, dw, first, columns, scratch],
        };
        return wholeOf(call);
      },
    }),
  },
} satisfies { readonly [name in keyof KernelExports]?: Splitter };
