/**
 * The one generator of matrix products and convolutions: C[row, col] = Σ_depth A[row, depth] · B[depth, col], where A and B load from wherever
 * the operation has its numbers (matrices.ts). It makes functions; eager mode wraps one into a module (product-plan.ts), replay puts several pieces
 * into one. Two forms: tiles in workgroup memory for graphics cards (product-tiles.ts), and blocks in registers without barriers, which software
 * drivers have to emulate (product-blocks.ts). A deep product may be split: its partial sums are added by whoever stores them, in a fixed order, so the same input gives the same bits.
 */
import type { ImplicitMatrix, Matrix } from "./matrices";
import { blockText } from "./product-blocks";
import type { ProductForm } from "./product-form";
import { tiledText } from "./product-tiles";

/** A product, or several alike. */
export interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** Independent products. */
  readonly batch: number;
  readonly a: ImplicitMatrix;
  readonly b: ImplicitMatrix;
  /** Numbers in the result. */
  readonly size: number;
  /** WGSL statements that return the result's index (u32) of C[row, col] of `batch`, or NOWHERE. */
  readonly place: string;
}

/** A product whose operands are in their place. */
export interface PlacedProduct extends Omit<Product, "a" | "b"> {
  readonly a: Matrix;
  readonly b: Matrix;
}

/** What `place` returns for an element of C that is not part of the result. */
export const NOWHERE = "0xffffffffu";

/** C stored row by row, one batch behind the other. */
export const inRows = (m: number, n: number): string => `return (batch * ${m}u + row) * ${n}u + col;`;

export interface ProductText {
  /** Module-level functions; the last is `fn NAME(group: u32, lane: u32)`, for every thread of every group. */
  readonly code: string;
  readonly groups: number;
  /** Threads of a group. */
  readonly threads: number;
  /** Length of SHARED, the array of vec4<f32> in workgroup memory that the functions use; 0 for none. */
  readonly sharedQuads: number;
}

/**
 * @param name of the function, begins the names of all its own
 * @param store name of a function (split: u32, index: u32, sum: f32) that takes each element of the result once for each split
 * @param threads of a group, for blocks; tiles have TILE_THREADS
 */
export function productText(
  name: string,
  product: PlacedProduct,
  form: ProductForm,
  store: string,
  threads: number,
): ProductText {
  const { m, n, place } = product;
  const head = `fn ${name}_place(batch: u32, row: u32, col: u32) -> u32 { ${place} }
fn ${name}_emit(batch: u32, split: u32, row: u32, col: u32, sum: f32) {
  if (row >= ${m}u || col >= ${n}u) { return; }
  let index = ${name}_place(batch, row, col);
  if (index != ${NOWHERE}) { ${store}(split, index, sum); }
}
${loadFunction(`${name}_a`, product.a)}
${loadFunction(`${name}_b`, product.b)}`;
  const body = form.kind === "tiles" ? tiledText(name, product, form) : blockText(name, product, form, threads);
  return { ...body, code: `${head}\n${body.code}` };
}

function loadFunction(name: string, { width, text }: Matrix): string {
  return `fn ${name}(batch: u32, outer: u32, depth: u32) -> ${width === 4 ? "vec4<f32>" : "f32"} {\n  ${text}\n}`;
}
