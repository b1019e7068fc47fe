/**
 * The generator behind matrix products and convolutions: C[row, col] = Σ_depth A[row, depth] · B[depth, col], where A and B are functions
 * that load from wherever the operation has its numbers (an implicit matrix), and C goes through an optional bias and hook.
 * Tiles in workgroup memory, named vec4 sums, the innermost loop unrolled by four here. Deep products are split over workgroups whose sums a second pass adds in
 * a fixed order: no atomics, so the same input gives the same bits.
 */
import type { GpuPass, GpuPlan, GpuSlot, Hook } from "./program";
import type { Tile, TileChoice } from "./tile";
import { type BufferDeclaration, declareBuffers, hookBuffers, hookFunction, linearKernel, range } from "./wgsl";

/** How A (outer = row) or B (outer = col) is loaded. */
export interface ImplicitMatrix {
  readonly buffer: BufferDeclaration;
  /** The index whose neighbours are neighbours in memory. */
  readonly along: "outer" | "depth";
  /** Numbers per load: four neighbours along that index, which must then be a multiple of four long. */
  readonly width: 1 | 4;
  /**
   * WGSL: `fn loadA(batch: u32, outer: u32, depth: u32) -> f32` or `vec4<f32>` (or loadB). Only called within bounds.
   */
  readonly load: string;
}

export interface TiledProduct {
  readonly label: string;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** Independent products. */
  readonly batch: number;
  readonly choice: TileChoice;
  readonly a: ImplicitMatrix;
  readonly b: ImplicitMatrix;
  /** Numbers in the result, and in its last dimension (for `row`, `col` of the hook and the bias). */
  readonly size: number;
  readonly columns: number;
  /** WGSL: `fn place(batch: u32, row: u32, col: u32) -> u32`, the result's index of C[row, col], or NOWHERE. */
  readonly place: string;
  /** A bias [columns], bound after a and b. */
  readonly bias?: boolean;
  /** The result is added to what is there. */
  readonly accumulate?: boolean;
  /** Runs after bias and accumulation. */
  readonly epilogue?: Hook | undefined;
}

/** A plan with the operands a, b, [bias], [extra inputs], result, [extra outputs]. */
export function tiledProduct(product: TiledProduct): GpuPlan {
  const { a, b, choice, label } = product;
  const [extras, outs] = hookBuffers(product.epilogue);
  const inputs: BufferDeclaration[] = [...(product.bias ? [{ name: "bias", kind: "read" } as const] : []), ...extras];
  const outputs: BufferDeclaration[] = [{ name: "result", kind: "read-write" }, ...outs];
  const operands = [a.buffer, b.buffer, ...inputs, ...outputs].map(({ kind }) => kind);
  if (choice.splits === 1) {
    const buffers = [a.buffer, b.buffer, ...inputs, ...outputs];
    const store = `${finishFunction(product)}
fn store(split: u32, index: u32, sum: f32) { finish(index, sum); }`;
    const pass: GpuPass = {
      program: {
        label,
        code: productCode(product, buffers, store),
        workgroups: productGrid(product),
        bindings: operands,
      },
      slots: operands.map((_, operand) => ({ operand })),
    };
    return { operands, scratch: [], passes: [pass] };
  }
  const partial: BufferDeclaration = { name: "partial", kind: "read-write" };
  const store = `fn store(split: u32, index: u32, sum: f32) { partial[split * ${product.size}u + index] = sum; }`;
  const scratch: GpuSlot = { scratch: 0 };
  const addition = linearKernel(
    product.size,
    [{ name: "partial", kind: "read" }, ...inputs, ...outputs],
    finishFunction(product),
    `var sum = 0.0;
  for (var split = 0u; split < ${choice.splits}u; split++) { sum += partial[split * ${product.size}u + index]; }
  finish(index, sum);`,
  );
  return {
    operands,
    scratch: [choice.splits * product.size],
    passes: [
      {
        program: {
          label: `${label}, ${choice.splits} parts`,
          code: productCode(product, [a.buffer, b.buffer, partial], store),
          workgroups: productGrid(product),
          bindings: [a.buffer.kind, b.buffer.kind, "read-write"],
        },
        slots: [{ operand: 0 }, { operand: 1 }, scratch],
      },
      {
        program: { label: `${label}, sum of parts`, ...addition },
        slots: [scratch, ...operands.slice(2).map((_, i) => ({ operand: i + 2 }))],
      },
    ],
  };
}

