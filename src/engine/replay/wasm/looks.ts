/**
 * Computations on the variables that change nothing and are repeated on other numbers, such as a frame of the stage: recorded once and
 * replayed as steps are, by one thread. Bits are those of eager execution.
 */
import * as tf from "@tensorflow/tfjs";
import type { Draw } from "../../draws";
import type { KernelRuntime } from "../../kernels/wasm/runtime";
import type { ThreadPool } from "../../threads/pool";
import { type Given, type Looked, type LookUnderWay, NotReplayable } from "../types";
import { LooksAside } from "./looks-aside";
import { compile, type Machine, NO_MOMENT, type Program, prepare } from "./machine";
import { record } from "./recorder";
import type { VariableStorage } from "./variable-storage";

/** Looks kept at a time: a frame's, a reading of quality, a slider's, a map's. */
const MOST_LOOKS = 8;
/** One that needs more memory than this is not kept: it has work enough for what eager execution adds not to show. */
const MOST_BYTES = 16 * 2 ** 20;

interface Look {
  readonly machine: Machine;
  readonly program: Program;
  given: readonly Given[];
}

export class Looks {
  readonly #runtime: KernelRuntime;
  readonly #variables: readonly tf.Variable[];
  /** null: not to be replayed. */
  readonly #known = new Map<string, Look | null>();
  /** Made when a helper is first there; null where it cannot be. */
  #aside: LooksAside | null | undefined;

  constructor(runtime: KernelRuntime, variables: readonly tf.Variable[]) {
    this.#runtime = runtime;
    this.#variables = variables;
  }

  /**
   * To be called in a tidy.
   * @param storage of the variables, refreshed
   */
  take(
    key: string,
    given: readonly Given[],
    storage: VariableStorage,
    compute: (given: readonly tf.Tensor[]) => readonly tf.Tensor[],
  ): Looked {
    const known = this.#known.get(key);
    if (known === undefined) return { tensors: this.#record(key, given, storage, compute) };
    if (known === null)
      return { tensors: compute(given.map(({ values, shape }) => tf.tensor(values, [...shape], "float32"))) };
    known.given = given;
    return { numbers: known.machine.look(NO_MOMENT) };
  }

  /**
   * The same, begun on a helper of a pool that is ready.
   * @param storage of the variables, refreshed
   * @returns undefined where it was not taken here before, or must be taken here
   */
  aside(key: string, given: readonly Given[], storage: VariableStorage, pool: ThreadPool): LookUnderWay | undefined {
    const known = this.#known.get(key);
    if (!known) return undefined;
    if (this.#aside === undefined) this.#aside = LooksAside.of(this.#runtime, this.#variables, pool);
    if (this.#aside === null) return undefined;
    known.given = given;
    return this.#aside.begin(known.program, storage.own);
  }

  dispose(): void {
    this.#aside?.dispose();
    for (const look of this.#known.values()) look?.machine.dispose();
    this.#known.clear();
  }

  #record(
    key: string,
    given: readonly Given[],
    storage: VariableStorage,
    compute: (given: readonly tf.Tensor[]) => readonly tf.Tensor[],
  ): readonly tf.Tensor[] {
    const current = { given };
    const draws = given.map(
      ({ shape }, i): Draw => ({ shape, fill: (out) => out.set(current.given[i]?.values ?? []) }),
    );
    const make = ({ shape, fill }: Draw) => {
      const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
      fill(values, NO_MOMENT);
      return tf.tensor(values, [...shape], "float32");
    };
    const { made, recording } = record(this.#runtime, this.#variables, make, (take) => compute(draws.map(take)));
    const compiled = recording instanceof NotReplayable ? null : this.#compile(recording, storage);
    for (const [oldest, old] of this.#known) {
      if (this.#known.size < MOST_LOOKS) break;
      this.#known.delete(oldest);
      if (!old) continue;
      this.#aside?.forget(old.program);
      old.machine.dispose();
    }
    this.#known.set(key, compiled && Object.assign(current, compiled));
    return made;
  }

  #compile(
    recording: Exclude<ReturnType<typeof record>["recording"], NotReplayable>,
    storage: VariableStorage,
  ): Pick<Look, "machine" | "program"> | null {
    try {
      const program = prepare(recording);
      if (program.layout.arenaBytes > MOST_BYTES) return null;
      return { machine: compile(program, storage.own, this.#runtime), program };
    } catch (error) {
      if (error instanceof NotReplayable) return null;
      throw error;
    }
  }
}
