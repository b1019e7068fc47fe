/** Small pieces of WGSL text that the builders share. No kernels. */
import type { BindingKind } from "./program";

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

/** Threads of a workgroup in kernels that go element by element. */
export const LINEAR_THREADS = 256;

const MAX_GROUPS_X = 32768; // below the 65535 that every device allows

/** A grid of that many groups, and WGSL for a group's number in terms of `id` (@builtin(workgroup_id)); the last row may have more. */
export function gridOf(groups: number): { workgroups: [number, number, number]; group: string } {
  const across = Math.min(Math.max(1, groups), MAX_GROUPS_X);
  return { workgroups: [across, Math.max(1, Math.ceil(groups / across)), 1], group: `id.y * ${across}u + id.x` };
}

/** A module of one element-wise entry point: `body` runs once for each `index` below `count`. */
export function linearKernel(
  count: number,
  buffers: readonly BufferDeclaration[],
  body: string,
): { code: string; workgroups: [number, number, number]; bindings: BindingKind[] } {
  const { workgroups, group } = gridOf(Math.ceil(count / LINEAR_THREADS));
  const code = `${declareBuffers(buffers)}
@compute @workgroup_size(${LINEAR_THREADS})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let index = (${group}) * ${LINEAR_THREADS}u + lane;
  if (index >= ${count}u) { return; }
  ${body}
}
`;
  return { code, workgroups, bindings: buffers.map(({ kind }) => kind) };
}

export const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
