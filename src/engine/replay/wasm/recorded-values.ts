/** Which value a tensor is, and an address, while a step is recorded and computed eagerly. Not which calls there are: recorder.ts. */
import type { DataId } from "@tensorflow/tfjs";
import type { KernelRuntime } from "../../kernels/wasm/runtime";
import { NotReplayable } from "../types";
import type { Value } from "./calls";

export class RecordedValues {
  readonly #runtime: KernelRuntime;
  readonly #values = new Map<DataId, Value>();
  /** Values by the address where eager execution has them; the latest to be put there counts. */
  readonly #places = new Map<number, Value>();

  constructor(runtime: KernelRuntime) {
    this.#runtime = runtime;
  }

  /** From now on a tensor is this value. */
  put(dataId: DataId, value: Value): Value {
    const from = this.#runtime.backend.dataIdMap.get(dataId).memoryOffset;
    if (this.#values.get(dataId) === undefined) {
      // What lay here before has been freed.
      for (const address of this.#places.keys()) {
        if (address > from && address < from + value.bytes) this.#places.delete(address);
      }
    }
    this.#values.set(dataId, value);
    this.#places.set(from, value);
    return value;
  }

  /** @throws NotReplayable for a tensor that was never put here */
  of(dataId: DataId): Value {
    const value = this.#values.get(dataId);
    if (value === undefined) throw new NotReplayable("A step uses a tensor whose origin is unknown.");
    return value;
  }

  /** The value at an address and how many bytes it begins before it; undefined where there is none. */
  at(address: number): { readonly value: Value; readonly offset: number } | undefined {
    const exact = this.#places.get(address);
    if (exact !== undefined) return { value: exact, offset: 0 };
    // Inside a tensor: a matrix of a batch, or a part. The nearest beginning before it is its tensor's.
    let nearest = -1;
    for (const place of this.#places.keys()) if (place <= address && place > nearest) nearest = place;
    const value = this.#places.get(nearest);
    return value === undefined || address >= nearest + value.bytes ? undefined : { value, offset: address - nearest };
  }

  /** The bytes that a tensor holds now. */
  contentOf(dataId: DataId, bytes: number): Uint8Array {
    const { memoryOffset } = this.#runtime.backend.dataIdMap.get(dataId);
    return new Uint8Array(this.#runtime.memory.buffer, memoryOffset, bytes).slice();
  }
}
