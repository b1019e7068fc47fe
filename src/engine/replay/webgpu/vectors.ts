/**
 * Keeps all weights of a player, their gradients and the optimiser's slots as vectors with aligned parts: a gradient is written straight
 * into its part, a weight is read from its own, and what is done alike to every part is done once to the vector. So an update of all
 * weights is one operation. Rewrites operations; knows no buffers.
 */
import { type Operand, type Parts, Value } from "./graph";
import { type Operation, Producers } from "./operations";

/** What holds a group of variables together. */
export interface Group {
  readonly parts: Parts;
  /** All of them at the start of the step. */
  readonly before: Value;
}

const sameSizes = (operands: readonly Operand[], { sizes }: Parts): boolean =>
  operands.length === sizes.length && operands.every(({ value }, i) => value.size === sizes[i]);

/**
 * @param groups of variables; their values are parts already
 * @returns operations in an order in which they can run
 */
export function withVectors(operations: readonly Operation[], groups: readonly Group[]): Operation[] {
  const joined = operations.flatMap((operation) => joinParts(operation, groups));
  for (const operation of joined) spread(operation);
  const cut = joined.filter((operation) => !isCut(operation));
  return inOrder(lift(cut));
}

/** A concatenation of all gradients: they become its parts. */
function joinParts(operation: Operation, groups: readonly Group[]): Operation[] {
  const [y] = operation.outputs;
  const flat = operation.name === "Concat" && y !== undefined && y.shape.length === 1;
  const group = flat ? groups.find(({ parts }) => sameSizes(operation.inputs, parts)) : undefined;
  if (group === undefined || y === undefined) return [operation];
  y.value.parts = group.parts;
  const seen = new Set<Value>();
  return operation.inputs.flatMap(({ value }, part): Operation[] => {
    const view = { of: y.value, part };
    const free = value.source.kind === "computed" && value.view === null && value.parts === null && !seen.has(value);
    seen.add(value);
    if (free) {
      value.view = view;
      return [];
    }
    const copy = new Value(value.size, "float32", { kind: "computed" });
    copy.view = view;
    const shape = [value.size];
    return [
      { kind: "elementwise", name: "Copy", inputs: [{ value, shape }], outputs: [{ value: copy, shape }], attrs: {} },
    ];
  });
}

/** What is computed of vectors with parts element by element has the same parts. */
function spread(operation: Operation): void {
  const [y] = operation.outputs;
  if (operation.kind !== "elementwise" || y === undefined || y.value.view !== null) return;
  const long = operation.inputs.filter(({ value }) => value.size === y.value.size && value.uniform === null);
  const parts = long[0]?.value.parts ?? null;
  const single = operation.inputs.every(
    (input) => long.includes(input) || input.value.size === 1 || input.value.uniform !== null,
  );
  if (parts !== null && single && long.every(({ value }) => value.parts === parts)) y.value.parts = parts;
}

/** Whether an operation cuts a vector into its parts, which are then known as such. */
function isCut(operation: Operation): boolean {
  const [x] = operation.inputs;
  if (operation.name !== "SplitV" || x === undefined || x.value.parts === null) return false;
  if (!sameSizes(operation.outputs, x.value.parts)) return false;
  for (const [part, { value }] of operation.outputs.entries()) value.view = { of: x.value, part };
  return true;
}

