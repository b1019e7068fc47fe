/** The code of a cluster whose anchor is a product: the generator's functions, with what is computed of its result. The generator: kernels/webgpu/product.ts. */
import type { ImplicitMatrix, Matrix } from "../../kernels/webgpu/matrices";
import { productText } from "../../kernels/webgpu/product";
import { type Anchored, type ClusterCode, type Context, finish, type Memory } from "./cluster-code";
import { only, type Value } from "./graph";

export function emitProduct(context: Context, { product, inputs }: Anchored<"product">): ClusterCode {
  const { name, memory, lanes } = context;
  const { form, size, parts } = product;
  const bound = parts.map(({ a, b, k }, part) => ({
    k,
    a: boundMatrix(a, memory, only(inputs.slice(2 * part), "A product's operand").value),
    b: boundMatrix(b, memory, only(inputs.slice(2 * part + 1), "A product's operand").value),
  }));
  const whole = { ...product, a: oneBehindTheOther(bound, "a"), b: oneBehindTheOther(bound, "b") };
  const { code, groups, sharedQuads } = productText(name, whole, form, `${name}_store`, lanes);
  const place = form.splits === 1 ? "index" : `split * ${size}u + index`;
  const store = `fn ${name}_store(split: u32, index: u32, result: f32) {
  let i = ${place};
  ${finish(context, "result").join("\n  ")}
}`;
  return { code: `${store}\n${code}`, groups, shared: [], sharedQuads };
}

const boundMatrix = ({ along, width, body }: ImplicitMatrix, memory: Memory, value: Value): Matrix => ({
  along,
  width,
  text: body({
    one: (index) => memory.load(value, `(${index})`, true),
    four: (index) => memory.loadFour(value, index),
  }),
});

/** Matrices of which each begins at the depth where the one before ends. */
function oneBehindTheOther(
  parts: readonly { readonly k: number; readonly a: Matrix; readonly b: Matrix }[],
  which: "a" | "b",
): Matrix {
  const { along, width } = only(parts, "A product's operand")[which];
  let start = 0;
  const branches = parts.map((part) => {
    const { text } = part[which];
    const from = start;
    start += part.k;
    const inside = from === 0 ? text : `let whole = depth;\n  {\n  let depth = whole - ${from}u;\n  ${text}\n  }`;
    return start === total(parts) ? `{\n  ${inside}\n  }` : `if (depth < ${start}u) {\n  ${inside}\n  }`;
  });
  return { along, width, text: parts.length === 1 ? (parts[0]?.[which].text ?? "") : branches.join(" else ") };
}

const total = (parts: readonly { readonly k: number }[]): number => parts.reduce((sum, { k }) => sum + k, 0);
