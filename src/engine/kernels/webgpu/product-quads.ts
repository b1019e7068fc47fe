/** Four neighbouring numbers of an operand at a time, as both forms of products load them. Text only. */
import type { Matrix } from "./matrices";

export const LANES = ["x", "y", "z", "w"] as const;

/**
 * `fn NAME(batch, outer, depth) -> vec4<f32>`: four neighbours along `along`, zero outside. Loads that give four give them along the matrix's
 * own direction, which must then be this one.
 */
export function quadFunction(
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