/** What `place` returns for an element of C that is not part of the result. */
const NOWHERE = "0xffffffffu";

function productGrid({ m, n, batch, choice: { tile, splits } }: TiledProduct): [number, number, number] {
  return [Math.ceil(n / tile.cols), Math.ceil(m / tile.rows), batch * splits];
}

function finishFunction(product: TiledProduct): string {
  return `${hookFunction("epilogue", product.epilogue)}
fn finish(index: u32, sum: f32) {
  let row = index / ${product.columns}u;
  let col = index % ${product.columns}u;
  var value = sum;
  ${product.bias ? "value += bias[col];" : ""}
  ${product.accumulate ? "value += result[index];" : ""}
  result[index] = epilogue(value, index, row, col);
}`;
}

const LANES = ["x", "y", "z", "w"] as const;

function productCode(product: TiledProduct, buffers: readonly BufferDeclaration[], store: string): string {
  const { m, n, k, choice } = product;
  const { tile, splits } = choice;
  const { rows, cols, depth, threadRows, threadCols, slices } = tile;
  const threadsX = cols / threadCols;
  const threadsY = rows / threadRows;
  const threads = threadsX * threadsY * slices;
  const tileSize = (depth * (rows + cols)) / 4;
  const sumsSize = (slices * rows * cols) / 4;
  const unroll = [4, 3, 2, 1].find((steps) => (depth / slices) % steps === 0) ?? 1;
  const chunk = Math.ceil(Math.ceil(k / depth) / splits) * depth;
  const sums = range(threadRows).flatMap((r) => range(threadCols / 4).map((c) => `sum${r}_${c}`));
  return `${declareBuffers(buffers)}
${product.place}
${store}
fn emit(batch: u32, split: u32, row: u32, col: u32, sum: f32) {
  if (row >= ${m}u || col >= ${n}u) { return; }
  let index = place(batch, row, col);
  if (index != ${NOWHERE}) { store(split, index, sum); }
}
${product.a.load}
${product.b.load}
${quadFunction("A", product.a, m, k, tile.rows, depth)}
${quadFunction("B", product.b, n, k, tile.cols, depth)}
// The tile of A as [depth][rows / 4], then that of B as [depth][cols / 4]; at the end the slices' sums.
var<workgroup> shared4: array<vec4<f32>, ${Math.max(tileSize, sumsSize)}>;
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let batch = group.z / ${splits}u;
  let split = group.z % ${splits}u;
  let firstRow = group.y * ${rows}u;
  let firstCol = group.x * ${cols}u;
  let x = local % ${threadsX}u;
  let y = (local / ${threadsX}u) % ${threadsY}u;
  let slice = local / ${threadsX * threadsY}u;
  ${sums.map((name) => `var ${name} = vec4<f32>();`).join("\n  ")}
  let end = min(${k}u, (split + 1u) * ${chunk}u);
  for (var base = split * ${chunk}u; base < end; base += ${depth}u) {
${loadTile("A", product.a, "firstRow", rows, depth, 0, threads)}
${loadTile("B", product.b, "firstCol", cols, depth, (depth * rows) / 4, threads)}
    workgroupBarrier();
    for (var step = 0u; step < ${depth}u; step += ${unroll * slices}u) {
${range(unroll)
  .map((i) => multiplyStep(tile, i * slices))
  .join("\n")}
    }
    workgroupBarrier();
  }
${emitResult(tile, threads)}
}
`;
}

/** `fn quadA(batch, outer, depth)`: four neighbours along the matrix's outer index (or its depth when loads run along it by fours), zero outside. */
function quadFunction(
  name: "A" | "B",
  matrix: ImplicitMatrix,
  outer: number,
  k: number,
  tileOuter: number,
  tileDepth: number,
): string {
  const outerInside = (offset: number) => (outer % tileOuter === 0 ? "true" : `outer + ${offset}u < ${outer}u`);
  const depthInside = k % tileDepth === 0 ? "true" : `depth < ${k}u`;
  const head = `fn quad${name}(batch: u32, outer: u32, depth: u32) -> vec4<f32> {`;
  if (matrix.width === 4)
    return `${head}
  if (${outerInside(0)} && ${depthInside}) { return load${name}(batch, outer, depth); }
  return vec4<f32>();
}`;
  return `${head}
  var quad = vec4<f32>();
  if (${depthInside}) {
${LANES.map((lane, i) => `    if (${outerInside(i)}) { quad.${lane} = load${name}(batch, outer + ${i}u, depth); }`).join("\n")}
  }
  return quad;
}`;
}

