/**
 * The text of programs: WGSL functions `NAME(group, lane)` for groups of 64 lanes. Several pieces make one program (programs.ts), so that
 * what does not depend on each other runs in one dispatch. Where values lie is asked of the caller.
 */
import type { RandomDraw } from "../../feed";
import type { Cluster, Clustering } from "./clusters";
import { literal } from "./elementwise";
import { Expressions, type Surroundings } from "./expressions";
import type { Value } from "./graph";
import { TILE } from "./lower";
import { hasZeroGaps, type Operation } from "./operations";
import { RANDOM_FUNCTIONS, randomPair } from "./random-text";

export const LANES = 64;

/** Memory as a program sees it. */
export interface Memory {
  load(value: Value, index: string, packed: boolean): string;
  store(value: Value, index: string, expression: string): string;
  /** The step's number, and whether its draws were given instead of drawn. */
  readonly step: string;
  readonly drawsGiven: string;
}

export interface Piece {
  /** Module-level functions; the last is `fn NAME(group: u32, lane: u32)`. */
  readonly code: string;
  readonly groups: number;
  /** Module-level text that several pieces may need. */
  readonly shared: readonly string[];
}

/** Lanes that add up one sum together, and depth of a tile in workgroup memory. */
const TILE_DEPTH = 16;
const TILE_STRIDE = TILE + 1; // so that lanes that write a column touch different banks
const SUM_MEMORY = `var<workgroup> partial_sums: array<f32, ${LANES}>;`;
const TILE_MEMORY = `var<workgroup> tile_a: array<f32, ${TILE_DEPTH * TILE_STRIDE}>;
var<workgroup> tile_b: array<f32, ${TILE_DEPTH * TILE_STRIDE}>;`;

/** @param name of the piece's function; begins the names of all its own */
export function pieceOf(
  one: Cluster,
  clustering: Clustering,
  draws: (index: number) => RandomDraw,
  name: string,
  memory: Memory,
): Piece {
  const { producers, stored } = clustering;
  const around: Surroundings = {
    producers,
    isInMemory: (value) =>
      value.source.kind !== "computed" || value.view !== null || producers.of(value) === undefined || stored.has(value),
    load: memory.load,
  };
  const context: Context = { one, around, stored, name, memory };
  const { anchor } = one;
  switch (anchor?.kind) {
    case undefined:
      return mapPiece(context);
    case "reduction":
      return sumPiece(context, anchor);
    case "product":
      return productPiece(context, anchor);
    case "random":
      return randomPiece(context, anchor, draws(anchor.draw));
    case "gather":
      return gatherPiece(context, anchor);
    default:
      throw new Error(`${anchor?.name} has no text of its own; this is a bug.`);
  }
}

interface Context {
  readonly one: Cluster;
  readonly around: Surroundings;
  readonly stored: ReadonlySet<Value>;
  readonly name: string;
  readonly memory: Memory;
}

/** Statements that compute and store everything of a cluster at index `i`, its anchor's result being there by name. */
function finish({ one, around, stored, memory }: Context, anchor: string | null): string[] {
  const [y] = one.anchor?.outputs ?? [];
  const locals = new Map<Value, string>();
  if (y !== undefined && anchor !== null) locals.set(y.value, anchor);
  const expressions = new Expressions(around, "i", locals);
  const stores: string[] = [];
  if (y !== undefined && anchor !== null && stored.has(y.value)) stores.push(memory.store(y.value, "i", anchor));
  // Only what is stored is asked for; the rest comes along where it is needed.
  const needed = neededMaps(one, stored);
  for (const operation of one.maps) {
    if (!needed.has(operation)) continue;
    if (operation.outputs.length === 1) {
      const name = expressions.define(operation);
      const value = operation.outputs[0]?.value;
      if (value !== undefined && stored.has(value)) stores.push(memory.store(value, "i", name));
    }
  }
  return [...expressions.lines, ...stores];
}

function neededMaps(one: Cluster, stored: ReadonlySet<Value>): Set<Operation> {
  const needed = new Set<Operation>();
  const wanted = new Set<Value>();
  for (const operation of one.maps.toReversed()) {
    if (!operation.outputs.some(({ value }) => stored.has(value) || wanted.has(value))) continue;
    needed.add(operation);
    for (const { value } of operation.inputs) wanted.add(value);
  }
  return needed;
}

function mapPiece(context: Context): Piece {
  const { one, name, around, stored, memory } = context;
  const [several] = one.maps;
  if (several !== undefined && several.outputs.length > 1) {
    // A cut into several: one after the other.
    const bodies = several.outputs.flatMap((y, output) => {
      if (!stored.has(y.value)) return [];
      const expressions = new Expressions(around, "i", new Map());
      const element = expressions.element(several, output, "i");
      return [
        `if (i < ${y.value.size}u) {\n${[...expressions.lines, memory.store(y.value, "i", element)].join("\n")}\n}`,
      ];
    });
    const longest = Math.max(...several.outputs.map(({ value }) => value.size));
    const code = `fn ${name}(group: u32, lane: u32) {\n  let i = group * ${LANES}u + lane;\n${bodies.join("\n")}\n}`;
    return { code, groups: Math.ceil(longest / LANES), shared: [] };
  }
  const count = one.parts?.padded ?? one.size;
  const code = `fn ${name}(group: u32, lane: u32) {
  let i = group * ${LANES}u + lane;
  if (i >= ${count}u) { return; }
  ${finish(context, null).join("\n  ")}
}`;
  return { code, groups: Math.ceil(count / LANES), shared: [] };
}

