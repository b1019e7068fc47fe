/**
 * Clusters that are one function of different draws, such as G's pass for D's turn and that for its own: told by what they compute, from the
 * draws on. Two of them do not wait for each other and fill a graphics card better together. When they run is schedule.ts.
 */
import type { Cluster } from "./clusters";
import type { Value } from "./graph";
import { type Producers, SOURCES } from "./operations";

/** For each cluster the first one before it that computes the same of other draws, if there is one. */
export function twinsOf(clusters: readonly Cluster[], producers: Producers): ReadonlyMap<Cluster, Cluster> {
  const kinds = new Kinds(producers);
  const firsts = new Map<number, Cluster>();
  const twins = new Map<Cluster, Cluster>();
  for (const one of clusters) {
    if (one.anchor !== null && SOURCES.has(one.anchor.kind)) continue;
    for (const { outputs } of [...(one.anchor ? [one.anchor] : []), ...one.maps]) {
      for (const { value } of outputs) {
        const kind = kinds.of(value);
        const first = firsts.get(kind) ?? one;
        firsts.set(kind, first);
        if (first !== one) twins.set(one, twins.get(one) ?? first);
      }
    }
  }
  return twins;
}

/** Numbers of functions: two values have the same where they differ in nothing but draws. */
class Kinds {
  readonly #producers: Producers;
  readonly #known = new Map<Value, number>();
  readonly #numbers = new Map<string, number>();

  constructor(producers: Producers) {
    this.#producers = producers;
  }

  of(value: Value): number {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const text = this.#text(value);
    const number = (text === null ? undefined : this.#numbers.get(text)) ?? this.#numbers.size;
    this.#numbers.set(text ?? `itself ${number}`, number);
    this.#known.set(value, number);
    return number;
  }

  /** null for what is like nothing but itself, such as a variable. */
  #text(value: Value): string | null {
    if (value.source.kind === "draw") return `draw ${value.size}`;
    if (value.uniform !== null) return `constant ${value.size} ${value.uniform}`;
    const operation = this.#producers.of(value);
    if (operation === undefined || operation.kind === "stock") return null;
    const { inputs, outputs, ...maths } = operation;
    const operands = inputs.map((input) => [this.of(input.value), input.shape]);
    return JSON.stringify([maths, operands, outputs.findIndex((output) => output.value === value)]);
  }
}
