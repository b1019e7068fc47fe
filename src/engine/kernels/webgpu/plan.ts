/** Plans from buffers with names, so that passes need not count operands. */
import type { BindingKind, GpuPass, GpuPlan, GpuProgram } from "./program";
import type { BufferDeclaration } from "./wgsl";

/** One dispatch whose bindings are buffers of the plan, in the order of `buffers`. */
export interface NamedPass {
  readonly label: string;
  readonly buffers: readonly BufferDeclaration[];
  readonly code: string;
  readonly workgroups: GpuProgram["workgroups"];
}

/**
 * @param operands in the order the builder documents
 * @param scratch floats by name
 */
export function namedPlan(
  operands: readonly BufferDeclaration[],
  scratch: Readonly<Record<string, number>>,
  passes: readonly NamedPass[],
): GpuPlan {
  const scratchNames = Object.keys(scratch);
  return {
    operands: operands.map(({ name }): BindingKind => {
      const kinds = passes.flatMap(({ buffers }) => buffers.filter((b) => b.name === name).map(({ kind }) => kind));
      return kinds.includes("read-write") ? "read-write" : (kinds[0] ?? "read");
    }),
    scratch: Object.values(scratch),
    passes: passes.map(
      ({ label, buffers, code, workgroups }): GpuPass => ({
        program: { label, code, workgroups, bindings: buffers.map(({ kind }) => kind) },
        slots: buffers.map(({ name }) => {
          const operand = operands.findIndex((o) => o.name === name);
          return operand >= 0 ? { operand } : { scratch: scratchNames.indexOf(name) };
        }),
      }),
    ),
  };
}
