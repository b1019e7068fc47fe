/** A plan on a device: buffers, compiled programs, and the commands of a step. Running a step makes no tensors and waits for nothing. */
import { type Draw, fillDraw, type StepMoment } from "../../feed";
import type { GpuProgram } from "../../kernels/webgpu/program";
import { NotReplayable } from "../types";
import { type CommandList, STEPS_PER_SUBMIT } from "./commands";
import { DeviceImages } from "./device-images";
import type { Root } from "./places";
import type { Plan, Step } from "./plan";
import { NumberRing, type Row } from "./ring";

/** Bytes of inputs that may wait for one submit. */
const UPLOAD_BYTES = 8 * 2 ** 20;

/** A dispatch ready to be encoded. */
export interface Bound {
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly workgroups: readonly [number, number, number];
}

interface Upload {
  readonly draw: Draw;
  readonly view: Float32Array;
  /** Bytes into the buffer of draws that the device makes itself, for one of those. */
  readonly random: number | null;
  readonly indices: boolean;
}

export class Machine {
  readonly plan: Plan;
  readonly #device: GPUDevice;
  readonly #commands: CommandList;
  readonly #buffers: ReadonlyMap<Root, GPUBuffer>;
  readonly #own: readonly GPUBuffer[];
  readonly #list: readonly Bound[];
  readonly #ring: NumberRing;
  readonly #images: readonly DeviceImages[];
  readonly #uploads: readonly Upload[];
  readonly #control: Float32Array<ArrayBuffer>;
  readonly #staging: GPUBuffer;
  readonly #slots: number;
  #slot = 0;

  /** Compiles a plan's programs without holding up the task. @throws NotReplayable when the driver refuses one */
  static async make(
    plan: Plan,
    homes: readonly GPUBuffer[],
    device: GPUDevice,
    commands: CommandList,
  ): Promise<Machine> {
    const pipelines = await Promise.all(plan.steps.map((step) => pipelineOf(step, device)));
    device.pushErrorScope("validation");
    const machine = new Machine(plan, pipelines, homes, device, commands);
    const error = await device.popErrorScope();
    if (error === null) return machine;
    machine.dispose();
    throw new NotReplayable(`The driver refused a program (${firstLine(error.message)}).`);
  }

  private constructor(
    plan: Plan,
    pipelines: readonly GPUComputePipeline[],
    homes: readonly GPUBuffer[],
    device: GPUDevice,
    commands: CommandList,
  ) {
    this.plan = plan;
    this.#device = device;
    this.#commands = commands;
    const { buffers, own, images } = allocate(plan, homes, device);
    this.#images = images;
    this.#buffers = buffers;
    this.#list = plan.steps.map((step, i) => bind(step, pipelines[i], plan, buffers, device));
    const count = plan.results.filter((result) => "at" in result).length;
    this.#ring = new NumberRing(device, commands, count);
    const { upload } = plan.places;
    this.#control = new Float32Array(upload.size);
    this.#uploads = plan.inputs.map(({ draw, root, offset, size, indices }) =>
      root === upload
        ? { draw, view: this.#control.subarray(offset, offset + size), random: null, indices }
        : { draw, view: new Float32Array(size), random: offset * 4, indices },
    );
    const bytes = upload.size * 4;
    this.#slots = Math.max(1, Math.min(STEPS_PER_SUBMIT, Math.floor(UPLOAD_BYTES / bytes)));
    const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    this.#staging = device.createBuffer({ label: "inputs of steps", size: bytes * this.#slots, usage });
    this.#own = [...own, this.#staging];
  }

  /** Dispatches of a step. */
  get size(): number {
    return this.#list.length;
  }

  /** The dispatches one by one, for profiles. */
  get dispatches(): readonly Bound[] {
    return this.#list;
  }