type Anchored<K extends Operation["kind"]> = Extract<Operation, { kind: K }>;

function sumPiece(context: Context, anchor: Anchored<"reduction">): Piece {
  const { name, around } = context;
  const { outer, inner, chunks, scale, along, factors } = anchor.reduction;
  const [a, b] = anchor.inputs;
  if (a === undefined) throw new Error("A sum has no input; this is a bug.");
  const whole =
    factors === undefined &&
    hasZeroGaps(a.value, around.producers) &&
    (around.producers.of(a.value) === undefined || !around.isInMemory(a.value));
  const length = whole ? (a.value.parts?.padded ?? anchor.reduction.length) : anchor.reduction.length;
  const chunk = Math.ceil(length / chunks);
  const total = outer * chunks * inner;
  const lanes = lanesFor(chunk, total, along);
  const together = LANES / lanes; // sums of one group
  const place =
    along === "length"
      ? { sum: `lane / ${lanes}u`, part: `lane % ${lanes}u`, stride: 1 }
      : { sum: `lane % ${together}u`, part: `lane / ${together}u`, stride: together };
  const expressions = new Expressions(around, "", new Map(), "t");
  const term = factors
    ? `${expressions.at(a, factors.left("o", "r"))} * ${b === undefined ? "0.0f" : expressions.at(b, factors.right("r", "n"))}`
    : expressions.at(a, outer === 1 && inner === 1 ? "r" : `((o * ${length}u + r) * ${inner}u + n)`, !whole);
  const tree: string[] = [];
  for (let half = lanes / 2; half >= 1; half /= 2) {
    const from = `partial_sums[lane + ${half * place.stride}u]`;
    tree.push(`if (part < ${half}u) { partial_sums[lane] = partial_sums[lane] + ${from}; }`, "workgroupBarrier();");
  }
  const exchange = ["partial_sums[lane] = sum;", "workgroupBarrier();", ...tree].join("\n  ");
  const result = `${lanes === 1 ? "sum" : "partial_sums[lane]"}${scale === 1 ? "" : ` * ${literal(scale)}`}`;
  const code = `fn ${name}(group: u32, lane: u32) {
  let i = group * ${together}u + ${place.sum};
  let part = ${place.part};
  let n = i % ${inner}u;
  let o = i / ${inner * chunks}u;
  let begin = ((i / ${inner}u) % ${chunks}u) * ${chunk}u;
  let end = min(begin + ${chunk}u, ${length}u);
  var sum = 0.0f;
  if (i < ${total}u) {
    for (var r = begin + part; r < end; r = r + ${lanes}u) {
      ${expressions.lines.join("\n      ")}
      sum = sum + ${term};
    }
  }
  ${lanes === 1 ? "" : exchange}
  if (part != 0u || i >= ${total}u) { return; }
  let result = ${result};
  ${finish(context, "result").join("\n  ")}
}`;
  return { code, groups: Math.ceil(total / together), shared: lanes === 1 ? [] : [SUM_MEMORY] };
}

/** How many lanes add up one sum: few where there are many sums or few terms, so that neighbours still read neighbours. */
function lanesFor(terms: number, sums: number, along: "length" | "inner"): number {
  const most = along === "length" ? LANES : 8;
  let lanes = 1;
  while (lanes < most && terms >= 8 * lanes && (sums * lanes < 65536 || along === "length")) lanes *= 2;
  return lanes;
}

function productPiece(context: Context, anchor: Anchored<"product">): Piece {
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

function randomPiece({ name, memory }: Context, anchor: Anchored<"random">, random: RandomDraw): Piece {
  const [y] = anchor.outputs;
  if (y === undefined) throw new Error("A draw has no value; this is a bug.");
  const { size } = y.value;
  const blocks = Math.ceil(size / 2);
  const code = `fn ${name}(group: u32, lane: u32) {
  let block = group * ${LANES}u + lane;
  if (block >= ${blocks}u || ${memory.drawsGiven}) { return; }
  let words = random_words(vec2<u32>(${random.seed >>> 0}u, ${random.stream >>> 0}u), ${memory.step}, block);
  let pair = ${randomPair(random, "words")};
  ${memory.store(y.value, "(2u * block)", "pair.x")}
  if (2u * block + 1u < ${size}u) { ${memory.store(y.value, "(2u * block + 1u)", "pair.y")} }
}`;
  return { code, groups: Math.ceil(blocks / LANES), shared: [RANDOM_FUNCTIONS] };
}

function gatherPiece({ name, memory }: Context, anchor: Anchored<"gather">): Piece {
  const [indices, bytes, values] = anchor.inputs.map(({ value }) => value);
  const [y] = anchor.outputs;
  if (!indices || !bytes || !values || !y) throw new Error("A minibatch lacks its images; this is a bug.");
  const { size } = y.value;
  const image = size / indices.size;
  const code = `fn ${name}(group: u32, lane: u32) {
  let i = group * ${LANES}u + lane;
  if (i >= ${size}u || ${memory.drawsGiven}) { return; }
  let place = u32(${memory.load(indices, `(i / ${image}u)`, false)}) * ${image}u + i % ${image}u;
  let byte = (${memory.load(bytes, "(place / 4u)", false)} >> ((place % 4u) * 8u)) & 0xffu;
  ${memory.store(y.value, "i", memory.load(values, "byte", false))}
}`;
  return { code, groups: Math.ceil(size / LANES), shared: [] };
}
