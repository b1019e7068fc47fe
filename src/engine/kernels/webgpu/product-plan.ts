/** A product as an operation of its own, for eager mode: a module around the generator's functions, and a second pass where the depth is split. */

import type { Driver } from "./driver";
import type { Read } from "./matrices";
import { type Product, productText } from "./product";
import { chooseForm, PLAIN_THREADS, type ProductForm } from "./product-form";
import { declareShared } from "./product-tiles";
import type { GpuPass, GpuPlan } from "./program";
import { type BufferDeclaration, declareBuffers, gridOf, linearKernel } from "./wgsl";

/**
 * A plan with the operands a, b, result: one pass, or two with scratch where the depth is split.
 * @param how the form, or whether the driver computes on the processor
 */
export function productPlan(product: Product, how: ProductForm | Driver): GpuPlan {
  const form = "kind" in how ? how : chooseForm(product, how);
  const { m, n, k, batch, size } = product;
  const label = `product ${batch > 1 ? `${batch}×` : ""}${m}×${n}×${k}`;
  const { splits } = form;
  const whole = splits === 1;
  const target: BufferDeclaration = { name: whole ? "result" : "partial", kind: "read-write" };
  const first: GpuPass = {
    program: {
      label: whole ? label : `${label}, ${splits} parts`,
      ...productModule(product, form, target, whole ? "index" : `split * ${size}u + index`),
    },
    slots: [{ operand: 0 }, { operand: 1 }, whole ? { operand: 2 } : { scratch: 0 }],
  };
  const operands = ["read", "read", "read-write"] as const;
  if (whole) return { operands, scratch: [], passes: [first] };
  const addition = linearKernel(
    size,
    [
      { name: "partial", kind: "read" },
      { name: "result", kind: "read-write" },
    ],
    `var sum = 0.0f;
  for (var split = 0u; split < ${splits}u; split++) { sum += partial[split * ${size}u + index]; }
  result[index] = sum;`,
  );
  const second: GpuPass = {
    program: { label: `${label}, sum of parts`, ...addition },
    slots: [{ scratch: 0 }, { operand: 2 }],
  };
  return { operands, scratch: [splits * size], passes: [first, second] };
}

function productModule(product: Product, form: ProductForm, target: BufferDeclaration, place: string) {
  const { a, b } = product;
  const placed = {
    ...product,
    a: { ...a, text: a.body(readOf("a", a.width)) },
    b: { ...b, text: b.body(readOf("b", b.width)) },
  };
  const { code, groups, threads, sharedQuads } = productText("product", placed, form, "store", PLAIN_THREADS);
  const buffers = [buffer("a", product.a.width), buffer("b", product.b.width), target];
  const { workgroups, group } = gridOf(groups);
  return {
    code: `${declareBuffers(buffers)}
${declareShared(sharedQuads)}
fn store(split: u32, index: u32, sum: f32) { ${target.name}[${place}] = sum; }
${code}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let group = ${group};
  if (group >= ${groups}u) { return; }
  product(group, lane);
}
`,
    workgroups,
    bindings: buffers.map(({ kind }) => kind),
  };
}

const buffer = (name: string, width: 1 | 4): BufferDeclaration => ({
  name,
  kind: "read",
  type: width === 4 ? "array<vec4<f32>>" : "array<f32>",
});

/** A buffer is declared by its loads' width, so only loads of that width are asked of it. */
function readOf(name: string, width: 1 | 4): Read {
  return {
    one: (index) => (width === 1 ? `${name}[${index}]` : `${name}[(${index}) / 4u][(${index}) % 4u]`),
    four: (index) => `${name}[(${index}) / 4u]`,
  };
}
