/** Where values lie: which buffer, and at which float of it. Variables are updated where they are if nothing still reads their old numbers. */
import type { Cluster, Clustering } from "./clusters";
import type { Recording, Value } from "./graph";
import type { Lowered } from "./lower";
import type { Level } from "./schedule";

/** A buffer to be. */
export interface Root {
  readonly kind: "variables" | "upload" | "random" | "results" | "constant" | "images" | "vector" | "temporary";
  /** Floats. */
  size: number;
  /** Of variables: which of the replayer's buffers. */
  readonly index?: number;
  /** What a constant or a set of images is made from. */
  readonly value?: Value;
  /** The first and last dispatch that use a temporary one. */
  first: number;
  last: number;
}

export interface Spot {
  readonly root: Root;
  readonly offset: number;
}

/** Where a variable's numbers are kept: which of the replayer's buffers, and where in it. */
export interface Allocation {
  readonly buffer: number;
  readonly offset: number;
}

/** Floats at the beginning of what goes up with every step: the step's number in two halves, and whether draws are given. */
export const CONTROL_FLOATS = 64;
const ALIGNMENT = 64;
const aligned = (floats: number): number => Math.ceil(floats / ALIGNMENT) * ALIGNMENT;

export class Places {
  readonly upload = makeRoot("upload", CONTROL_FLOATS);
  readonly random = makeRoot("random", ALIGNMENT);
  readonly results = makeRoot("results", ALIGNMENT);
  readonly variables: readonly Root[];
  readonly #spots = new Map<Value, Spot>();
  readonly #roots = new Map<Value, Root>();

  /** @param sizes floats of each buffer of variables */
  constructor(sizes: readonly number[]) {
    this.variables = sizes.map((size, index) => ({ ...makeRoot("variables", size), index }));
  }

  put(value: Value, root: Root, offset: number): void {
    this.#spots.set(value, { root, offset });
  }

  /** Gives a value room at the end of a buffer that many share. */
  append(value: Value, root: Root, align = true): void {
    this.put(value, root, root.size);
    root.size += align ? aligned(value.extent) : value.extent;
  }

  isPut(value: Value): boolean {
    return this.#spots.has(value) || (value.view !== null && this.isPut(value.view.of));
  }

  of(value: Value): Spot {
    const known = this.#spots.get(value);
    if (known !== undefined) return known;
    if (value.view !== null) {
      const { root, offset } = this.of(value.view.of);
      return { root, offset: offset + (value.view.of.parts?.offsets[value.view.part] ?? 0) };
    }
    return { root: this.#own(value), offset: 0 };
  }

  #own(value: Value): Root {
    const known = this.#roots.get(value);
    if (known !== undefined) return known;
    const { kind: source } = value.source;
    const kind = source === "constant" || source === "images" ? source : "temporary";
    const root: Root = kind === "temporary" ? makeRoot(kind, value.extent) : { ...makeRoot(kind, value.size), value };
    this.#roots.set(value, root);
    return root;
  }
}

function makeRoot(kind: Root["kind"], size: number): Root {
  return { kind, size, first: Number.POSITIVE_INFINITY, last: -1 };
}

/** A copy after the step's last dispatch. */
export interface Copy {
  readonly from: Value;
  /** Floats into it. */
  readonly start: number;
  readonly to: Spot;
  readonly floats: number;
}

/**
 * Puts the new numbers of variables where the old ones are, if every reader of the old ones is done by then.
 * @returns copies for the others
 */
