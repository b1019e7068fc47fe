/** Which values go through memory between programs, and which are computed again where they are read. */
import type { Driver } from "../../kernels/webgpu/driver";
import type { Cluster } from "./clusters";
import type { Value } from "./graph";
import { type FormedProduct, hasZeroGaps, isMap, type Operation, type Producers, SOURCES } from "./operations";

/** Operations and loads per element up to which a value is computed again rather than kept. */
const CHEAP_OPERATIONS = 3;
const CHEAP_LOADS = 2;
/** The same for a row that graphics cards compute again in each of many rows, and all operations of it, which cost less than a dispatch. */
const ROW_OPERATIONS = 8;
const ROW_LOADS = 4;
const ROW_TOTAL = 2 ** 24;
/** Operations of all elements of a product's operand, over and over for each of its tiles, that cost less than a dispatch before it. */
const OPERAND_TOTAL = 2 ** 22;
/** Loads of an expression that is moved to its only reader. */
const MOVED_LOADS = 6;

export class Storing {
  /** Values that go through memory. */
  readonly stored = new Set<Value>();
  /** Operands that a cluster's product computes itself while it loads them. */
  readonly inlined = new Map<Cluster, Set<Value>>();
  readonly #operations: readonly Operation[];
  readonly #clusterOf: ReadonlyMap<Operation, Cluster>;
  readonly #producers: Producers;
  readonly #readers: ReadonlyMap<Value, readonly Operation[]>;
  readonly #fixed: ReadonlySet<Value>;
  readonly #rootOf: (value: Value) => unknown;
  readonly #limit: number;
  readonly #driver: Driver;

