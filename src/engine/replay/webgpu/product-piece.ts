/** The text of a matrix product: tiles in workgroup memory, sixteen sums a lane. */
import type { Value } from "./graph";
import { TILE } from "./operations";
import { type Anchored, type Context, finish, LANES, type Piece } from "./piece";

/** Depth of a tile in workgroup memory. */
const TILE_DEPTH = 16;
const TILE_STRIDE = TILE + 1; // so that lanes that write a column touch different banks
const TILE_MEMORY = `var<workgroup> tile_a: array<f32, ${TILE_DEPTH * TILE_STRIDE}>;
var<workgroup> tile_b: array<f32, ${TILE_DEPTH * TILE_STRIDE}>;`;

export function productPiece(context: Context, anchor: Anchored<"product">): Piece {
  const { name, memory } = context;
  const { rows, columns, depth, splits, a, b } = anchor.product;
  const [left, right] = anchor.inputs;
  if (left === undefined || right === undefined) throw new Error("A product lacks an operand; this is a bug.");
  const acrossTiles = Math.ceil(columns / TILE);
  const downTiles = Math.ceil(rows / TILE);
  const piece = Math.ceil(depth / splits / TILE_DEPTH) * TILE_DEPTH;
  const lines = [0, 1, 2, 3];
  const loads = (TILE * TILE_DEPTH) / LANES;
  const fill = (target: string, loader: typeof a, load: string, origin: string) => {
    const [o, d] =
      loader.along === "depth" ? [`e / ${TILE_DEPTH}u`, `e % ${TILE_DEPTH}u`] : [`e % ${TILE}u`, `e / ${TILE}u`];
    return `for (var t = 0u; t < ${loads}u; t = t + 1u) {
      let e = lane + t * ${LANES}u;
      let o = ${o};
      let d = ${d};
      ${target}[d * ${TILE_STRIDE}u + o] = ${load}(${origin} + o, k + d);
    }`;
  };
  const four = (tile: string, at: string) =>
    `vec4<f32>(${lines.map((j) => `${tile}[d * ${TILE_STRIDE}u + ${at} * 4u + ${j}u]`).join(", ")})`;
  const read = (value: Value) => (index: string) => memory.load(value, index, true);
  const loaderFunction = (suffix: string, loader: typeof a, value: Value, count: number) =>
    `fn ${name}_${suffix}(outer: u32, depth: u32) -> f32 {
  if (outer >= ${count}u || depth >= ${depth}u) { return 0.0f; }
  ${loader.body(read(value))}
}`;
  const code = `${loaderFunction("a", a, left.value, rows)}
${loaderFunction("b", b, right.value, columns)}
fn ${name}_out(split: u32, row: u32, column: u32, result: f32) {
  if (row >= ${rows}u || column >= ${columns}u) { return; }
  let i = ${splits === 1 ? "" : `split * ${rows * columns}u + `}row * ${columns}u + column;
  ${finish(context, "result").join("\n  ")}
}
fn ${name}(group: u32, lane: u32) {
  let column0 = (group % ${acrossTiles}u) * ${TILE}u;
  let row0 = ((group / ${acrossTiles}u) % ${downTiles}u) * ${TILE}u;
  let split = group / ${acrossTiles * downTiles}u;
  let begin = split * ${piece}u;
  let end = min(begin + ${piece}u, ${depth}u);
  let across = lane % 8u;
  let down = lane / 8u;
  ${lines.map((j) => `var sum${j} = vec4<f32>();`).join(" ")}
  for (var k = begin; k < end; k = k + ${TILE_DEPTH}u) {
    ${fill("tile_a", a, `${name}_a`, "row0")}
    ${fill("tile_b", b, `${name}_b`, "column0")}
    workgroupBarrier();
    for (var d = 0u; d < ${TILE_DEPTH}u; d = d + 1u) {
      let x = ${four("tile_a", "down")};
      let y = ${four("tile_b", "across")};
      ${lines.map((j) => `sum${j} = sum${j} + x[${j}] * y;`).join(" ")}
    }
    workgroupBarrier();
  }
  let row = row0 + down * 4u;
  let column = column0 + across * 4u;
  ${lines.flatMap((r) => lines.map((c) => `${name}_out(split, row + ${r}u, column + ${c}u, sum${r}[${c}]);`)).join("\n  ")}
}`;
  return { code, groups: acrossTiles * downTiles * splits, shared: [TILE_MEMORY] };
}
