/**
 * Makes one of two sums that are added: the gradients of D's weights by the reals and by the fakes are one product of twice the depth, those of
 * its biases one sum. Fewer and fuller dispatches; the order of summation is still fixed. Rewrites operations; knows no programs.
 */
import type { Value } from "./graph";
import { type Operation, Producers } from "./operations";

/** @param kept values that are needed for themselves */
export function joinSums(operations: readonly Operation[], kept: readonly Value[]): Operation[] {
  const producers = new Producers(operations);
  const readers = new Map<Value, number>();
  for (const { inputs } of operations) {
    for (const { value } of inputs) readers.set(value, (readers.get(value) ?? 0) + 1);
  }
  const needed = new Set(kept);
  const gone = new Set<Operation>();
  const instead = new Map<Operation, Operation>();
  /** The sum that makes a value for this addition alone. */
  const sumOf = (value: Value): Operation | undefined => {
    const producer = producers.of(value);
    if (producer === undefined || needed.has(value) || readers.get(value) !== 1) return undefined;
    return instead.get(producer) ?? producer;
  };
  for (const operation of operations) {
    const [p, q] = operation.inputs;
    if (operation.name !== "Add" || operation.kind !== "elementwise" || p === undefined || q === undefined) continue;
    if (p.value === q.value || p.value.size !== q.value.size) continue;
    const [first, second] = [sumOf(p.value), sumOf(q.value)];
    const joined = first && second && join(first, second, operation);
    if (joined === undefined) continue;
    for (const { value } of [p, q]) {
      const producer = producers.of(value);
      if (producer !== undefined) gone.add(producer);
    }
    instead.set(operation, joined);
  }
  return operations.flatMap((operation) => (gone.has(operation) ? [] : [instead.get(operation) ?? operation]));
}

function join(first: Operation, second: Operation, { outputs }: Operation): Operation | undefined {
  const base = { inputs: [...first.inputs, ...second.inputs], outputs, attrs: {} };
  if (first.kind === "product" && second.kind === "product") {
    const { parts, form, m, n, batch, place } = first.product;
    const other = second.product;
    const alike = other.m === m && other.n === n && other.batch === batch && other.place === place;
    // Loads by fours must not cross from one part's depth to the other's.
    const whole = parts.every(({ k }) => k % 4 === 0);
    if (!alike || !whole || form.splits !== 1 || other.form.splits !== 1) return undefined;
    if (parts.length + other.parts.length > MAX_PARTS) return undefined;
    const k = first.product.k + other.k;
    const product = { ...first.product, k, parts: [...parts, ...other.parts] };
    return { kind: "product", name: "Product", ...base, product };
  }
  if (first.kind === "reduction" && second.kind === "reduction") {
    const { reduction } = first;
    const other = second.reduction;
    const sizes = (["outer", "length", "inner", "chunks", "scale", "along"] as const).every(
      (key) => reduction[key] === other[key],
    );
    if (!sizes || reduction.terms.length + other.terms.length > MAX_PARTS) return undefined;
    return {
      kind: "reduction",
      name: first.name,
      ...base,
      reduction: { ...reduction, terms: [...reduction.terms, ...other.terms] },
    };
  }
  return undefined;
}

/** Operands of a program are few: a device binds as little as eight buffers. */
const MAX_PARTS = 2;
