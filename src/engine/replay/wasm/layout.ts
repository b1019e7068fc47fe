/**
 * Where every value of a step lies: one arena, in which memory is used again as soon as nothing reads it, parts lie inside
 * their whole, results lie where their operands lay, and a variable's new numbers lie where the old ones were. No running.
 */

import { NotReplayable } from "../types";
import { type Call, ELEMENTWISE, type ModuleCall, type Place, readsOf, type Value, writesOf } from "./calls";

/** A place in the arena or in a variable's allocation. */
export type Spot =
  | { readonly in: "arena"; readonly offset: number }
  | { readonly in: "variable"; readonly index: number; readonly offset: number };

export interface Layout {
  readonly calls: readonly Call[];
  readonly arenaBytes: number;
  /** Constants and draws that the step reads. */
  readonly inputs: readonly Value[];
  spotOf(place: Place): Spot;
}

export interface LayoutInput {
  readonly calls: readonly Call[];
  readonly variables: readonly { readonly before: Value; readonly after: Value }[];
  /** Read after the step. */
  readonly results: readonly Value[];
}

const ALIGNMENT = 64; // a cache line

interface Life {
  first: number;
  last: number;
}

/** @throws NotReplayable when variables exchange their numbers, which needs a third place */
export function layOut({ calls: recorded, variables, results }: LayoutInput): Layout {
  const inside = new Map<Value, Place>();
  const rootOf = (place: Place): Place => {
    let { value, offset } = place;
    for (let outer = inside.get(value); outer !== undefined; outer = inside.get(value)) {
      offset += outer.offset;
      value = outer.value;
    }
    return { value, offset };
  };
  const calls = joinParts(recorded, inside, rootOf);

  const end = calls.length;
  const lives = new Map<Value, Life>();
  const touch = (place: Place, i: number) => {
    const { value } = rootOf(place);
    const life = lives.get(value);
    if (life === undefined) lives.set(value, { first: i, last: i });
    else life.last = Math.max(life.last, i);
  };
  const readers = new Map<Value, number[]>();
  for (const [i, call] of calls.entries()) {
    for (const place of writesOf(call)) touch(place, i);
    for (const place of readsOf(call)) {
      touch(place, i);
      const { value } = rootOf(place);
      const list = readers.get(value);
      if (list === undefined) readers.set(value, [i]);
      else list.push(i);
    }
  }
  for (const value of results) touch({ value, offset: 0 }, end);
  for (const { before, after } of variables) if (after !== before) touch({ value: after, offset: 0 }, end);

  // A variable's new value takes the old one's place where nobody reads the old one any more.
  const copies: Call[] = [];
  const taken = new Set<Value>();
  const moved = variables.filter(({ before, after }) => before !== after);
  for (const { before, after } of moved) {
    const root = rootOf({ value: after, offset: 0 });
    const { source } = root.value;
    const life = lives.get(root.value);
    const free =
      source.kind === "computed" &&
      root.offset === 0 &&
      root.value.bytes === before.bytes &&
      life !== undefined &&
      !moved.some((other) => other.after === before || rootOf({ value: other.after, offset: 0 }).value === before) &&
      (readers.get(before) ?? []).every((i) => i < life.first || isInPlace(calls[i], before, root.value, rootOf));
    if (free) {
      inside.set(root.value, { value: before, offset: 0 });
      taken.add(before);
    } else {
      // Copied when all is done, so it must not have been overwritten by then.
      const lost = !taken.has(root.value) && moved.some((other) => other.before === root.value);
      if (source.kind === "variable" && lost)
        throw new NotReplayable("A step moves one variable's numbers to another.");
      copies.push(copyOf(after, before));
    }
  }

  // A result lies where an operand lay that nobody reads any more.
  for (const [i, call] of calls.entries()) {
    if (call.kind !== "module" || !ELEMENTWISE.has(call.name)) continue;
    for (const y of writesOf(call)) {
      const target = rootOf(y).value;
      if (target.source.kind !== "computed" || lives.get(target)?.first !== i) continue;
      for (const x of readsOf(call)) {
        const from = rootOf(x).value;
        const life = lives.get(from);
        const targetLife = lives.get(target);
        if (life === undefined || targetLife === undefined || from === target) continue;
        const dies = from.source.kind === "computed" && life.last === i && from.bytes === target.bytes;
        if (!dies || !isInPlace(call, from, target, rootOf)) continue;
        inside.set(target, { value: from, offset: 0 });
        life.last = Math.max(life.last + 1, targetLife.last); // taken: no other output of this call may have it
        break;
      }
    }
  }

  const { offsets, bytes } = pack(lives, inside, end);
  return {
    calls: [...calls, ...copies],
    arenaBytes: bytes,
    inputs: [...lives.keys()].filter(({ source }) => source.kind === "constant" || source.kind === "draw"),
    spotOf(place) {
      const { value, offset } = rootOf(place);
      if (value.source.kind === "variable") return { in: "variable", index: value.source.index, offset };
      const base = offsets.get(value);
      if (base === undefined) throw new Error("A value of a recorded step has no place; this is a bug.");
      return { in: "arena", offset: base + offset };
    },
  };
}

