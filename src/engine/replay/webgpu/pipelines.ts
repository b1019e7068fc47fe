/** Compiled programs with what they bind. The same text is compiled once a device. */
import type { GpuProgram } from "../../kernels/webgpu/program";
import { NotReplayable } from "../types";
import type { Root } from "./places";
import type { Plan, Step } from "./plan";

/** A dispatch ready to be encoded. */
export interface Bound {
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly workgroups: readonly [number, number, number];
}

const pipelines = new WeakMap<GPUDevice, Map<string, Promise<GPUComputePipeline>>>();

/** Compiles without holding up the task. Rejects with NotReplayable when the driver refuses the program. */
export function pipelineOf(step: Step, device: GPUDevice): Promise<GPUComputePipeline> {
  if (step.kind === "stock") return Promise.resolve(step.dispatch.pipeline);
  const { program } = step.dispatch;
  const known = pipelines.get(device) ?? new Map<string, Promise<GPUComputePipeline>>();
  pipelines.set(device, known);
  const found = known.get(program.code);
  if (found !== undefined) return found;
  const compiling = compile(program, device);
  known.set(program.code, compiling);
  return compiling;
}

async function compile({ code, label }: GpuProgram, device: GPUDevice): Promise<GPUComputePipeline> {
  const module = device.createShaderModule({ label, code });
  try {
    return await device.createComputePipelineAsync({ label, layout: "auto", compute: { module, entryPoint: "main" } });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new NotReplayable(`The driver refused a program (${firstLine(why)}).`);
  }
}

export const firstLine = (text: string): string => (text.split("\n")[0] ?? "").replace(/\.$/, "");

/** Puts a step's buffers to its program. */
export function bind(
  step: Step,
  pipeline: GPUComputePipeline | undefined,
  plan: Plan,
  buffers: ReadonlyMap<Root, GPUBuffer>,
  device: GPUDevice,
): Bound {
  const bufferOf = (root: Root): GPUBuffer => {
    const buffer = buffers.get(root);
    if (buffer === undefined) throw new Error("A recorded step lacks a buffer; this is a bug.");
    return buffer;
  };
  const resources: GPUBufferBinding[] =
    step.kind === "program"
      ? step.dispatch.roots.map((root) => ({ buffer: bufferOf(root) }))
      : step.dispatch.operands.map((value) => {
          const { root, offset } = plan.places.of(value);
          return { buffer: bufferOf(root), offset: offset * 4, size: value.extent * 4 };
        });
  if (step.kind === "stock") resources.push(step.dispatch.uniforms);
  if (pipeline === undefined) throw new Error("A program was not compiled; this is a bug.");
  const { label, workgroups } = step.kind === "program" ? step.dispatch.program : step.dispatch;
  const layout = pipeline.getBindGroupLayout(0);
  const entries = resources.map((resource, binding) => ({ binding, resource }));
  return { label, pipeline, workgroups, bindings: device.createBindGroup({ label, layout, entries }) };
}