  /** Writes a step's commands down. */
  run(moment: StepMoment): { read(): Promise<Float32Array> } {
    if (this.#slot === this.#slots) this.#submit();
    const { inputs, step } = moment;
    const given = inputs !== undefined;
    if (given) this.#submit(); // what is written below must not overtake the steps before
    const control = this.#control;
    control[0] = step & 0xffff;
    control[1] = Math.floor(step / 65536);
    control[2] = given ? 1 : 0;
    for (const images of this.#images) images.bringUpToDate();
    for (const { draw, view, random, indices } of this.#uploads) {
      if (indices) {
        if (!given) view.set(draw.images?.indices(moment) ?? []);
      } else if (random === null) fillDraw(draw, view, moment);
      else if (given) {
        fillDraw(draw, view, moment);
        this.#device.queue.writeBuffer(
          this.#buffer(this.plan.places.random),
          random,
          view as Float32Array<ArrayBuffer>,
        );
      }
    }
    const bytes = control.byteLength;
    this.#device.queue.writeBuffer(this.#staging, this.#slot * bytes, control);
    const { encoder } = this.#commands;
    encoder.copyBufferToBuffer(this.#staging, this.#slot * bytes, this.#buffer(this.plan.places.upload), 0, bytes);
    this.#slot += 1;
    const pass = encoder.beginComputePass();
    for (const { pipeline, bindings, workgroups } of this.#list) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindings);
      pass.dispatchWorkgroups(workgroups[0], workgroups[1], workgroups[2]);
    }
    pass.end();
    for (const { from, start, to, floats } of this.plan.copies) {
      const source = this.plan.places.of(from);
      const at = (source.offset + start) * 4;
      encoder.copyBufferToBuffer(this.#buffer(source.root), at, this.#buffer(to.root), to.offset * 4, floats * 4);
    }
    const row = this.#ring.push(this.#buffer(this.plan.places.results));
    if (given) this.#submit();
    return { read: () => this.#numbers(row) };
  }

  #submit(): void {
    this.#commands.submit();
    this.#slot = 0;
  }

  async #numbers(row: Row): Promise<Float32Array> {
    const found = await row.read();
    return Float32Array.from(this.plan.results, (result) =>
      "at" in result ? (found[result.at] ?? Number.NaN) : result.number,
    );
  }

  #buffer(root: Root): GPUBuffer {
    const buffer = this.#buffers.get(root);
    if (buffer === undefined) throw new Error("A recorded step lacks a buffer; this is a bug.");
    return buffer;
  }

  /** Everything that was written down must be submitted before. */
  dispose(): void {
    this.#ring.dispose();
    for (const buffer of this.#own) buffer.destroy();
    this.plan.dispose();
  }
}

const pipelines = new WeakMap<GPUDevice, Map<string, Promise<GPUComputePipeline>>>();

function pipelineOf(step: Step, device: GPUDevice): Promise<GPUComputePipeline> {
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

const firstLine = (text: string): string => (text.split("\n")[0] ?? "").replace(/\.$/, "");

function allocate(plan: Plan, homes: readonly GPUBuffer[], device: GPUDevice) {
  const buffers = new Map<Root, GPUBuffer>();
  const own: GPUBuffer[] = [];
  const images: DeviceImages[] = [];
  const make = (floats: number): GPUBuffer => {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = device.createBuffer({ size: Math.max(4, floats * 4), usage });
    own.push(buffer);
    return buffer;
  };
  for (const [i, home] of plan.places.homes.entries()) {
    const buffer = homes[i];
    if (buffer !== undefined) buffers.set(home, buffer);
  }
  // Temporaries take turns in buffers that nothing uses any more.
  const free: { buffer: GPUBuffer; floats: number; since: number }[] = [];
  const sorted = [...plan.roots].sort((a, b) => a.first - b.first || b.size - a.size);
  for (const root of sorted) {
    if (root.value?.source.kind === "images") {
      const kept = DeviceImages.of(root.value.source.set, device);
      images.push(kept);
      buffers.set(root, kept.buffer);
      continue;
    }
    if (root.kind !== "temporary") {
      const buffer = make(root.size);
      buffers.set(root, buffer);
      if (root.kind === "constant") writeConstant(root, buffer, device);
      continue;
    }
    const fitting = free.filter(
      ({ floats, since }) => since < root.first && floats >= root.size && floats <= 2 * root.size,
    );
    const best = fitting.sort((a, b) => a.floats - b.floats)[0];
    const taken = best ?? { buffer: make(root.size), floats: root.size, since: -1 };
    if (best === undefined) free.push(taken);
    taken.since = root.last;
    buffers.set(root, taken.buffer);
  }
  return { buffers, own, images };
}

function writeConstant({ value: constant, size }: Root, buffer: GPUBuffer, device: GPUDevice): void {
  if (constant?.source.kind !== "constant") return;
  const { content, uniform } = constant.source;
  const numbers = uniform === null ? content : new Float32Array(size).fill(uniform);
  device.queue.writeBuffer(buffer, 0, numbers as Float32Array<ArrayBuffer>);
}

function bind(
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
