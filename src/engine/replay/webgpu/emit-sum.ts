/**
 * The text of a sum: lanes add up terms side by side, then each other's sums in a fixed order, by halves: through workgroup memory, and
 * without it where those that are left are neighbours that exchange. Both add the same pairs, so that they agree bit for bit.
 */

import { exchanged } from "../../kernels/webgpu/subgroups";
import { type Anchored, type ClusterCode, type Context, finish } from "./cluster-code";
import { literal } from "./elementwise";
import { Expressions } from "./expressions";
import { type Operand, only } from "./graph";
import { hasZeroGaps } from "./operations";

const memoryOf = (lanes: number): string => `var<workgroup> partial_sums: array<f32, ${lanes}>;`;

export function emitSum(context: Context, anchor: Anchored<"reduction">): ClusterCode {
  const { name, around, lanes: all } = context;
  const { outer, inner, chunks, scale, along, terms } = anchor.reduction;
  const [a] = anchor.inputs;
  if (a === undefined) throw new Error("A sum has no input; this is a bug.");
  const whole =
    terms.length === 1 &&
    terms[0] === "plain" &&
    hasZeroGaps(a.value, around.producers) &&
    (around.producers.of(a.value) === undefined || !around.isInMemory(a.value));
  const length = whole ? (a.value.parts?.padded ?? anchor.reduction.length) : anchor.reduction.length;
  const chunk = Math.ceil(length / chunks);
  const total = outer * chunks * inner;
  const lanes = lanesFor(chunk, total, along, all);
  const together = all / lanes; // sums of one group
  const place =
    along === "length"
      ? { sum: `lane / ${lanes}u`, part: `lane % ${lanes}u`, stride: 1 }
      : { sum: `lane % ${together}u`, part: `lane / ${together}u`, stride: together };
  const expressions = new Expressions(around, "", new Map(), "t");
  const plainIndex = outer === 1 && inner === 1 ? "r" : `((o * ${length}u + r) * ${inner}u + n)`;
  expressions.assume(`(${plainIndex} % ${inner}u)`, "n");
  let next = 0;
  const operand = (): Operand => only(anchor.inputs.slice(next++), "A sum's input");
  const term = terms
    .map((own) =>
      own === "plain"
        ? expressions.at(operand(), plainIndex, !whole)
        : `${expressions.at(operand(), own.left("o", "r"))} * ${expressions.at(operand(), own.right("r", "n"))}`,
    )
    .join(" + ");
  const [before, inside] = outOfLoop(expressions.lines, "r");
  const halves = halvesOf(lanes, place.stride, context.exchanging);
  const joined: string[] = [];
  if (halves.apart.length > 0) {
    const tree = halves.apart.flatMap((half) => {
      const from = `partial_sums[lane + ${half * place.stride}u]`;
      return [`if (part < ${half}u) { partial_sums[lane] = partial_sums[lane] + ${from}; }`, "workgroupBarrier();"];
    });
    joined.push("partial_sums[lane] = sum;", "workgroupBarrier();", ...tree, "sum = partial_sums[lane];");
  }
  for (const half of halves.near) joined.push(`sum = sum + ${exchanged("sum", half * place.stride)};`);
  const result = `sum${scale === 1 ? "" : ` * ${literal(scale)}`}`;
  const code = `fn ${name}(group: u32, lane: u32) {
  let i = group * ${together}u + ${place.sum};
  let part = ${place.part};
  let n = i % ${inner}u;
  let o = i / ${inner * chunks}u;
  let begin = ((i / ${inner}u) % ${chunks}u) * ${chunk}u;
  let end = min(begin + ${chunk}u, ${length}u);
  var sum = 0.0f;
  if (i < ${total}u) {
    ${before.join("\n    ")}
    for (var r = begin + part; r < end; r = r + ${lanes}u) {
      ${inside.join("\n      ")}
      sum = sum + (${term});
    }
  }
  ${joined.join("\n  ")}
  if (part != 0u || i >= ${total}u) { return; }
  let result = ${result};
  ${finish(context, "result").join("\n  ")}
}`;
  return {
    code,
    groups: Math.ceil(total / together),
    shared: halves.apart.length === 0 ? [] : [memoryOf(all)],
    exchanges: halves.near.length > 0,
  };
}

/**
 * The halvings after which one lane has the sum of all: first those between lanes that only memory joins, then those between neighbours.
 * @param stride lanes from one of a sum's to its next
 */
export function halvesOf(lanes: number, stride: number, exchanging: number): { apart: number[]; near: number[] } {
  const all = Array.from({ length: Math.log2(lanes) }, (_, i) => lanes / 2 ** (i + 1));
  const isNear = (half: number) => half * stride < exchanging;
  return { apart: all.filter((half) => !isNear(half)), near: all.filter(isNear) };
}

/** Statements `let a = b;` that do not depend on a loop's counter, which belong before it, and those that do. */
function outOfLoop(lines: readonly string[], counter: string): readonly [before: string[], inside: string[]] {
  const changing = new Set([counter]);
  const [before, inside]: [string[], string[]] = [[], []];
  for (const line of lines) {
    const [name = "", ...used] = line.replace(/^let /, "").match(/[a-zA-Z_]\w*/g) ?? [];
    if (used.some((word) => changing.has(word))) {
      changing.add(name);
      inside.push(line);
    } else before.push(line);
  }
  return [before, inside];
}

/** How many lanes add up one sum: few where there are many sums or few terms, so that neighbours still read neighbours. */
export function lanesFor(terms: number, sums: number, along: "length" | "inner", all: number): number {
  const most = along === "length" ? all : 8;
  let lanes = 1;
  while (lanes < most && terms >= 8 * lanes && (sums * lanes < 65536 || along === "length")) lanes *= 2;
  return lanes;
}
