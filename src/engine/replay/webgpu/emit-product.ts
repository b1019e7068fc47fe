/** The code of a cluster whose anchor is a product: the generator's functions, with what is computed of its result. The generator: kernels/webgpu/product.ts. */
import type { ImplicitMatrix, Matrix } from "../../kernels/webgpu/matrices";
import { productText } from "../../kernels/webgpu/product";
import { type Anchored, type ClusterCode, type Context, finish, type Memory } from "./cluster-code";
import { Expressions } from "./expressions";
import { only, type Value } from "./graph";

export function emitProduct(context: Context, { product, inputs }: Anchored<"product">): ClusterCode {
  const { name, memory, lanes, inlined } = context;
  const { form, size, parts } = product;
  const functions: string[] = [];
  const bindOperand = (matrix: ImplicitMatrix, at: number): Matrix => {
    const { value } = only(inputs.slice(at), "A product's operand");
    if (!inlined.has(value)) return boundMatrix(matrix, memory, value);
    const element = `${name}_operand${at}`;
    functions.push(elementFunction(element, context, value));
    return computedMatrix(matrix, element);
  };
  const bound = parts.map(({ a, b, k }, part) => ({
    k,
    a: bindOperand(a, 2 * part),
    b: bindOperand(b, 2 * part + 1),
  }));
  const whole = { ...product, a: oneBehindTheOther(bound, "a"), b: oneBehindTheOther(bound, "b") };
  const { code, groups, sharedQuads } = productText(name, whole, form, `${name}_store`, lanes);
  const place = form.splits === 1 ? "index" : `split * ${size}u + index`;
  const store = `fn ${name}_store(split: u32, index: u32, result: f32) {
  let i = ${place};
  ${finish(context, "result").join("\n  ")}
}`;
  return { code: `${functions.join("\n")}\n${store}\n${code}`, groups, shared: [], sharedQuads };
}

const boundMatrix = ({ along, width, body }: ImplicitMatrix, memory: Memory, value: Value): Matrix => ({
  along,
  width,
  text: body({
    one: (index) => memory.load(value, `(${index})`, true),
    four: (index) => memory.loadFour(value, index),
  }),
});

/** `fn NAME(i: u32) -> f32`: an element of a value that is not read from memory. */
function elementFunction(name: string, { around }: Context, value: Value): string {
  const producer = around.producers.of(value);
  if (producer === undefined) throw new Error("An operand to be computed has no producer; this is a bug.");
  const expressions = new Expressions(around, "i", new Map());
  const output = producer.outputs.findIndex((y) => y.value === value);
  const element = expressions.element(producer, output, "i");
  return `fn ${name}(i: u32) -> f32 {\n  ${[...expressions.lines, `return ${element};`].join("\n  ")}\n}`;
}

const computedMatrix = ({ along, width, body }: ImplicitMatrix, element: string): Matrix => ({
  along,
  width,
  text: body({
    one: (index) => `${element}(${index})`,
    four: (index) => `vec4<f32>(${[0, 1, 2, 3].map((i) => `${element}(${index} + ${i}u)`).join(", ")})`,
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
