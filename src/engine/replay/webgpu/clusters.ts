/**
 * Which operations share a program, and which values go through memory. A program has at most one anchor (a product, a sum, a draw, a
 * kernel of TensorFlow.js); what is computed element by element of its result joins it. Cheap values are computed again where they are
 * read. Not the programs' text (emit.ts) and not when they run (schedule.ts).
 */
import type { Driver } from "../../kernels/webgpu/driver";
import type { Operand, Parts, Value } from "./graph";
import { isMap, type Operation, Producers, SOURCES } from "./operations";
import { Storing } from "./storing";

/** One program to be. */
export interface Cluster {
  readonly anchor: Operation | null;
  /** Operations computed element by element, in order. */
  readonly maps: Operation[];
  readonly size: number;
  readonly parts: Parts | null;
}

export interface Clustering {
  readonly clusters: readonly Cluster[];
  readonly producers: Producers;
  /** Values that go through memory; inputs of the step do anyway. */
  readonly stored: ReadonlySet<Value>;
  /** Operands that a cluster's product computes itself. */
  readonly inlined: ReadonlyMap<Cluster, ReadonlySet<Value>>;
  /** Values that a cluster reads from memory. */
  readonly loads: ReadonlyMap<Cluster, ReadonlySet<Value>>;
  readonly clusterOf: ReadonlyMap<Operation, Cluster>;
  /** Operations of other clusters that a cluster computes again. */
  readonly moved: ReadonlyMap<Cluster, readonly Operation[]>;
}

/**
 * @param kept values that must be in memory at the end
 * @param rootOf what a value shares its buffer with: a program binds each once
 * @param limit buffers that a program can bind
 */
export function cluster(
  operations: readonly Operation[],
  kept: readonly Value[],
  rootOf: (value: Value) => unknown,
  limit: number,
  driver: Driver,
): Clustering {
  return new Clusterer(operations, kept, rootOf, limit, driver).run();
}

/** A sum of several terms reads enough buffers without what its terms would be computed from. */
const isJoinedSum = (operation: Operation): boolean =>
  operation.kind === "reduction" && operation.reduction.terms.length > 1;

class Clusterer {
  readonly #operations: readonly Operation[];
  readonly #producers: Producers;
  readonly #rootOf: (value: Value) => unknown;
  readonly #limit: number;
  readonly #driver: Driver;
  readonly #kept: ReadonlySet<Value>;
  readonly #clusters: Cluster[] = [];
  readonly #clusterOf = new Map<Operation, Cluster>();
  readonly #order = new Map<Cluster, number>();
  /** Programs that must have run before each, one after the other. */
  readonly #depth = new Map<Cluster, number>();
  readonly #readers = new Map<Value, Operation[]>();
  /** Values that cannot be computed again. */
  readonly #fixed = new Set<Value>();

  constructor(
    operations: readonly Operation[],
    kept: readonly Value[],
    rootOf: (value: Value) => unknown,
    limit: number,
    driver: Driver,
  ) {
    this.#driver = driver;
    this.#kept = new Set(kept);
    this.#operations = operations;
    this.#producers = new Producers(operations);
    this.#rootOf = rootOf;
    this.#limit = limit;
    for (const value of kept) this.#fixed.add(value);
    for (const operation of operations) {
      for (const { value } of operation.inputs) {
        // Who reads a part reads the whole.
        for (const read of value.view === null ? [value] : [value, value.view.of]) {
          const readers = this.#readers.get(read);
          if (readers === undefined) this.#readers.set(read, [operation]);
          else if (!readers.includes(operation)) readers.push(operation);
        }
        if (operation.kind === "product" || operation.kind === "stock" || isJoinedSum(operation))
          this.#fixed.add(value);
        if (value.view !== null) this.#fixed.add(value.view.of);
      }
      for (const { value } of operation.outputs) {
        if (value.view !== null || SOURCES.has(operation.kind)) this.#fixed.add(value);
      }
    }
  }

