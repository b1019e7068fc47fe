/** Matrix products for WebGPU: C = op(A) · op(B), with bias and hook. The generator is tiled-product.ts, the tile shapes tile.ts. */
import type { GpuPlan, Hook } from "./program";
import { chooseTile, type TileChoice } from "./tile";
import { type ImplicitMatrix, tiledProduct } from "./tiled-product";

export interface GemmShape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** A is stored [k, m] instead of [m, k]. */
  readonly transposeA?: boolean;
  /** B is stored [n, k] instead of [k, n]. */
  readonly transposeB?: boolean;
}

export interface GemmOptions {
  /** Independent products, one behind the other in each operand; where `shared`, that operand is the same for all. Default 1. */
  readonly batch?: number;
  readonly shared?: "a" | "b";
  /** A bias [n], added to every row. */
  readonly bias?: boolean;
  /** C += instead of C =. */
  readonly accumulate?: boolean;
  /** Runs on what is to be stored, after bias and accumulation: row from 0 to batch · m - 1, col from 0 to n - 1. */
  readonly epilogue?: Hook;
  /** Instead of chooseTile's. */
  readonly choice?: TileChoice;
}

/**
 * C [batch, m, n] = op(A) · op(B), row-major floats.
 * Operands: a [batch, m, k] or [batch, k, m], b [batch, k, n] or [batch, n, k], [bias [n]], [extra inputs], c, [extra outputs].
 * One pass, or two with scratch where the depth is split.
 */
export function gemm(shape: GemmShape, options: GemmOptions = {}): GpuPlan {
  const { m, n, k, transposeA = false, transposeB = false } = shape;
  const { batch = 1, shared, bias = false, accumulate = false, epilogue } = options;
  return tiledProduct({
    label: `gemm ${batch > 1 ? `${batch}×` : ""}${m}×${n}×${k}${transposeA ? " Aᵀ" : ""}${transposeB ? " Bᵀ" : ""}`,
    m,
    n,
    k,
    batch,
    choice: options.choice ?? chooseTile(m, n, k, batch),
    a: storedMatrix("A", m, k, transposeA, shared !== "a" && batch > 1),
    b: storedMatrix("B", n, k, !transposeB, shared !== "b" && batch > 1),
    size: batch * m * n,
    columns: n,
    place: `fn place(batch: u32, row: u32, col: u32) -> u32 { return (batch * ${m}u + row) * ${n}u + col; }`,
    bias,
    accumulate,
    epilogue,
  });
}

/** A matrix in memory; `depthFirst`: its rows are its depths ([k, outer]), else [outer, k]. By fours where the rows divide so. */
function storedMatrix(
  name: "A" | "B",
  outer: number,
  k: number,
  depthFirst: boolean,
  batched: boolean,
): ImplicitMatrix {
  const length = depthFirst ? outer : k;
  const width = length % 4 === 0 ? 4 : 1;
  const buffer = name.toLowerCase();
  const type = width === 4 ? "vec4<f32>" : "f32";
  const position = depthFirst ? `depth * ${outer}u + outer` : `outer * ${k}u + depth`;
  const index = `${batched ? `batch * ${outer * k}u + ` : ""}${position}`;
  return {
    buffer: { name: buffer, kind: "read", type: `array<${type}>` },
    along: depthFirst ? "outer" : "depth",
    width,
    load: `fn load${name}(batch: u32, outer: u32, depth: u32) -> ${type} {
  return ${buffer}[${width === 4 ? `(${index}) / 4u` : index}];
}`,
  };
}
