/** A plan on a device: buffers, compiled programs, and the commands of a step. Running a step makes no tensors and waits for nothing. */
import { type Draw, fillDraw, type StepMoment } from "../../draws";
import { NotReplayable } from "../types";
import { allocate } from "./buffers";
import { type CommandList, STEPS_PER_SUBMIT } from "./commands";
import type { DeviceImages } from "./device-images";
import { type Bound, bind, firstLine, pipelineOf } from "./pipelines";
import type { Root } from "./places";
import type { Plan } from "./plan";
import { ReadbackBuffer, type Row } from "./readback";

/** Bytes of inputs that may wait for one submit. */
const UPLOAD_BYTES = 8 * 2 ** 20;

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
  readonly #readback: ReadbackBuffer;
  readonly #images: readonly DeviceImages[];
  readonly #uploads: readonly Upload[];
  readonly #control: Float32Array<ArrayBuffer>;
  readonly #staging: GPUBuffer;
  readonly #slots: number;

  /** Compiles a plan's programs without holding up the task. @throws NotReplayable when the driver refuses one */
  static async make(
    plan: Plan,
    variables: readonly GPUBuffer[],
    device: GPUDevice,
    commands: CommandList,
  ): Promise<Machine> {
    const pipelines = await Promise.all(plan.steps.map((step) => pipelineOf(step, device)));
    device.pushErrorScope("validation");
    const machine = new Machine(plan, pipelines, variables, device, commands);
    const error = await device.popErrorScope();
    if (error === null) return machine;
    machine.dispose();
    throw new NotReplayable(`The driver refused a program (${firstLine(error.message)}).`);
  }

  private constructor(
    plan: Plan,
    pipelines: readonly GPUComputePipeline[],
    variables: readonly GPUBuffer[],
    device: GPUDevice,
    commands: CommandList,
  ) {
    this.plan = plan;
    this.#device = device;
    this.#commands = commands;
    const { buffers, own, images } = allocate(plan, variables, device);
    this.#images = images;
    this.#buffers = buffers;
    this.#list = plan.steps.map((step, i) => bind(step, pipelines[i], plan, buffers, device));
    const count = plan.results.filter((result) => "at" in result).length;
    this.#readback = new ReadbackBuffer(device, commands, count);
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

  /** Writes a step's commands down. */
  run(moment: StepMoment): { read(): Promise<Float32Array> } {
    const { inputs, step } = moment;
    const given = inputs !== undefined;
    if (given) this.#commands.submit(); // what is written below must not overtake the steps before
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
    const slot = this.#commands.beginStep(this.#slots);
    this.#device.queue.writeBuffer(this.#staging, slot * bytes, control);
    const { encoder } = this.#commands;
    encoder.copyBufferToBuffer(this.#staging, slot * bytes, this.#buffer(this.plan.places.upload), 0, bytes);
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
    const row = this.#readback.push(this.#buffer(this.plan.places.results));
    if (given) this.#commands.submit();
    return { read: () => this.#numbers(row) };
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
    this.#readback.dispose();
    for (const buffer of this.#own) buffer.destroy();
    this.plan.dispose();
  }
}