  /**
   * @param readers of each value, and of the vector it is a part of
   * @param fixed values that must be in memory
   * @param bindings what a value shares its buffer with, how many buffers a program binds, and which values are read after the step
   */
  constructor(
    operations: readonly Operation[],
    clusterOf: ReadonlyMap<Operation, Cluster>,
    producers: Producers,
    readers: ReadonlyMap<Value, readonly Operation[]>,
    fixed: ReadonlySet<Value>,
    bindings: {
      readonly rootOf: (value: Value) => unknown;
      readonly limit: number;
      readonly driver: Driver;
      readonly kept: ReadonlySet<Value>;
    },
  ) {
    this.#driver = bindings.driver;
    this.#operations = operations;
    this.#clusterOf = clusterOf;
    this.#producers = producers;
    this.#readers = readers;
    this.#fixed = fixed;
    this.#rootOf = bindings.rootOf;
    this.#limit = bindings.limit;
    this.#storeWhatCrosses();
    this.#computeAgain();
    if (!this.#driver.software) this.#inlineOperands(bindings.kept);
  }

  #storeWhatCrosses(): void {
    for (const operation of this.#operations) {
      const cluster = this.#clusterOf.get(operation);
      for (const { value } of operation.outputs) {
        const outside = (this.#readers.get(value) ?? []).some(
          (reader) => this.#clusterOf.get(reader) !== cluster || reader === cluster?.anchor,
        );
        if (outside || this.#fixed.has(value)) this.stored.add(value);
      }
    }
  }

  #computeAgain(): void {
    for (const operation of this.#operations) {
      if (!isMap(operation)) continue;
      for (const { value } of operation.outputs) {
        if (!this.stored.has(value) || this.#fixed.has(value)) continue;
        if (value.parts !== null && !this.#isReadInStep(value)) continue;
        this.stored.delete(value);
        if (!this.#isBetterAgain(value, operation)) this.stored.add(value);
      }
    }
  }

  /** A product need not wait for an operand of few operations, such as a first layer's output or a last one's gradient. */
  #inlineOperands(kept: ReadonlySet<Value>): void {
    for (const anchor of this.#operations) {
      const cluster = this.#clusterOf.get(anchor);
      if (anchor.kind !== "product" || cluster === undefined) continue;
      const own = new Set<Value>();
      this.inlined.set(cluster, own);
      for (const [i, { value }] of anchor.inputs.entries()) {
        if (own.has(value) || !this.#isCheapOperand(value, anchor.product, i % 2 === 0)) continue;
        own.add(value);
        if (this.#roots(cluster) > this.#limit) own.delete(value);
      }
    }
    for (const value of this.stored) {
      const readers = this.#readers.get(value) ?? [];
      const isNeeded = readers.some((reader) => {
        const cluster = this.#clusterOf.get(reader);
        return cluster?.anchor !== reader || this.inlined.get(cluster)?.has(value) !== true;
      });
      if (!isNeeded && readers.length > 0 && !kept.has(value) && value.view === null) this.stored.delete(value);
    }
  }

  /** @param isLeft whether it is the product's first operand */
  #isCheapOperand(value: Value, { m, n, k, batch, form }: FormedProduct, isLeft: boolean): boolean {
    const producer = this.#producers.of(value);
    if (producer === undefined || value.view !== null || value.parts !== null) return false;
    if (this.#clusterOf.get(producer)?.anchor !== null) return false;
    const cost = this.#cost(value);
    if (cost === null || cost.operations > ROW_OPERATIONS || cost.loads > MOVED_LOADS) return false;
    const { rows, cols } = form.kind === "tiles" ? form.tile : form.block;
    const elements = batch * k * (isLeft ? m * Math.ceil(n / cols) : n * Math.ceil(m / rows));
    return elements * cost.operations <= OPERAND_TOTAL;
  }

  /** Whether whatever reads a vector goes through it gaps and all: sums, and what has the same gaps. */
  #isReadInStep(value: Value): boolean {
    const gaps = hasZeroGaps(value, this.#producers);
    return (this.#readers.get(value) ?? []).every(({ kind, outputs }) =>
      kind === "reduction" ? gaps : kind === "elementwise" && outputs[0]?.value.parts === value.parts,
    );
  }

  #isBetterAgain(value: Value, operation: Operation): boolean {
    const cost = this.#cost(value);
    if (cost === null) return false;
    const cluster = this.#clusterOf.get(operation);
    const readers = this.#readers.get(value) ?? [];
    const others = new Set(
      readers.flatMap((reader) => this.#clusterOf.get(reader) ?? []).filter((one) => one !== cluster),
    );
    const anchored = cluster !== undefined && cluster.anchor !== null;
    const cheap = cost.operations <= CHEAP_OPERATIONS && cost.loads <= (anchored ? 1 : CHEAP_LOADS);
    const [reader] = readers;
    const once =
      readers.length === 1 &&
      reader !== undefined &&
      (reader.outputs[0]?.value.size ?? 0) <= value.size &&
      reader.name !== "Dot" &&
      reader.name !== "TinyProduct" &&
      cost.loads <= MOVED_LOADS;
    if (!cheap && !once && !this.#isRow(value, cost, readers)) return false;
    return [...others].every((one) => this.#roots(one) <= this.#limit);
  }

  /** Whether a graphics card is faster if readers compute a value themselves, because all of them have many rows of its size. */
  #isRow(value: Value, cost: { operations: number; loads: number }, readers: readonly Operation[]): boolean {
    if (this.#driver.software || cost.operations > ROW_OPERATIONS || cost.loads > ROW_LOADS) return false;
    const sizes = readers.map(({ outputs, inputs }) =>
      Math.max(...[...outputs, ...inputs].map(({ value: { size } }) => size)),
    );
    return sizes.every((size) => size >= value.size) && sizes.reduce((a, b) => a + b, 0) * cost.operations <= ROW_TOTAL;
  }

  /** Operations and loads for one element of a value, or null where it needs what only its own cluster has. */
  #cost(value: Value): { operations: number; loads: number } | null {
    const operation = this.#producers.of(value);
    if (operation === undefined || !isMap(operation)) return null;
    const cost = { operations: 1, loads: 0 };
    for (const input of operation.inputs) {
      if (input.value.uniform !== null) continue;
      if (this.#isInMemory(input.value)) {
        cost.loads += 1;
        continue;
      }
      const below = this.#cost(input.value);
      if (below === null) return null;
      cost.operations += below.operations;
      cost.loads += below.loads;
    }
    return cost;
  }

  #isInMemory(value: Value): boolean {
    return (
      value.source.kind !== "computed" ||
      value.view !== null ||
      (value.parts !== null && this.#producers.of(value) === undefined) ||
      this.stored.has(value)
    );
  }

  /** Values that a cluster computes and stores. */
  exports(one: Cluster): Value[] {
    const operations = [...(one.anchor ? [one.anchor] : []), ...one.maps];
    return operations
      .flatMap(({ outputs }) => outputs.map(({ value }) => value))
      .filter((value) => this.stored.has(value));
  }

  #roots(one: Cluster): number {
    const roots = new Set<unknown>();
    for (const value of [...this.exports(one), ...this.loads(one)]) roots.add(this.#rootOf(value));
    return roots.size;
  }

  /** Values that a cluster reads from memory to compute what it stores. */
  loads(one: Cluster, moved: Operation[] = []): Set<Value> {
    const loads = new Set<Value>();
    const seen = new Set<Value>();
    const own = new Set<Operation>([...(one.anchor ? [one.anchor] : []), ...one.maps]);
    const inlined = this.inlined.get(one);
    const visit = (value: Value) => {
      if (value.uniform !== null || seen.has(value)) return;
      seen.add(value);
      const producer = this.#producers.of(value);
      if (producer !== undefined && inlined?.has(value) === true) {
        moved.push(producer);
        for (const input of producer.inputs) visit(input.value);
      } else if (producer !== undefined && own.has(producer)) for (const input of producer.inputs) visit(input.value);
      else if (this.#isInMemory(value)) loads.add(value);
      else if (producer !== undefined) {
        moved.push(producer);
        for (const input of producer.inputs) visit(input.value);
      }
    };
    if (one.anchor !== null) for (const input of one.anchor.inputs) visit(input.value);
    // TensorFlow.js's kernels know no literals.
    if (one.anchor && SOURCES.has(one.anchor.kind)) for (const { value } of one.anchor.inputs) loads.add(value);
    for (const value of this.exports(one)) visit(value);
    return loads;
  }
}
