/**
 * The text of programs: WGSL functions `NAME(group, lane)` for groups of some lanes. The code of several clusters makes one program (programs.ts), so that
 * what does not depend on each other runs in one dispatch. Where values lie is asked of the caller.
 */
import type { RandomDraw } from "../../draws";
import { type Anchored, type ClusterCode, type Context, finish, type Memory } from "./cluster-code";
import type { Cluster, Clustering } from "./clusters";
import { emitProduct } from "./emit-product";
import { emitSum } from "./emit-sum";
import { Expressions, type Surroundings } from "./expressions";
import type { Value } from "./graph";
import { RANDOM_FUNCTIONS, randomPair } from "./random-text";

/**
 * @param name of the cluster's function; begins the names of all its own
 * @param lanes threads of a group
 * @param exchanging neighbours among them that exchange numbers without barriers; 1 where none do
 */
export function emit(
  one: Cluster,
  clustering: Clustering,
  draws: (index: number) => RandomDraw,
  name: string,
  memory: Memory,
  lanes: number,
  exchanging: number,
): ClusterCode {
  const { producers, stored } = clustering;
  const inlined = clustering.inlined.get(one) ?? new Set<Value>();
  const around: Surroundings = {
    producers,
    // An operand that the product computes itself is computed wherever the program needs it, as storing.ts counts: it waits for no other.
    isInMemory: (value) =>
      value.source.kind !== "computed" ||
      value.view !== null ||
      producers.of(value) === undefined ||
      (stored.has(value) && !inlined.has(value)),
    load: memory.load,
  };
  const context: Context = { one, around, stored, inlined, name, memory, lanes, exchanging };
  const { anchor } = one;
  switch (anchor?.kind) {
    case undefined:
      return emitMap(context);
    case "reduction":
      return emitSum(context, anchor);
    case "product":
      return emitProduct(context, anchor);
    case "random":
      return emitRandom(context, anchor, draws(anchor.draw));
    case "gather":
      return emitGather(context, anchor);
    default:
      throw new Error(`${anchor?.name} has no text of its own; this is a bug.`);
  }
}

function emitMap(context: Context): ClusterCode {
  const { one, name, around, stored, memory, lanes } = context;
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
    const code = `fn ${name}(group: u32, lane: u32) {\n  let i = group * ${lanes}u + lane;\n${bodies.join("\n")}\n}`;
    return { code, groups: Math.ceil(longest / lanes), shared: [] };
  }
  const count = one.parts?.padded ?? one.size;
  const code = `fn ${name}(group: u32, lane: u32) {
  let i = group * ${lanes}u + lane;
  if (i >= ${count}u) { return; }
  ${finish(context, null).join("\n  ")}
}`;
  return { code, groups: Math.ceil(count / lanes), shared: [] };
}

function emitRandom({ name, memory, lanes }: Context, anchor: Anchored<"random">, random: RandomDraw): ClusterCode {
  const [y] = anchor.outputs;
  if (y === undefined) throw new Error("A draw has no value; this is a bug.");
  const { size } = y.value;
  const blocks = Math.ceil(size / 2);
  const code = `fn ${name}(group: u32, lane: u32) {
  let block = group * ${lanes}u + lane;
  if (block >= ${blocks}u || ${memory.drawsGiven}) { return; }
  let words = random_words(vec2<u32>(${random.seed >>> 0}u, ${random.stream >>> 0}u), ${memory.step}, block);
  let pair = ${randomPair(random, "words")};
  ${memory.store(y.value, "(2u * block)", "pair.x")}
  if (2u * block + 1u < ${size}u) { ${memory.store(y.value, "(2u * block + 1u)", "pair.y")} }
}`;
  return { code, groups: Math.ceil(blocks / lanes), shared: [RANDOM_FUNCTIONS] };
}

function emitGather({ name, memory, lanes }: Context, anchor: Anchored<"gather">): ClusterCode {
  const [indices, bytes, values] = anchor.inputs.map(({ value }) => value);
  const [y] = anchor.outputs;
  if (!indices || !bytes || !values || !y) throw new Error("A minibatch lacks its images; this is a bug.");
  const { size } = y.value;
  const image = size / indices.size;
  const code = `fn ${name}(group: u32, lane: u32) {
  let i = group * ${lanes}u + lane;
  if (i >= ${size}u || ${memory.drawsGiven}) { return; }
  let place = u32(${memory.load(indices, `(i / ${image}u)`, false)}) * ${image}u + i % ${image}u;
  let byte = (${memory.load(bytes, "(place / 4u)", false)} >> ((place % 4u) * 8u)) & 0xffu;
  ${memory.store(y.value, "i", memory.load(values, "byte", false))}
}`;
  return { code, groups: Math.ceil(size / lanes), shared: [] };
}