/** Operations that do the same to every part of vectors become one on the vectors. */
function lift(operations: readonly Operation[]): Operation[] {
  const current: (Operation | null)[] = [...operations];
  const readers = new Map<Value, number[]>();
  for (const [i, { inputs }] of current.entries() as Iterable<[number, Operation]>) {
    for (const { value } of inputs) {
      const list = readers.get(value);
      if (list === undefined) readers.set(value, [i]);
      else list.push(i);
    }
  }
  const partsOfVector = new Map<Value, Map<number, Value[]>>();
  const note = (value: Value) => {
    if (value.view === null) return;
    const { of, part } = value.view;
    const all = partsOfVector.get(of) ?? new Map<number, Value[]>();
    partsOfVector.set(of, all);
    const same = all.get(part) ?? [];
    if (!same.includes(value)) all.set(part, [...same, value]);
  };
  for (const { inputs } of operations) for (const { value } of inputs) note(value);

  for (let i = 0; i < current.length; i++) {
    const first = current[i];
    if (first?.kind !== "elementwise" || first.outputs.length !== 1) continue;
    const lead = first.inputs.find(
      ({ value }) => value.view?.part === 0 && value.size === first.outputs[0]?.value.size,
    );
    const parts = lead?.value.view?.of.parts;
    if (lead === undefined || parts === undefined || parts === null) continue;
    const vector = lead.value.view?.of;
    const family: number[] = [i];
    for (let part = 1; part < parts.sizes.length; part++) {
      const candidates = (vector && partsOfVector.get(vector)?.get(part)) ?? [];
      const found = candidates
        .flatMap((value) => readers.get(value) ?? [])
        .find((at) => isSibling(first, current[at] ?? null, part));
      if (found === undefined) break;
      family.push(found);
    }
    if (family.length !== parts.sizes.length || new Set(family).size !== family.length) continue;
    const outputs = family.map((at) => current[at]?.outputs[0]?.value);
    if (outputs.some((value) => value === undefined || value.view !== null || value.parts !== null)) continue;
    const total = parts.sizes.reduce((a, b) => a + b, 0);
    const whole = new Value(total, "float32", { kind: "computed" });
    whole.parts = parts;
    for (const [part, value] of outputs.entries()) {
      if (value === undefined) continue;
      value.view = { of: whole, part };
      note(value);
    }
    const inputs = first.inputs.map((input): Operand => {
      const { view } = input.value;
      return isPart(input.value, 0, first) && view !== null ? { value: view.of, shape: [total] } : input;
    });
    const at = Math.max(...family);
    for (const member of family) current[member] = null;
    current[at] = { ...first, inputs, outputs: [{ value: whole, shape: [total] }] };
  }
  return current.filter((operation) => operation !== null);
}

/** Whether an operand is a part of a vector with as many numbers as the operation's output. */
function isPart(value: Value, part: number, operation: Operation): boolean {
  return value.view?.part === part && value.view.of.parts !== null && value.size === operation.outputs[0]?.value.size;
}

/** Whether an operation does to a part what `first` does to part 0. */
function isSibling(first: Operation, other: Operation | null, part: number): boolean {
  if (other?.kind !== "elementwise" || other.name !== first.name || other.inputs.length !== first.inputs.length)
    return false;
  if (JSON.stringify(other.attrs) !== JSON.stringify(first.attrs)) return false;
  return first.inputs.every(({ value }, i) => {
    const own = other.inputs[i]?.value;
    if (own === undefined) return false;
    if (isPart(value, 0, first)) return isPart(own, part, other) && own.view?.of === value.view?.of;
    if (value.uniform !== null) return own.uniform === value.uniform;
    return own === value && value.size === 1;
  });
}

/** The same operations with every one after what it reads; otherwise as they were. */
function inOrder(operations: readonly Operation[]): Operation[] {
  const producers = new Producers(operations);
  const done = new Set<Operation>();
  const order: Operation[] = [];
  const visit = (operation: Operation) => {
    if (done.has(operation)) return;
    done.add(operation);
    for (const { value } of operation.inputs) for (const producer of producers.all(value)) visit(producer);
    order.push(operation);
  };
  for (const operation of operations) visit(operation);
  return order;
}

/** Operations on which certain values depend, in order. */
export function needed(operations: readonly Operation[], kept: readonly Value[]): Operation[] {
  const producers = new Producers(operations);
  const used = new Set<Operation>();
  const visit = (value: Value) => {
    for (const operation of producers.all(value)) {
      if (used.has(operation)) continue;
      used.add(operation);
      for (const input of operation.inputs) visit(input.value);
    }
  };
  for (const value of kept) visit(value);
  return operations.filter((operation) => used.has(operation));
}
