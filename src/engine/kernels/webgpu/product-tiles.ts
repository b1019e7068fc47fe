/**
 * The text of a product by tiles in workgroup memory: a group's threads bring a tile of each operand, then each multiplies its share. Slices
 * of the depth are added at the end by a tree of fixed order.
 */
import type { Matrix } from "./matrices";
import type { PlacedProduct, ProductText } from "./product";
import { depthOfSplit, type ProductForm, type Tile } from "./product-form";
import { LANES, quadFunction } from "./product-quads";
import { range } from "./wgsl";

/** The module's array in workgroup memory, one for all the functions of a module: they run in groups of their own. */
export const SHARED = "product_shared";

export const declareShared = (quads: number): string =>
  quads === 0 ? "" : `var<workgroup> ${SHARED}: array<vec4<f32>, ${quads}>;`;

export function tiledText(
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
