/**
 * The one generator of matrix products and convolutions: C[row, col] = Σ_depth A[row, depth] · B[depth, col], where A and B load from wherever
 * the operation has its numbers (matrices.ts). It makes functions; eager mode wraps one into a module (plans.ts), replay puts several pieces
 * into one. Two forms: tiles in workgroup memory for graphics cards, and blocks in registers without barriers, which software drivers have to
 * emulate. A deep product may be split: its partial sums are added by whoever stores them, in a fixed order, so the same input gives the same bits.
 */
import type { ImplicitMatrix, Matrix } from "./matrices";
import { BLOCK_DEPTH, type Block, depthOfSplit, type ProductForm, type Tile } from "./product-form";
import { range } from "./wgsl";

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

/** The module's array in workgroup memory, one for all the functions of a module: they run in groups of their own. */
export const SHARED = "product_shared";

export const declareShared = (quads: number): string =>
  quads === 0 ? "" : `var<workgroup> ${SHARED}: array<vec4<f32>, ${quads}>;`;

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

const LANES = ["x", "y", "z", "w"] as const;

/**
 * `fn NAME(batch, outer, depth) -> vec4<f32>`: four neighbours along `along`, zero outside. Loads that give four give them along the matrix's
 * own direction, which must then be this one.
 */
function quadFunction(
  name: string,
  loader: string,
  { width }: Matrix,
  along: "outer" | "depth",
  bounds: { readonly outer: number; readonly depth: number },
): string {
  const head = `fn ${name}(batch: u32, outer: u32, depth: u32) -> vec4<f32> {`;
  if (width === 4) {
    return `${head}
  if (outer >= ${bounds.outer}u || depth >= ${bounds.depth}u) { return vec4<f32>(); }
  return ${loader}(batch, outer, depth);
}`;
  }
  const at = (i: number) => (along === "outer" ? `outer + ${i}u, depth` : `outer, depth + ${i}u`);
  const fixed = along === "outer" ? `depth >= ${bounds.depth}u` : `outer >= ${bounds.outer}u`;
  const inside = (i: number) =>
    along === "outer" ? `outer + ${i}u < ${bounds.outer}u` : `depth + ${i}u < ${bounds.depth}u`;
  return `${head}
  var quad = vec4<f32>();
  if (${fixed}) { return quad; }
${LANES.map((lane, i) => `  if (${inside(i)}) { quad.${lane} = ${loader}(batch, ${at(i)}); }`).join("\n")}
  return quad;
}`;
}

// ---- Tiles in workgroup memory ------------------------------------------------------------------------------------------------------------

function tiledText(
  name: string,
  product: PlacedProduct,
  { tile, splits }: Extract<ProductForm, { kind: "tiles" }>,
): ProductText {
  const { m, n, k, batch, a, b } = product;
  const { rows, cols, depth, threadRows, threadCols, slices } = tile;
  const threadsX = cols / threadCols;
  const threadsY = rows / threadRows;
  const threads = threadsX * threadsY * slices;
  const across = Math.ceil(n / cols);
  const down = Math.ceil(m / rows);
  const chunk = depthOfSplit(k, splits, depth);
  const steps = depth / slices;
  const unroll = [4, 3, 2, 1].find((count) => steps % count === 0) ?? 1;
  const sums = range(threadRows).flatMap((r) => range(threadCols / 4).map((c) => `sum${r}_${c}`));
  const tileQuads = (depth * (rows + cols)) / 4;
  const exchangeQuads = (threadsX * threadsY * slices * sums.length) / 2; // half of the slices at a time
  const resultQuads = (rows * cols) / 4;
  const quads = slices === 1 ? tileQuads : Math.max(tileQuads, exchangeQuads, resultQuads);
  const code = `${quadFunction(`${name}_qa`, `${name}_a`, a, a.width === 4 ? a.along : "outer", { outer: m, depth: k })}
${quadFunction(`${name}_qb`, `${name}_b`, b, b.width === 4 ? b.along : "outer", { outer: n, depth: k })}
fn ${name}(group: u32, lane: u32) {
  let firstCol = (group % ${across}u) * ${cols}u;
  let firstRow = ((group / ${across}u) % ${down}u) * ${rows}u;
  let rest = group / ${across * down}u;
  let batch = rest / ${splits}u;
  let split = rest % ${splits}u;
  let x = lane % ${threadsX}u;
  let y = (lane / ${threadsX}u) % ${threadsY}u;
  let slice = lane / ${threadsX * threadsY}u;
  ${sums.map((sum) => `var ${sum} = vec4<f32>();`).join("\n  ")}
  let end = min(${k}u, (split + 1u) * ${chunk}u);
  for (var base = split * ${chunk}u; base < end; base += ${depth}u) {
${loadTile(name, "qa", a, "firstRow", rows, depth, 0, threads)}
${loadTile(name, "qb", b, "firstCol", cols, depth, (depth * rows) / 4, threads)}
    workgroupBarrier();
    for (var step = 0u; step < ${depth}u; step += ${unroll * slices}u) {
${range(unroll)
  .map((i) => multiplyStep(tile, i * slices))
  .join("\n")}
    }
    workgroupBarrier();
  }
${slices === 1 ? emitEach(name, tile) : `${addSlices(tile, sums)}\n${emitTogether(name, tile, threads)}`}
}`;
  return {
    code,
    groups: across * down * batch * splits,
    threads,
    // The tile of A as [depth][rows / 4], then that of B as [depth][cols / 4]; at the end the slices' sums, then the result.
    sharedQuads: quads,
  };
}