  run(): Clustering {
    for (const operation of this.#operations) this.#place(operation);
    for (const one of [...this.#clusters]) this.#takeIn(one);
    const storing = new Storing(this.#operations, this.#clusterOf, this.#producers, this.#readers, this.#fixed, {
      rootOf: this.#rootOf,
      limit: this.#limit,
      driver: this.#driver,
      kept: this.#kept,
    });
    const used = this.#clusters.filter((one) => storing.exports(one).length > 0 || one.anchor?.kind === "stock");
    const moved = new Map<Cluster, Operation[]>();
    const loads = new Map<Cluster, Set<Value>>();
    for (const one of used) {
      const others: Operation[] = [];
      loads.set(one, storing.loads(one, others));
      moved.set(one, others);
    }
    const { stored, inlined } = storing;
    return { clusters: used, producers: this.#producers, stored, inlined, loads, clusterOf: this.#clusterOf, moved };
  }

  #place(operation: Operation): void {
    const [y] = operation.outputs;
    const target = isMap(operation) ? this.#latest(operation) : undefined;
    if (
      target !== undefined &&
      y !== undefined &&
      this.#fits(operation, y, target) &&
      !this.#delays(operation, target)
    ) {
      this.#depth.set(target, Math.max(this.#depth.get(target) ?? 0, this.#depthAfter(operation, target)));
      target.maps.push(operation);
      this.#clusterOf.set(operation, target);
      return;
    }
    const map = isMap(operation);
    const one: Cluster = {
      anchor: map ? null : operation,
      maps: map ? [operation] : [],
      size: y?.value.size ?? 0,
      parts: y?.value.parts ?? null,
    };
    this.#order.set(one, this.#clusters.push(one));
    this.#clusterOf.set(operation, one);
    this.#depth.set(one, this.#depthAfter(operation, one));
  }

  /** How many programs, one after the other, must have run before a cluster can compute an operation. */
  #depthAfter(operation: Operation, target: Cluster): number {
    const before = operation.inputs
      .flatMap(({ value }) => this.#producers.all(value))
      .flatMap((producer) => this.#clusterOf.get(producer) ?? [])
      .filter((one) => one !== target);
    return 1 + Math.max(-1, ...before.map((one) => this.#depth.get(one) ?? 0));
  }

  /**
   * Whether a sum would have to wait for what is computed of its result and of something later, a variance of means for one, although that
   * can be computed where many rows read it (storing.ts). A driver on the processor has no gaps between dispatches to save.
   */
  #delays(operation: Operation, target: Cluster): boolean {
    if (this.#driver.software || target.anchor?.kind !== "reduction") return false;
    const waits = this.#depthAfter(operation, target) > (this.#depth.get(target) ?? 0);
    return waits && operation.outputs.every(({ value }) => this.#isForRows(value, value.size));
  }

  /** Whether a value, or what maps of its size make of it, is read by a larger one. */
  #isForRows(value: Value, size: number): boolean {
    const readers = this.#readers.get(value) ?? [];
    return (
      readers.length > 0 &&
      readers.some((reader) => {
        const [y] = reader.outputs;
        if (y === undefined || !isMap(reader)) return false;
        return y.value.size > size || (y.value.size === size && this.#isForRows(y.value, size));
      })
    );
  }

  /** The last cluster on whose values an operation depends. */
  #latest(operation: Operation): Cluster | undefined {
    let latest: Cluster | undefined;
    for (const { value } of operation.inputs) {
      for (const producer of this.#producers.all(value)) {
        const one = this.#clusterOf.get(producer);
        if (one !== undefined && (this.#order.get(one) ?? 0) > (latest ? (this.#order.get(latest) ?? 0) : 0))
          latest = one;
      }
    }
    return latest;
  }

  #fits(operation: Operation, y: Operand, target: Cluster): boolean {
    if (operation.kind !== "elementwise" || (target.anchor && SOURCES.has(target.anchor.kind))) return false;
    if ((target.maps[0]?.outputs.length ?? 1) > 1) return false;
    if (target.size !== y.value.size || target.parts !== y.value.parts) return false;
    for (const { value } of operation.inputs) {
      const own = this.#producers.all(value).some((producer) => this.#clusterOf.get(producer) === target);
      const direct = this.#producers.of(value);
      if (own && (direct === undefined || this.#clusterOf.get(direct) !== target || value.size !== y.value.size))
        return false;
    }
    target.maps.push(operation);
    this.#clusterOf.set(operation, target);
    const bindings = this.#bindings(target);
    target.maps.pop();
    this.#clusterOf.delete(operation);
    return bindings <= this.#limit;
  }

  /** Buffers that a cluster would bind if nothing else joined it, every value read elsewhere being stored. */
  #bindings(one: Cluster): number {
    const roots = new Set<unknown>();
    const own = new Set<Operation>([...(one.anchor ? [one.anchor] : []), ...one.maps]);
    for (const operation of own) {
      for (const { value } of operation.inputs) {
        const direct = this.#producers.of(value);
        if (value.uniform === null && (direct === undefined || !own.has(direct))) roots.add(this.#rootOf(value));
      }
      for (const { value } of operation.outputs) {
        const outside = (this.#readers.get(value) ?? []).some((reader) => !own.has(reader));
        if (this.#fixed.has(value) || outside) roots.add(this.#rootOf(value));
      }
    }
    return roots.size;
  }

  /** Takes in earlier clusters that compute for this one, element by element, and for none before it. */
  #takeIn(one: Cluster): void {
    if ((one.anchor && SOURCES.has(one.anchor.kind)) || (one.maps[0]?.outputs.length ?? 1) > 1) return;
    const order = this.#order.get(one) ?? 0;
    const earlier = new Set(one.maps.flatMap(({ inputs }) => inputs.map(({ value }) => this.#owner(value))));
    for (const other of earlier) {
      if (other === undefined || other === one || other.anchor !== null) continue;
      if (other.size !== one.size || other.parts !== one.parts || (other.maps[0]?.outputs.length ?? 1) > 1) continue;
      const made = other.maps.flatMap(({ outputs }) => outputs.map(({ value }) => value));
      // Who reads a vector reads its parts.
      const readers = made.flatMap((value) =>
        (value.view === null ? [value] : [value, value.view.of]).flatMap((read) => this.#readers.get(read) ?? []),
      );
      const fits = readers.every((reader) => {
        const reading = this.#clusterOf.get(reader);
        if (reading === other) return true;
        if (reading !== one) return (this.#order.get(reading ?? other) ?? 0) > order;
        const own = reader.inputs.filter(({ value }) =>
          this.#producers.all(value).some((op) => this.#clusterOf.get(op) === other),
        );
        const sized = own.every(
          ({ value }) => value.view === null && value.size === one.size && value.parts === one.parts,
        );
        return reader.kind === "elementwise" && reader !== one.anchor && sized;
      });
      if (!fits) continue;
      const own = [...one.maps];
      one.maps.splice(0, own.length, ...other.maps, ...own);
      if (this.#bindings(one) > this.#limit) {
        one.maps.splice(0, one.maps.length, ...own);
        continue;
      }
      for (const operation of other.maps.splice(0)) this.#clusterOf.set(operation, one);
    }
  }

  /** The cluster that computes a value by itself. */
  #owner(value: Value): Cluster | undefined {
    const operation = this.#producers.of(value);
    return operation && this.#clusterOf.get(operation);
  }
}
