/**
 * What a WebGPU kernel is: a program (one dispatch), and a plan (an operation: one or a few dispatches over operands and scratch).
 * Builders in this folder are pure: they make text and numbers and touch no device. Not a scheduler and not an owner of buffers.
 */

/** "uniform" is a uniform buffer; the others are storage buffers. */
export type BindingKind = "read" | "read-write" | "uniform";

/** One dispatch. */
export interface GpuProgram {
  readonly label: string;
  /** The whole WGSL module, with entry point `main` and the shapes baked in as constants. */
  readonly code: string;
  /** Workgroups in x, y, z; each at most 65535. */
  readonly workgroups: readonly [number, number, number];
  /** `@group(0) @binding(i)`, in order. */
  readonly bindings: readonly BindingKind[];
}

/** What a pass binds: an operand of its plan by number, or one of the plan's scratch buffers. */
export type GpuSlot = { readonly operand: number } | { readonly scratch: number };

/** One dispatch of a plan: what lies at each of the program's bindings. */
export interface GpuPass {
  readonly program: GpuProgram;
  readonly slots: readonly GpuSlot[];
}

/** An operation. The passes run in order; a builder's docstring says what the operands are. */
export interface GpuPlan {
  /** "read-write" when any pass writes to it. */
  readonly operands: readonly BindingKind[];
  /** Floats of each scratch buffer, which needs no initial value and is free after the last pass. */
  readonly scratch: readonly number[];
  readonly passes: readonly GpuPass[];
}

const BUFFER_TYPES = { read: "read-only-storage", "read-write": "storage", uniform: "uniform" } as const;

const keyOf = ({ bindings, code }: GpuProgram): string => `${bindings.join()}\n${code}`;

/** Compiled pipelines by their text, with explicit layouts: a binding that a program does not use is still bound. */
export class PipelineCache {
  readonly device: GPUDevice;
  readonly #pipelines = new Map<string, GPUComputePipeline>();
  readonly #layouts = new Map<string, GPUPipelineLayout>();

  constructor(device: GPUDevice) {
    this.device = device;
  }

  /** The pipeline of a program; `getBindGroupLayout(0)` gives the layout for its bind groups. Errors in WGSL go to the device's error scope. */
  pipeline(program: GpuProgram): GPUComputePipeline {
    const key = keyOf(program);
    const known = this.#pipelines.get(key);
    if (known) return known;
    const pipeline = this.device.createComputePipeline(this.#descriptor(program));
    this.#pipelines.set(key, pipeline);
    return pipeline;
  }

  /** Compiles a program without holding up the task. Rejects when the driver refuses it. */
  async compile(program: GpuProgram): Promise<void> {
    const key = keyOf(program);
    if (this.#pipelines.has(key)) return;
    this.#pipelines.set(key, await this.device.createComputePipelineAsync(this.#descriptor(program)));
  }

  #descriptor({ label, code, bindings }: GpuProgram): GPUComputePipelineDescriptor {
    const module = this.device.createShaderModule({ label, code });
    return { label, layout: this.#layout(bindings), compute: { module, entryPoint: "main" } };
  }

  #layout(bindings: readonly BindingKind[]): GPUPipelineLayout {
    const key = bindings.join();
    const known = this.#layouts.get(key);
    if (known) return known;
    const entries = bindings.map((kind, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: BUFFER_TYPES[kind] },
    }));
    const layout = this.device.createPipelineLayout({
      bindGroupLayouts: [this.device.createBindGroupLayout({ entries })],
    });
    this.#layouts.set(key, layout);
    return layout;
  }
}

/**
 * Writes a plan into a compute pass, for eager use and tests.
 * @param operands one for each of the plan's operands
 * @param scratch one for each of the plan's scratch buffers, of that size or larger
 */
export function encodePlan(
  pass: GPUComputePassEncoder,
  cache: PipelineCache,
  plan: GpuPlan,
  operands: readonly GPUBufferBinding[],
  scratch: readonly GPUBufferBinding[],
): void {
  for (const { program, slots } of plan.passes) {
    const pipeline = cache.pipeline(program);
    const entries = slots.map((slot, binding) => {
      const resource = "operand" in slot ? operands[slot.operand] : scratch[slot.scratch];
      if (!resource) throw new Error(`${program.label} lacks the buffer of its binding ${binding}; this is a bug.`);
      return { binding, resource };
    });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, cache.device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
    pass.dispatchWorkgroups(...program.workgroups);
  }
}