const copyOf = (from: Value, to: Value): ModuleCall => ({
  kind: "module",
  name: "copyRows",
  args: [{ value: from, offset: 0 }, { value: to, offset: 0 }, 1, from.bytes, from.bytes, from.bytes],
});

/** Whether a call reads `from` and writes `to` element by element, so that both may be the same memory. */
function isInPlace(call: Call | undefined, from: Value, to: Value, rootOf: (place: Place) => Place): boolean {
  if (call?.kind !== "module" || !ELEMENTWISE.has(call.name)) return false;
  const reads = readsOf(call)
    .map(rootOf)
    .filter(({ value }) => value === from);
  const writes = writesOf(call)
    .map(rootOf)
    .filter(({ value }) => value === to);
  const [write] = writes;
  if (writes.length !== 1 || write === undefined || reads.some(({ offset }) => offset !== write.offset)) return false;
  // A broadcast operand is read again after its place was written to.
  return !BINARY.has(call.name) || walksAll(call, from, rootOf);
}

const BINARY: ReadonlySet<string> = new Set(["add", "subtract", "multiply", "divide", "maximum", "minimum"]);

/** Whether a binary call reads an operand in the order of its result. */
function walksAll(call: ModuleCall, from: Value, rootOf: (place: Place) => Place): boolean {
  const [, , , outer, middle, inner] = call.args.map(Number);
  return [0, 1].every((operand) => {
    const place = call.args[operand];
    if (typeof place !== "object" || rootOf(place).value !== from) return true;
    const [so, sm, si] = call.args.slice(6 + 3 * operand, 9 + 3 * operand).map(Number);
    const walks = (size = 1, stride = 0, natural = 1) => size === 1 || stride === natural;
    return walks(inner, si, 1) && walks(middle, sm, inner) && walks(outer, so, (inner ?? 1) * (middle ?? 1));
  });
}

/** Copies of a whole into a part and of a part out of a whole, told by memory alone: the part lies in the whole. */
function joinParts(
  calls: readonly Call[],
  inside: Map<Value, Place>,
  rootOf: (place: Place) => Place,
): readonly Call[] {
  return calls.filter((call) => {
    if (call.kind !== "module" || call.name !== "copyRows") return true;
    const [source, target, rows, bytes, sourceStride, targetStride] = call.args;
    if (typeof source !== "object" || typeof target !== "object") return true;
    const isRun = rows === 1 || (bytes === sourceStride && bytes === targetStride);
    const length = Number(rows) * Number(bytes);
    if (!isRun || inside.has(target.value)) return true;
    const isWhole = target.offset === 0 && target.value.bytes === length;
    if (isWhole && target.value.source.kind === "computed" && rootOf(source).value !== target.value) {
      inside.set(target.value, source);
      return false;
    }
    const fits = source.offset === 0 && source.value.bytes === length && source.value.source.kind === "computed";
    if (!fits || inside.has(source.value) || rootOf(target).value === source.value) return true;
    inside.set(source.value, target);
    return false;
  });
}

/** Offsets of all values that lie in no other: the largest first, each as low as what lives at the same time allows. */
function pack(
  lives: ReadonlyMap<Value, Life>,
  inside: ReadonlyMap<Value, Place>,
  end: number,
): { readonly offsets: ReadonlyMap<Value, number>; readonly bytes: number } {
  const blocks = [...lives]
    .filter(([value]) => !inside.has(value) && value.source.kind !== "variable")
    .map(([value, { first, last }]) => {
      const lasting = value.source.kind !== "computed"; // constants and draws are filled before the step
      const size = Math.ceil(Math.max(4, value.bytes) / ALIGNMENT) * ALIGNMENT;
      return { value, size, first: lasting ? -1 : first, last: lasting ? end : last, offset: 0 };
    })
    .sort((a, b) => b.size - a.size);
  const placed: typeof blocks = []; // by offset
  let bytes = 0;
  for (const block of blocks) {
    let offset = 0;
    for (const other of placed) {
      if (other.last < block.first || other.first > block.last) continue;
      if (other.offset - offset >= block.size) break;
      offset = Math.max(offset, other.offset + other.size);
    }
    block.offset = offset;
    bytes = Math.max(bytes, offset + block.size);
    const at = placed.findIndex((other) => other.offset > offset);
    placed.splice(at === -1 ? placed.length : at, 0, block);
  }
  return { offsets: new Map(blocks.map(({ value, offset }) => [value, offset])), bytes };
}