export function settleVariables(
  recording: Recording,
  resolve: Lowered["resolve"],
  allocations: readonly Allocation[],
  { producers, loads, clusterOf, moved }: Clustering,
  levels: readonly Level[],
  places: Places,
): Copy[] {
  const when = new Map<Cluster, number>();
  for (const [at, level] of levels.entries()) for (const one of level) when.set(one, at);
  const readersOf = new Map<Root, { one: Cluster; value: Value; from: number; to: number }[]>();
  for (const [one, values] of loads) {
    for (const value of values) {
      if (value.source.kind === "computed" && !isOld(value)) continue;
      const { root, offset } = places.of(value);
      const list = readersOf.get(root) ?? [];
      readersOf.set(root, list);
      list.push({ one, value, from: offset, to: offset + value.extent });
    }
  }
  const canStay = (after: Value, spot: Spot): boolean => {
    const operation = producers.of(after);
    const writer = operation && clusterOf.get(operation);
    if (writer === undefined || after.source.kind !== "computed" || places.isPut(after)) return false;
    if (writer.anchor?.kind === "stock") return false;
    const at = when.get(writer) ?? -1;
    return (readersOf.get(spot.root) ?? []).every(({ one, value, from, to }) => {
      if (to <= spot.offset || from >= spot.offset + after.extent) return true;
      const time = when.get(one) ?? Number.POSITIVE_INFINITY;
      if (time !== at) return time < at;
      return one === writer && from === spot.offset && value.extent === after.extent && readsInPlace(one, value, moved);
    });
  };

  const copies: Copy[] = [];
  const done = new Set<Value>();
  for (const [i, variable] of recording.variables.entries()) {
    const before = resolve(variable.before);
    const after = resolve(variable.after);
    const allocation = allocations[i];
    const root = allocation && places.variables[allocation.buffer];
    if (allocation === undefined || root === undefined || before === after) continue;
    const whole = after.view?.of;
    const old = before.view?.of;
    if (
      whole !== undefined &&
      old !== undefined &&
      whole.parts === old.parts &&
      after.view?.part === before.view?.part
    ) {
      // A vector whose parts are all the new numbers of all the parts of the old one.
      if (!done.has(whole)) {
        const members = recording.variables.filter((other) => resolve(other.before).view?.of === old);
        const all = members.every((other) => {
          const [a, b] = [resolve(other.after).view, resolve(other.before).view];
          return a?.of === whole && a.part === b?.part;
        });
        const spot = places.of(old);
        if (all && canStay(whole, spot)) places.put(whole, spot.root, spot.offset);
        done.add(whole);
      }
      const spot = places.of(before);
      const now = places.of(after);
      if (now.root !== spot.root || now.offset !== spot.offset)
        copies.push({ from: after, start: 0, to: spot, floats: before.size });
      continue;
    }
    const spot = { root, offset: allocation.offset };
    const fits = before.parts === after.parts;
    if (fits && canStay(after, spot)) places.put(after, root, allocation.offset);
    else if (fits) copies.push({ from: after, start: 0, to: spot, floats: before.extent });
    else copies.push(...piecewise(after, before, spot));
  }
  return copies;
}

/** Copies between a vector with gaps and one without. */
function piecewise(after: Value, before: Value, to: Spot): Copy[] {
  const { sizes = [], offsets = [] } = before.parts ?? after.parts ?? {};
  let packed = 0;
  return sizes.map((floats, i) => {
    const padded = offsets[i] ?? 0;
    const [start, target] = before.parts === null ? [padded, packed] : [packed, padded];
    packed += floats;
    return { from: after, start, to: { root: to.root, offset: to.offset + target }, floats };
  });
}

/** Whether a value is a variable's old number, though it is a part of something. */
const isOld = (value: Value): boolean => value.view?.of.source.kind === "group";

/** Whether a program reads a value only at the very index that it writes. */
function readsInPlace(one: Cluster, value: Value, moved: Clustering["moved"]): boolean {
  const reads = ({ inputs }: { readonly inputs: readonly { readonly value: Value }[] }) =>
    inputs.some((input) => input.value === value);
  if (one.anchor !== null && reads(one.anchor)) return false;
  if (moved.get(one)?.some(reads)) return false; // it may be read at any index
  return one.maps
    .filter(reads)
    .every(({ kind, outputs }) => kind === "elementwise" && outputs[0]?.value.size === value.size);
}