/** All threads together bring one tile into workgroup memory, neighbouring threads reading neighbouring numbers. */
function loadTile(
  name: string,
  quadName: "qa" | "qb",
  { along, width }: Matrix,
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
  const load = (outerAt: string, deep: string) => `${name}_${quadName}(batch, ${outerAt}, base + ${deep})`;
  const [quad, at] =
    along === "depth" ? [`item / ${depths}u`, `item % ${depths}u`] : [`item % ${quads}u`, `item / ${quads}u`];
  const one = blocks
    ? `let deep = (${at}) * 4u;
${range(4)
  .map((i) => `      let q${i} = ${load(`${first} + quad * 4u + ${i}u`, "deep")};`)
  .join("\n")}
${LANES.map(
  (lane, i) =>
    `      ${SHARED}[${offset}u + (deep + ${i}u) * ${quads}u + quad] = vec4<f32>(q0.${lane}, q1.${lane}, q2.${lane}, q3.${lane});`,
).join("\n")}`
    : `let deep = ${at};
      ${SHARED}[${offset}u + deep * ${quads}u + quad] = ${load(`${first} + quad * 4u`, "deep")};`;
  const start =
    items <= threads
      ? `if (lane < ${items}u) {\n      let item = lane;`
      : `for (var item = lane; item < ${items}u; item += ${threads}u) {`;
  return `    ${start}
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
    ...range(threadRows / 4).map((q) => `let a${q} = ${SHARED}[${here} * ${rows / 4}u + ${q * threadsY}u + y];`),
    ...range(threadCols / 4).map(
      (q) => `let b${q} = ${SHARED}[${(depth * rows) / 4}u + ${here} * ${cols / 4}u + ${q * threadsX}u + x];`,
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

/** The upper half of the slices hand their sums to the lower half, until one slice has all: a tree of fixed order. */
function addSlices({ rows, cols, threadRows, threadCols, slices }: Tile, sums: readonly string[]): string {
  const perSlice = (rows / threadRows) * (cols / threadCols);
  const rounds: string[] = [];
  for (let half = slices / 2; half >= 1; half /= 2) {
    const put = sums.map((sum, i) => `${SHARED}[${i * half * perSlice}u + lane - ${half * perSlice}u] = ${sum};`);
    const take = sums.map((sum, i) => `${sum} += ${SHARED}[${i * half * perSlice}u + lane];`);
    rounds.push(`  if (slice >= ${half}u && slice < ${2 * half}u) { ${put.join(" ")} }
  workgroupBarrier();
  if (slice < ${half}u) { ${take.join(" ")} }
  workgroupBarrier();`);
  }
  return rounds.join("\n");
}

/** The first slice puts its sums into workgroup memory and all threads store some: neighbours write neighbouring memory. */
function emitTogether(name: string, tile: Tile, threads: number): string {
  const { rows, cols } = tile;
  const puts = range(tile.threadRows).flatMap((r) =>
    range(tile.threadCols / 4).map(
      (c) => `${SHARED}[(${tileRow(tile, r)}) * ${cols / 4}u + ${tileQuad(tile, c)}] = sum${r}_${c};`,
    ),
  );
  return `  if (slice == 0u) { ${puts.join(" ")} }
  workgroupBarrier();
  for (var item = lane; item < ${rows * cols}u; item += ${threads}u) {
    ${name}_emit(batch, split, firstRow + item / ${cols}u, firstCol + item % ${cols}u, ${SHARED}[item / 4u][item % 4u]);
  }`;
}

/** Every thread stores its own sums, which it has in registers. */
function emitEach(name: string, tile: Tile): string {
  return range(tile.threadRows)
    .flatMap((r) =>
      range(tile.threadCols / 4).flatMap((c) =>
        range(4).map(
          (i) =>
            `  ${name}_emit(batch, split, firstRow + ${tileRow(tile, r)}, firstCol + (${tileQuad(tile, c)}) * 4u + ${i}u, sum${r}_${c}[${i}]);`,
        ),
      ),
    )
    .join("\n");
}

// ---- Blocks in registers ------------------------------------------------------------------------------------------------------------------

function blockText(
  name: string,
  product: PlacedProduct,
  { block, splits }: Extract<ProductForm, { kind: "blocks" }>,
  threads: number,
): ProductText {
  const { m, n, k, batch, a, b } = product;
  const { rows, cols } = block;
  const across = Math.ceil(n / cols);
  const down = Math.ceil(m / rows);
  const blocks = across * down * batch * splits;
  const chunk = depthOfSplit(k, splits, BLOCK_DEPTH);
  const bounds = { a: { outer: m, depth: k }, b: { outer: n, depth: k } };
  const left = operandOfBlock(name, "a", a, rows, bounds.a, "row");
  const right = operandOfBlock(name, "b", b, cols, bounds.b, "col");
  const code = `${left.functions}
${right.functions}
fn ${name}(group: u32, lane: u32) {
  let block = group * ${threads}u + lane;
  if (block >= ${blocks}u) { return; }
  let col = (block % ${across}u) * ${cols}u;
  let row = ((block / ${across}u) % ${down}u) * ${rows}u;
  let rest = block / ${across * down}u;
  let batch = rest / ${splits}u;
  let split = rest % ${splits}u;
  ${sumsOf(block)
    .map((sum) => `var ${sum} = ${cols < 4 ? "0.0f" : "vec4<f32>()"};`)
    .join("\n  ")}
  let end = min(${k}u, (split + 1u) * ${chunk}u);
  for (var depth = split * ${chunk}u; depth < end; depth += ${BLOCK_DEPTH}u) {
    ${[...left.loads, ...right.loads].join("\n    ")}
    ${multiplyBlock(block, left.at, right.at).join("\n    ")}
  }
  ${emitBlock(name, block).join("\n  ")}
}`;
  return { code, groups: Math.ceil(blocks / threads), threads, sharedQuads: 0 };
}

/** One vector for four columns, or one number for each of fewer. */
const sumsOf = ({ rows, cols }: Block): string[] =>
  range(rows).flatMap((r) => range(cols < 4 ? cols : cols / 4).map((c) => `sum${r}_${c}`));

interface BlockOperand {
  readonly functions: string;
  /** Statements that load four depths of the block's rows or columns. */
  readonly loads: readonly string[];
  /** The expression of one number of them. */
  at(outer: number, depth: number): string;
}

function operandOfBlock(
  name: string,
  which: "a" | "b",
  matrix: Matrix,
  count: number,
  bounds: { readonly outer: number; readonly depth: number },
  origin: "row" | "col",
): BlockOperand {
  const along = matrix.along === "outer" && count % 4 === 0 ? "outer" : "depth";
  const quad = `${name}_q${which}`;
  const functions = quadFunction(quad, `${name}_${which}`, matrix, along, bounds);
  if (along === "outer") {
    return {
      functions,
      loads: range(BLOCK_DEPTH).flatMap((d) =>
        range(count / 4).map((q) => `let ${which}${q}_${d} = ${quad}(batch, ${origin} + ${4 * q}u, depth + ${d}u);`),
      ),
      at: (outer, depth) => `${which}${outer >> 2}_${depth}.${LANES[outer & 3]}`,
    };
  }
  return {
    functions,
    loads: range(count).map((i) => `let ${which}${i} = ${quad}(batch, ${origin} + ${i}u, depth);`),
    at: (outer, depth) => `${which}${outer}.${LANES[depth]}`,
  };
}

function multiplyBlock({ rows, cols }: Block, a: BlockOperand["at"], b: BlockOperand["at"]): string[] {
  return range(BLOCK_DEPTH).flatMap((d) => {
    if (cols < 4) return range(rows).flatMap((r) => range(cols).map((c) => `sum${r}_${c} += ${a(r, d)} * ${b(c, d)};`));
    const quads = range(cols / 4).map((q) => {
      const members = range(4).map((i) => b(4 * q + i, d));
      const [first = ""] = members;
      // Four neighbours in one vector are that vector.
      const whole = first.endsWith(".x") && members.every((x, i) => x === `${first.slice(0, -1)}${LANES[i]}`);
      return `let right${q}_${d} = ${whole ? first.slice(0, -2) : `vec4<f32>(${members.join(", ")})`};`;
    });
    return [
      ...quads,
      ...range(rows).flatMap((r) => range(cols / 4).map((q) => `sum${r}_${q} += ${a(r, d)} * right${q}_${d};`)),
    ];
  });
}

function emitBlock(name: string, { rows, cols }: Block): string[] {
  return range(rows).flatMap((r) =>
    range(cols).map((c) => {
      const sum = cols < 4 ? `sum${r}_${c}` : `sum${r}_${c >> 2}[${c & 3}]`;
      return `${name}_emit(batch, split, row + ${r}u, col + ${c}u, ${sum});`;
    }),
  );
}
