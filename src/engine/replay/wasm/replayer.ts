/**
 * Records a training step once and replays it without TensorFlow.js's tape, scopes and tensors, on the wasm backend, on one thread or
 * several. What is recorded and how it is laid out is beside this file. Replay and eager execution agree bit for bit: they call the same
 * functions of the same module, or ones that round alike.
 */

import type * as tf from "@tensorflow/tfjs";
import type { Execution } from "../../../core/device";
import type { StepMoment, TakeIn } from "../../draws";
import { wasmRuntime } from "../../kernels/wasm/register";
import type { KernelRuntime } from "../../kernels/wasm/runtime";
import { defaultThreads, MAX_THREADS, threadPool } from "../../threads";
import { Contest } from "../../threads/contest";
import { StepLost, type ThreadPool } from "../../threads/pool";
import {
  type Given,
  type Looked,
  type LookUnderWay,
  NotReplayable,
  type Replayer,
  type StepComputation,
} from "../types";
import { Looks } from "./looks";
import { compile, type Machine, type Program, prepare } from "./machine";
import { disposePlan, executionOf, type Plan } from "./plan";
import { record } from "./recorder";
import { type Round, shareOut } from "./schedule";
import { compileThreaded, type ThreadedMachine } from "./threaded";
import { VariableStorage } from "./variable-storage";

/** Plans kept at a time: of the step of both players, of D's, of G's. */
const MAX_PLANS = 3;

/** Threads from which on short steps are shared too, where timing agrees. */
const SHORT_STEP_THREADS = 4;

/** Steps on several threads after which their numbers are copied out of the shared memory: as many may have to be done again. */
const STEPS_AT_RISK = 32;

/** A run that is looked at for so many pictures is worth a helper of its own; the first ones come sooner without. */
const LOOKS_BEFORE_HELPER = 8;

/** The replayer of one trainer. */
export class WasmReplayer implements Replayer {
  readonly #runtime: KernelRuntime;
  readonly #variables: readonly tf.Variable[];
  readonly #threads: number;
  readonly #always: boolean;
  /** Started when the first step that is worth it was recorded. */
  #pool: ThreadPool | null = null;
  #storage: VariableStorage | null = null;
  readonly #plans = new Map<string, Plan | NotReplayable>();
  readonly #looks: Looks;
  #asides = 0;
  #last: Plan | NotReplayable | null = null;
  /** Steps whose numbers are in the shared memory only, which a helper thread that dies takes with it. */
  #atRisk: { readonly key: string; readonly plan: Plan; readonly moment: StepMoment }[] = [];

  /**
   * undefined where this backend has no replay.
   * @param threads that share every step that is worth it; "auto": as many as the machine has, where they are faster than one
   */
  static of(variables: readonly tf.Variable[], threads: number | "auto"): WasmReplayer | undefined {
    const runtime = wasmRuntime();
    return runtime && new WasmReplayer(runtime, variables, threads);
  }

  private constructor(runtime: KernelRuntime, variables: readonly tf.Variable[], threads: number | "auto") {
    this.#runtime = runtime;
    this.#variables = variables;
    this.#looks = new Looks(runtime, variables);
    this.#threads = threads === "auto" ? defaultThreads() : Math.max(1, Math.min(threads, MAX_THREADS));
    this.#always = threads !== "auto";
  }

