/**
 * Records a training step once and replays it without TensorFlow.js's tape, scopes and tensors, on the wasm backend. What is
 * recorded and how it is laid out is beside this file. Replay and eager execution agree bit for bit: they call the same functions
 * of the same module, or ones that round alike.
 */
import * as tf from "@tensorflow/tfjs";
import type { StepMoment, TakeIn } from "../../feed";
import { wasmRuntime } from "../../kernels/wasm/register";
import type { KernelRuntime } from "../../kernels/wasm/runtime";
import { type Execution, NotReplayable, type Replayer, type StepComputation } from "../types";
import { compile, type Machine } from "./machine";
import { record } from "./recorder";

/** Plans kept at a time: of the step of both players, of D's, of G's. */
const MAX_PLANS = 3;

/** The replayer of one trainer. */
export class WasmReplayer implements Replayer {
  readonly #runtime: KernelRuntime;
  readonly #variables: readonly tf.Variable[];
  /** One tensor a variable, in which its numbers lie while steps are replayed. */
  #homes: readonly tf.Tensor[] | null = null;
  readonly #plans = new Map<string, Machine | NotReplayable>();
  #last: Machine | NotReplayable | null = null;

  /** undefined where this backend has no replay. */
  static of(variables: readonly tf.Variable[]): WasmReplayer | undefined {
    const runtime = wasmRuntime();
    return runtime && new WasmReplayer(runtime, variables);
  }

  private constructor(runtime: KernelRuntime, variables: readonly tf.Variable[]) {
    this.#runtime = runtime;
    this.#variables = variables;
  }

  get execution(): Execution {
    const last = this.#last;
    if (last instanceof NotReplayable) return { mode: "eager", reason: `Steps cannot be replayed: ${last.message}` };
    if (last === null) return { mode: "replay", reason: "The first step will be recorded and then replayed." };
    const { calls, stock } = last.size;
    const others = stock.length === 0 ? "" : `, ${stock.length} of them TensorFlow.js's own`;
    return { mode: "replay", reason: `A step is replayed as ${calls} calls into WebAssembly${others}.` };
  }

  /** The plan that ran last, for profiles. */
  get machine(): Machine | null {
    return this.#last instanceof NotReplayable ? null : this.#last;
  }

  /**
   * Replays the step that was recorded under a key.
   * @returns the numbers of the step, or undefined when there is nothing to replay
   */
  replay(key: string, moment: StepMoment): Float32Array | undefined {
    const plan = this.#plans.get(key);
    if (plan === undefined) return undefined;
    this.#last = plan;
    if (plan instanceof NotReplayable) return undefined;
    this.#moveIn();
    return plan.run(moment);
  }

  /** Computes a step eagerly and records it under a key. To be called in a tidy, which owns the scalars. */
  record(key: string, makeDraw: TakeIn, compute: StepComputation): readonly tf.Scalar[] {
    if (this.#plans.get(key) instanceof NotReplayable) return compute(makeDraw);
    this.#moveIn();
    const { scalars, recording } = record(this.#runtime, this.#variables, makeDraw, compute);
    const plan = recording instanceof NotReplayable ? recording : this.#compile(recording);
    for (const [oldest, old] of this.#plans) {
      if (this.#plans.size < MAX_PLANS) break;
      this.#plans.delete(oldest);
      if (!(old instanceof NotReplayable)) old.dispose();
    }
    this.#plans.set(key, plan);
    this.#last = plan;
    return scalars;
  }

  /** Nothing to do: the variables' tensors are where replayed steps work. */
  settle(): void {}

  dispose(): void {
    for (const plan of this.#plans.values()) if (!(plan instanceof NotReplayable)) plan.dispose();
    this.#plans.clear();
    for (const home of this.#homes ?? []) home.dispose();
    this.#homes = null;
    this.#last = null;
  }

  #compile(recording: Exclude<ReturnType<typeof record>["recording"], NotReplayable>): Machine | NotReplayable {
    const homes = (this.#homes ?? []).map((home) => ({ address: this.#runtime.address(home) }));
    try {
      return compile(recording, homes, this.#runtime);
    } catch (error) {
      if (error instanceof NotReplayable) return error;
      throw error;
    }
  }

  /** Sees to it that every variable's numbers are at home: an eager step or a restore gives a variable another buffer. */
  #moveIn(): void {
    this.#homes ??= this.#variables.map((variable) => tf.tidy(() => tf.keep(tf.add(variable, 0))));
    for (const [i, variable] of this.#variables.entries()) {
      const home = this.#homes[i];
      if (home === undefined || variable.dataId === home.dataId) continue;
      const { memory } = this.#runtime;
      const bytes = variable.size * 4;
      const from = this.#runtime.address(variable);
      new Uint8Array(memory.buffer).copyWithin(this.#runtime.address(home), from, from + bytes);
      variable.assign(home);
    }
  }
}
