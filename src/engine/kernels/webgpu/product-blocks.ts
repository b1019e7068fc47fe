/** The text of a product by blocks in registers: each thread loads what it needs itself, so that there are no barriers. */
import type { Matrix } from "./matrices";
import type { PlacedProduct, ProductText } from "./product";
import { BLOCK_DEPTH, type Block, depthOfSplit, type ProductForm } from "./product-form";
import { LANES, quadFunction } from "./product-quads";
import { range } from "./wgsl";

export function blockText(
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