/** All threads together bring one tile into workgroup memory, neighbouring threads reading neighbouring numbers. */
function loadTile(
  name: "A" | "B",
  { along, width }: ImplicitMatrix,
  first: string,
  outer: number,
  depth: number,
  offset: number,
  threads: number,
): string {
  const blocks = along === "depth" && width === 4; // 4 × 4, turned on the way
  const quads = outer / 4;
  const depths = blocks ? depth / 4 : depth;
  const items = quads * depths;
  const [quad, at] =
    along === "depth" ? [`item / ${depths}u`, `item % ${depths}u`] : [`item % ${quads}u`, `item / ${quads}u`];
  const one = blocks
    ? `let deep = (${at}) * 4u;
${range(4)
  .map((i) => `      let q${i} = quad${name}(batch, ${first} + quad * 4u + ${i}u, base + deep);`)
  .join("\n")}
${LANES.map(
  (lane, i) =>
    `      shared4[${offset}u + (deep + ${i}u) * ${quads}u + quad] = vec4<f32>(q0.${lane}, q1.${lane}, q2.${lane}, q3.${lane});`,
).join("\n")}`
    : `let deep = ${at};
      shared4[${offset}u + deep * ${quads}u + quad] = quad${name}(batch, ${first} + quad * 4u, base + deep);`;
  return `    for (var item = local; item < ${items}u; item += ${threads}u) {
      let quad = ${quad};
      ${one}
    }`;
}

/** One depth of each slice: all the products of the thread's rows and columns. */
function multiplyStep({ rows, cols, depth, threadRows, threadCols, slices }: Tile, at: number): string {
  const threadsX = cols / threadCols;
  const threadsY = rows / threadRows;
  const here = slices === 1 ? `(step + ${at}u)` : `(step + ${at}u + slice)`;
  const lines = [
    // A thread's quads lie a whole row of threads apart, so that neighbouring threads read neighbouring memory.
    ...range(threadRows / 4).map((q) => `let a${q} = shared4[${here} * ${rows / 4}u + ${q * threadsY}u + y];`),
    ...range(threadCols / 4).map(
      (q) => `let b${q} = shared4[${(depth * rows) / 4}u + ${here} * ${cols / 4}u + ${q * threadsX}u + x];`,
    ),
    ...range(threadRows).flatMap((r) =>
      range(threadCols / 4).map((c) => `sum${r}_${c} += a${r >> 2}.${LANES[r & 3]} * b${c};`),
    ),
  ];
  return `    {\n${lines.map((line) => `      ${line}`).join("\n")}\n    }`;
}

const tileRow = ({ rows, threadRows }: Tile, r: number): string =>
  `${((r >> 2) * 4 * rows) / threadRows}u + y * 4u + ${r & 3}u`;
const tileQuad = ({ cols, threadCols }: Tile, c: number): string => `${(c * cols) / threadCols}u + x`;

/**
 * All threads put their sums into workgroup memory, then each adds the slices of some elements and stores them: one copy of `place` and of
 * the hook in the program, which compiles far sooner than one for each register, and neighbouring threads write neighbouring memory.
 */
function emitResult(tile: Tile, threads: number): string {
  const { rows, cols, slices } = tile;
  const quads = (rows * cols) / 4;
  const puts = range(tile.threadRows).flatMap((r) =>
    range(tile.threadCols / 4).map(
      (c) =>
        `  shared4[slice * ${quads}u + (${tileRow(tile, r)}) * ${cols / 4}u + ${tileQuad(tile, c)}] = sum${r}_${c};`,
    ),
  );
  return `${puts.join("\n")}
  workgroupBarrier();
  for (var item = local; item < ${rows * cols}u; item += ${threads}u) {
    var sum = shared4[item / 4u][item % 4u];
    for (var s = 1u; s < ${slices}u; s++) { sum += shared4[s * ${quads}u + item / 4u][item % 4u]; }
    emit(batch, split, firstRow + item / ${cols}u, firstCol + item % ${cols}u, sum);
  }`;
}
