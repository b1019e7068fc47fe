/**
 * Records a training step once and replays it as a list of commands, on the webgpu backend: one pass, no tensors, no readback; several
 * steps share a submit. Replay and eager execution agree but for float32's rounding: sums run in another order.
 */

import * as tf from "@tensorflow/tfjs";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { Execution } from "../../../core/device";
import { errorSentence } from "../../../core/errors";
import type { StepMoment, TakeIn } from "../../draws";
import { NotReplayable, type PendingNumbers, type Replayer, type StepComputation } from "../types";
import { CommandList } from "./commands";
import type { Recording } from "./graph";
import { Machine } from "./machine";
import { type Plan, planOf } from "./plan";
import { record } from "./recorder";
import { type DispatchReport, reportOf } from "./report";
import { VariableStorage } from "./variable-storage";

/** Plans kept at a time: of the step of both players, of D's, of G's. */
const MAX_PLANS = 3;

interface Entry {
  /** null where the step cannot be replayed. */
  readonly plan: Plan | null;
  /** null while programs are compiled. */
  machine: Machine | NotReplayable | null;
  readonly compiled: Promise<void>;
}

/** The replayer of one trainer. */
export class WebGpuReplayer implements Replayer {
  readonly #backend: WebGPUBackend;
  readonly #device: GPUDevice;
  readonly #limit: number;
  readonly #variables: readonly tf.Variable[];
  readonly #commands: CommandList;
  readonly #storage: VariableStorage;
  readonly #entries = new Map<string, Entry>();
  #last: Entry | null = null;
  /** Whether the variables' tensors are older than what is in the buffers. */
  #ahead = false;

  /**
   * undefined where this backend has no replay.
   * @param groups of variables that are updated together
   * @param limit storage buffers of a program, fewer than the device allows
   */
  static of(
    variables: readonly tf.Variable[],
    groups: readonly (readonly tf.Variable[])[],
    limit?: number,
  ): WebGpuReplayer | undefined {
    const backend = tf.backend();
    return backend instanceof WebGPUBackend ? new WebGpuReplayer(backend, variables, groups, limit) : undefined;
  }

  private constructor(
    backend: WebGPUBackend,
    variables: readonly tf.Variable[],
    groups: readonly (readonly tf.Variable[])[],
    limit?: number,
  ) {
    this.#backend = backend;
    this.#device = backend.device;
    this.#limit = limit ?? backend.device.limits.maxStorageBuffersPerShaderStage;
    this.#variables = variables;
    this.#commands = new CommandList(this.#device);
    this.#storage = new VariableStorage(backend, variables, groups, this.#commands);
  }

  get execution(): Execution {
    const machine = this.#last?.machine;
    if (machine instanceof NotReplayable) {
      return { mode: "eager", threads: 1, reason: `Steps cannot be replayed: ${machine.message}` };
    }
    if (this.#last === null)
      return { mode: "replay", threads: 1, reason: "The first step will be recorded and then replayed." };
    if (!machine)
      return { mode: "replay", threads: 1, reason: "The first step was recorded; its programs are being compiled." };
    const { stock } = machine.plan;
    const others = stock.length === 0 ? "" : `, ${[...new Set(stock)].join(", ")} being TensorFlow.js's own`;
    return {
      mode: "replay",
      threads: 1,
      reason: `A step is replayed as ${machine.size} dispatches on the GPU${others}.`,
    };
  }

  get dispatches(): readonly DispatchReport[] | null {
    const plan = this.#last?.plan ?? null;
    return plan === null ? null : reportOf(plan);
  }

  pending(): Promise<void> | undefined {
    return this.#last !== null && this.#last.machine === null ? this.#last.compiled : undefined;
  }

  replay(key: string, moment: StepMoment): PendingNumbers | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    const { machine } = entry;
    this.#last = entry;
    if (!(machine instanceof Machine)) return undefined;
    this.#storage.refresh();
    this.#ahead = true;
    return machine.run(moment);
  }

  record(key: string, makeDraw: TakeIn, compute: StepComputation): readonly tf.Scalar[] {
    if (this.#entries.has(key)) return compute(makeDraw); // being compiled, or not replayable
    const { made, recording } = record(this.#backend, this.#variables, makeDraw, compute);
    for (const [oldest, old] of this.#entries) {
      if (this.#entries.size < MAX_PLANS) break;
      this.#entries.delete(oldest);
      this.#discard(old);
    }
    const entry = this.#compile(recording);
    this.#entries.set(key, entry);
    this.#last = entry;
    return made;
  }

  settle(): void {
    if (!this.#ahead) return;
    this.#ahead = false;
    this.#storage.writeBack();
    this.#submit();
  }

  dispose(): void {
    this.#submit();
    for (const entry of this.#entries.values()) this.#discard(entry);
    this.#entries.clear();
    this.#last = null;
    this.#storage.dispose();
  }

  #submit(): void {
    this.#commands.submit();
  }

  #discard(entry: Entry): void {
    this.#submit();
    if (entry.machine instanceof Machine) entry.machine.dispose();
    else if (entry.machine === null) {
      void entry.compiled.then(() => {
        if (entry.machine instanceof Machine) entry.machine.dispose();
      });
    }
  }

  #compile(recording: Recording | NotReplayable): Entry {
    if (recording instanceof NotReplayable) return { plan: null, machine: recording, compiled: Promise.resolve() };
    try {
      const layout = this.#storage.layoutFor(recording);
      const plan = planOf(recording, layout, this.#backend, this.#limit);
      const making = Machine.make(plan, this.#storage.buffers, this.#device, this.#commands);
      const entry: Entry = {
        plan,
        machine: null,
        compiled: making.then(
          (machine) => {
            entry.machine = machine;
          },
          (error: unknown) => {
            plan.dispose();
            entry.machine = asNotReplayable(error);
          },
        ),
      };
      return entry;
    } catch (error) {
      // A step that cannot be compiled can still be computed.
      return { plan: null, machine: asNotReplayable(error), compiled: Promise.resolve() };
    }
  }
}

function asNotReplayable(error: unknown): NotReplayable {
  if (error instanceof NotReplayable) return error;
  return new NotReplayable(errorSentence(error));
}
