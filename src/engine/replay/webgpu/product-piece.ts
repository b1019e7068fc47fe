/** A product as a piece of a program: the generator's functions, with what is computed of its result. The generator: kernels/webgpu/product.ts. */
import type { Read } from "../../kernels/webgpu/matrices";
import { productText } from "../../kernels/webgpu/product";
import type { Value } from "./graph";
import { type Anchored, type Context, finish, type Piece } from "./piece";

export function productPiece(context: Context, { product, inputs }: Anchored<"product">): Piece {
  const { name, memory, lanes } = context;
  const { form, size } = product;
  const [left, right] = inputs;
  if (left === undefined || right === undefined) throw new Error("A product lacks an operand; this is a bug.");
  const read = (value: Value): Read => ({
    one: (index) => memory.load(value, `(${index})`, true),
    four: (index) => memory.loadFour(value, index),
  });
  const reads = { a: read(left.value), b: read(right.value) };
  const { code, groups, sharedQuads } = productText(name, product, form, reads, `${name}_store`, lanes);
  const place = form.splits === 1 ? "index" : `split * ${size}u + index`;
  const store = `fn ${name}_store(split: u32, index: u32, result: f32) {
  let i = ${place};
  ${finish(context, "result").join("\n  ")}
}`;
  return { code: `${store}\n${code}`, groups, shared: [], sharedQuads };
}
