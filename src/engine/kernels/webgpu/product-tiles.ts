/**
 * The text of a product by tiles in workgroup memory: a group's threads bring a tile of each operand, then each multiplies its share; or they
 * bring the next tile meanwhile, into memory of its own. Slices of the depth are added at the end by a tree of fixed order.
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
  const { rows, cols, depth, threadRows, threadCols, slices, doubled = false } = tile;
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
  const heldQuads = (doubled ? 2 : 1) * tileQuads;
  const quads = slices === 1 ? heldQuads : Math.max(heldQuads, exchangeQuads, resultQuads);
  const loads = [
    tileLoads(name, "qa", a, "firstRow", rows, depth, 0, threads),
    tileLoads(name, "qb", b, "firstCol", cols, depth, (depth * rows) / 4, threads),
  ].flat();
  const multiply = `    for (var step = 0u; step < ${depth}u; step += ${unroll * slices}u) {
${range(unroll)
  .map((i) => multiplyStep(tile, i * slices))
  .join("\n")}
    }`;
  const turns = doubled ? turnsInAdvance(loads, multiply, depth, tileQuads) : turnsInPlace(loads, multiply, depth);
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
  let start = split * ${chunk}u;
${turns}
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

/** Tiles one after the other, in the same memory. */
const turnsInPlace = (loads: readonly TileLoad[], multiply: string, depth: number): string =>
  `  for (var base = start; base < end; base += ${depth}u) {
${loads.map(({ fetch, put, ...own }) => only(own, fetch("base"), put(""))).join("\n")}
    workgroupBarrier();
${multiply}
    workgroupBarrier();
  }`;

/** The next tile is on its way from memory while this one is multiplied: numbers come into registers before, and out of them after. */
const turnsInAdvance = (loads: readonly TileLoad[], multiply: string, depth: number, tileQuads: number): string =>
  `  var tile = 0u;
${loads.map(({ fetch, put, ...own }) => only(own, fetch("start"), put(""))).join("\n")}
  workgroupBarrier();
  for (var base = start; base < end; base += ${depth}u) {
    let next = base + ${depth}u;
    let other = ${tileQuads}u - tile;
${loads.flatMap(({ held }) => held.map((one) => `    var ${one} = vec4<f32>();`)).join("\n")}
    if (next < end) {
${loads.map(({ fetch, ...own }) => only(own, fetch("next", true))).join("\n")}
    }
${multiply}
${loads.map(({ put, ...own }) => only(own, put("other + "))).join("\n")}
    tile = other;
    workgroupBarrier();
  }`;

/** What one thread brings of a tile at a time, into registers and from there into workgroup memory. */
interface TileLoad {
  /** Whether this thread does; null where all do. */
  readonly condition: string | null;
  /** Which place it brings. */
  readonly places: string;
  /** Its registers. */
  readonly held: readonly string[];
  /** @param from the depth where the tile begins @param declared whether the registers are there */
  fetch(from: string, declared?: boolean): string;
  /** @param at where the tile's memory begins, with a plus; empty for the first */
  put(at: string): string;
}

/** Statements for the threads that bring a place. */
const only = ({ condition, places }: Pick<TileLoad, "condition" | "places">, ...statements: string[]): string =>
  `    ${condition === null ? "" : `if (${condition}) `}{\n${[places, ...statements].join("\n")}\n    }`;

/** All threads together bring one tile, neighbouring threads reading neighbouring numbers. */
function tileLoads(
  name: string,
  quadName: "qa" | "qb",
  { along, width }: Matrix,
  first: string,
  outer: number,
  depth: number,
  offset: number,
  threads: number,
): TileLoad[] {
  const blocks = along === "depth" && width === 4; // 4 × 4, turned on the way
  const quads = outer / 4;
  const depths = blocks ? depth / 4 : depth;
  const items = quads * depths;
  return range(Math.ceil(items / threads)).map((round) => {
    const item = round === 0 ? "lane" : `(lane + ${round * threads}u)`;
    const [quad, at] =
      along === "depth"
        ? [`${item} / ${depths}u`, `${item} % ${depths}u`]
        : [`${item} % ${quads}u`, `${item} / ${quads}u`];
    const places = `      let quad = ${quad};\n      let deep = ${blocks ? `(${at}) * 4u` : at};`;
    const held = range(blocks ? 4 : 1).map((i) => `${quadName}${round}_${i}`);
    const load = (outerAt: string, from: string) => `${name}_${quadName}(batch, ${outerAt}, ${from} + deep)`;
    return {
      condition: (round + 1) * threads <= items ? null : `${item} < ${items}u`,
      places,
      held,
      fetch: (from, declared = false) => {
        const lines = held.map(
          (one, i) =>
            `      ${declared ? "" : "let "}${one} = ${load(`${first} + quad * 4u${blocks ? ` + ${i}u` : ""}`, from)};`,
        );
        return lines.join("\n");
      },
      put(at) {
        const to = (row: string) => `${SHARED}[${at}${offset}u + ${row} * ${quads}u + quad]`;
        const lines = blocks
          ? LANES.map(
              (lane, i) =>
                `      ${to(`(deep + ${i}u)`)} = vec4<f32>(${held.map((one) => `${one}.${lane}`).join(", ")});`,
            )
          : [`      ${to("deep")} = ${held[0]};`];
        return lines.join("\n");
      },
    };
  });
}

/** One depth of each slice: all the products of the thread's rows and columns. */
function multiplyStep({ rows, cols, depth, threadRows, threadCols, slices, doubled }: Tile, at: number): string {
  const begin = doubled ? "tile + " : "";
  const threadsX = cols / threadCols;
  const threadsY = rows / threadRows;
  const here = slices === 1 ? `(step + ${at}u)` : `(step + ${at}u + slice)`;
  const lines = [
    // A thread's quads lie a whole row of threads apart, so that neighbouring threads read neighbouring memory.
    ...range(threadRows / 4).map(
      (q) => `let a${q} = ${SHARED}[${begin}${here} * ${rows / 4}u + ${q * threadsY}u + y];`,
    ),
    ...range(threadCols / 4).map(
      (q) => `let b${q} = ${SHARED}[${begin}${(depth * rows) / 4}u + ${here} * ${cols / 4}u + ${q * threadsX}u + x];`,
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
