/** Small pieces of WGSL text that the builders share. No kernels. */
import type { BindingKind, Hook } from "./program";

/** One binding as the module sees it. `type` is the WGSL type, by default an array of floats. */
export interface BufferDeclaration {
  readonly name: string;
  readonly kind: BindingKind;
  readonly type?: string;
}

const ADDRESS_SPACES = { read: "storage, read", "read-write": "storage, read_write", uniform: "uniform" } as const;

/** Declares buffers at bindings 0, 1, ... of group 0. */
export function declareBuffers(buffers: readonly BufferDeclaration[]): string {
  return buffers
    .map(
      ({ name, kind, type = "array<f32>" }, i) =>
        `@group(0) @binding(${i}) var<${ADDRESS_SPACES[kind]}> ${name}: ${type};`,
    )
    .join("\n");
}

/** The extra buffers of a hook: [inputs, outputs]. Where a kernel has two hooks, those of the second are numbered on from the `before`. */
export function hookBuffers(
  hook: Hook | undefined,
  before?: Hook,
): readonly [BufferDeclaration[], BufferDeclaration[]] {
  const [inputs, outputs] = [before?.inputs ?? 0, before?.outputs ?? 0];
  return [
    range(hook?.inputs ?? 0).map((i) => ({ name: `extra${inputs + i}`, kind: "read" })),
    range(hook?.outputs ?? 0).map((i) => ({ name: `out${outputs + i}`, kind: "read-write" })),
  ];
}

/** `fn NAME(value, index, row, col) -> f32` that runs a hook on a value; without a hook it returns the value. */
export function hookFunction(name: string, hook: Hook | undefined): string {
  return `${hook?.functions ?? ""}
fn ${name}(given: f32, index: u32, row: u32, col: u32) -> f32 {
  var value = given;
  ${hook?.expression ?? ""}
  return value;
}`;
}

/** Threads of a workgroup in kernels that go element by element. */
export const LINEAR_THREADS = 256;

const MAX_GROUPS_X = 32768; // below the 65535 that every device allows

/**
 * A grid with a thread for each of `count` elements. `index` is WGSL for the thread's element, in terms of `group`
 * (@builtin(workgroup_id)) and `local` (@builtin(local_invocation_index)); elements from `count` on must be skipped.
 */
export function linearGrid(count: number): { workgroups: [number, number, number]; index: string } {
  const groups = Math.max(1, Math.ceil(count / LINEAR_THREADS));
  const x = Math.min(groups, MAX_GROUPS_X);
  return {
    workgroups: [x, Math.ceil(groups / x), 1],
    index: `(group.y * ${x}u + group.x) * ${LINEAR_THREADS}u + local`,
  };
}

/** A module of one element-wise entry point: `body` runs once for each `index` below `count`. */
export function linearKernel(
  count: number,
  buffers: readonly BufferDeclaration[],
  functions: string,
  body: string,
): { code: string; workgroups: [number, number, number]; bindings: BindingKind[] } {
  const { workgroups, index } = linearGrid(count);
  const code = `${declareBuffers(buffers)}
${functions}
@compute @workgroup_size(${LINEAR_THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let index = ${index};
  if (index >= ${count}u) { return; }
  ${body}
}
`;
  return { code, workgroups, bindings: buffers.map(({ kind }) => kind) };
}

export const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