  get execution(): Execution {
    const last = this.#last;
    if (last instanceof NotReplayable) {
      return { mode: "eager", threads: 1, reason: `Steps cannot be replayed: ${last.message}` };
    }
    if (last === null)
      return { mode: "replay", threads: 1, reason: "The first step will be recorded and then replayed." };
    return executionOf(last, this.#threads);
  }

  /** The plan that ran last on one thread, for profiles. */
  get machine(): Machine | null {
    return this.#last === null || this.#last instanceof NotReplayable ? null : this.#last.alone;
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
    const start = performance.now();
    const alone = plan.threaded !== null && plan.contest?.next(start) === "one";
    const numbers = (alone ? undefined : this.#runThreaded(key, plan, moment)) ?? this.#runAlone(key, plan, moment);
    if (plan.threaded !== null) plan.contest?.note(start, performance.now());
    this.#runtime.tile.afterStep();
    return numbers;
  }

  /** Computes a step eagerly and records it under a key. To be called in a tidy, which owns the scalars. */
  record(key: string, makeDraw: TakeIn, compute: StepComputation): readonly tf.Scalar[] {
    if (this.#plans.get(key) instanceof NotReplayable) return compute(makeDraw);
    this.#refresh();
    const { made, recording } = record(this.#runtime, this.#variables, makeDraw, compute);
    const plan = recording instanceof NotReplayable ? recording : this.#planOf(recording);
    for (const [oldest, old] of this.#plans) {
      if (this.#plans.size < MAX_PLANS) break;
      this.#plans.delete(oldest);
      disposePlan(old);
    }
    this.#plans.set(key, plan);
    this.#last = plan;
    return made;
  }

  look(
    key: string,
    given: readonly Given[],
    compute: (given: readonly tf.Tensor[]) => readonly tf.Tensor[],
  ): Looked | undefined {
    const storage = this.#storage;
    if (storage === null) return undefined; // no step was recorded
    storage.refreshToLook();
    this.#atRisk = [];
    return this.#looks.take(key, given, storage, compute);
  }

  lookAside(key: string, given: readonly Given[]): LookUnderWay | undefined {
    const [storage, last] = [this.#storage, this.#last];
    if (this.#threads === 1 || storage === null || last === null || last instanceof NotReplayable) return undefined;
    if (last.rounds !== null && last.whyAlone === null) return undefined; // helpers take their parts of steps
    if (this.#asides++ < LOOKS_BEFORE_HELPER) return undefined;
    const pool = this.#poolNow;
    if (pool.stateFor(2).is !== "ready") return undefined;
    storage.refreshToLook();
    this.#atRisk = [];
    return this.#looks.aside(key, given, storage, pool);
  }

  settle(): void {
    this.#storage?.settle();
    this.#atRisk = [];
  }

  dispose(): void {
    for (const plan of this.#plans.values()) disposePlan(plan);
    this.#plans.clear();
    this.#looks.dispose();
    this.#storage?.dispose();
    this.#storage = null;
    this.#last = null;
    this.#atRisk = [];
  }

  /** Before a step on one thread. */
  #refresh(): void {
    this.#storageNow.refresh();
    this.#atRisk = [];
  }

  /** Threads of two cores wait for each other as long as they help in a step of less than a millisecond or two. */
  get #triesShortSteps(): boolean {
    return !this.#always && this.#threads >= SHORT_STEP_THREADS;
  }

  get #poolNow(): ThreadPool {
    this.#pool ??= threadPool(this.#runtime.arithmetic);
    return this.#pool;
  }

  get #storageNow(): VariableStorage {
    this.#storage ??= new VariableStorage(this.#runtime, this.#variables);
    return this.#storage;
  }

  #planOf(recording: Exclude<ReturnType<typeof record>["recording"], NotReplayable>): Plan | NotReplayable {
    try {
      const program = prepare(recording);
      const { calls } = program.layout;
      const shared =
        this.#threads > 1 ? shareOut(calls, this.#threads, this.#triesShortSteps) : { why: "one was asked for" };
      const plan: Plan = {
        program,
        calls: calls.length,
        stock: calls.flatMap((call) => (call.kind === "stock" ? [call.name] : [])),
        rounds: "why" in shared ? null : shared,
        whyAlone: "why" in shared ? shared.why : null,
        alone: null,
        threaded: null,
        contest: this.#always ? null : new Contest(),
      };
      if (plan.rounds === null) plan.alone = compile(program, this.#storageNow.own, this.#runtime);
      else this.#poolNow.stateFor(this.#threads); // starts them
      return plan;
    } catch (error) {
      if (error instanceof NotReplayable) return error;
      throw error;
    }
  }

  /** @returns undefined where the step must run on one thread */
  #runThreaded(key: string, plan: Plan, moment: StepMoment): Float32Array | undefined {
    if (plan.rounds === null || plan.whyAlone !== null) return undefined;
    const pool = this.#poolNow;
    const state = pool.stateFor(this.#threads);
    if (state.is === "starting") return undefined;
    const storage = this.#storageNow;
    try {
      plan.threaded ??= state.is === "ready" ? this.#compileThreaded(plan.program, plan.rounds, pool) : null;
      if (plan.threaded !== null) {
        storage.refreshShared();
        const numbers = plan.threaded.run(moment, this.#runtime.tile.rows);
        if (numbers !== null) {
          this.#atRisk.push({ key, plan, moment });
          if (this.#atRisk.length === STEPS_AT_RISK || moment.inputs !== undefined) this.settle();
          return numbers;
        }
      }
    } catch (error) {
      if (!(error instanceof StepLost || error instanceof RangeError)) throw error;
      plan.threaded?.dispose();
      plan.threaded = null;
      plan.whyAlone = error.message;
      if (error instanceof StepLost) this.#doAgain();
      return undefined;
    }
    // They failed, for good.
    this.settle();
    plan.threaded?.dispose();
    plan.threaded = null;
    const now = pool.stateFor(this.#threads);
    plan.whyAlone = now.is === "failed" ? now.why : "threads are not ready";
    return undefined;
  }

  /** Brings the run back to where it was before the step that a helper thread left: a step is a function of its moment. */
  #doAgain(): void {
    const steps = this.#atRisk;
    this.#storageNow.abandonShared();
    for (const { key, plan, moment } of steps) {
      if (this.#runAlone(key, plan, moment) !== undefined) continue;
      throw new Error("A helper thread stopped, and there is too little memory to do its steps again.");
    }
  }

  #compileThreaded(program: Program, rounds: readonly Round[], pool: ThreadPool): ThreadedMachine {
    return compileThreaded(program, rounds, this.#threads, this.#storageNow.sharedBy(pool), pool);
  }

  #runAlone(key: string, plan: Plan, moment: StepMoment): Float32Array | undefined {
    this.#refresh();
    try {
      plan.alone ??= compile(plan.program, this.#storageNow.own, this.#runtime);
    } catch (error) {
      if (!(error instanceof NotReplayable)) throw error;
      this.#plans.set(key, error);
      this.#last = error;
      return undefined;
    }
    return plan.alone.run(moment);
  }
}
