/** What a step takes in and what it gives, and where that lies: variables, draws, results. Not what it computes on the way: plan.ts. */
import type { Draw } from "../../draws";
import type { Recording, Value } from "./graph";
import type { Operation, Producers } from "./operations";
import type { Allocation, Copy, Places, Root } from "./places";
import { CONTROL } from "./programs";
import type { Group } from "./vectors";

/** Where the replayer keeps variables. */
export interface VariableLayout {
  readonly groups: readonly Group[];
  /** Of every variable, in the recording's order. */
  readonly allocations: readonly Allocation[];
  /** Floats of each buffer of variables. */
  readonly sizes: readonly number[];
}

/** A draw and where it goes. */
export interface Input {
  readonly draw: Draw;
  readonly root: Root;
  readonly offset: number;
  readonly size: number;
  /** Whether these are the indices of a draw's images and not its numbers. */
  readonly indices: boolean;
}

/** Where a result is: in the results' buffer, or known already. */
export type Result = { readonly at: number } | { readonly number: number };

/** Gives variables, draws and the step's number their places. */
export function putInputs(
  recording: Recording,
  layout: VariableLayout,
  places: Places,
  used: ReadonlySet<Value>,
): void {
  places.put(CONTROL, places.upload, 0);
  for (const [i, { before }] of recording.variables.entries()) {
    const allocation = layout.allocations[i];
    const root = allocation && places.variables[allocation.buffer];
    if (allocation === undefined || root === undefined) throw new Error("A variable has no memory; this is a bug.");
    places.put(before, root, allocation.offset);
    // The first part of a vector tells where the vector is.
    if (before.view?.part === 0) places.put(before.view.of, root, allocation.offset);
  }
  for (const [index, value] of recording.drawn.entries()) {
    if (!used.has(value)) continue;
    const { random, images } = recording.draws[index] ?? {};
    places.append(value, random === undefined && images === undefined ? places.upload : places.random);
  }
  for (const value of used) if (value.source.kind === "indices") places.append(value, places.upload);
}

/** Gives every result a place in the results' buffer, or a copy to it. */
export function putResults(
  results: readonly Value[],
  operations: readonly Operation[],
  producers: Producers,
  places: Places,
  copies: Copy[],
): Result[] {
  const stock = new Set(
    operations
      .filter(({ kind }) => kind === "stock")
      .flatMap(({ inputs, outputs }) => [...inputs, ...outputs].map(({ value }) => value)),
  );
  const spots = new Map<Value, number>();
  return results.map((value) => {
    if (value.uniform !== null) return { number: value.uniform };
    const known = spots.get(value);
    if (known !== undefined) return { at: known };
    const { results: root } = places;
    const at = spots.size;
    spots.set(value, at);
    const free = producers.of(value) !== undefined && value.view === null && !places.isPut(value) && !stock.has(value);
    if (free) places.put(value, root, at);
    else copies.push({ from: value, start: 0, to: { root, offset: at }, floats: 1 });
    return { at };
  });
}

/** All draws of a step that the host fills in. */
export function inputsOf(recording: Recording, used: ReadonlySet<Value>, places: Places): Input[] {
  const numbers = recording.draws.flatMap((draw, index): Input[] => {
    const value = recording.drawn[index];
    if (value === undefined || !places.isPut(value)) return [];
    const { root, offset } = places.of(value);
    return [{ draw, root, offset, size: value.size, indices: false }];
  });
  return [...numbers, ...indicesOf(recording, used, places)];
}

function indicesOf(recording: Recording, used: ReadonlySet<Value>, places: Places): Input[] {
  return [...used].flatMap((value): Input[] => {
    const draw = value.source.kind === "indices" ? recording.draws[value.source.draw] : undefined;
    return draw === undefined ? [] : [{ draw, ...places.of(value), size: value.size, indices: true }];
  });
}
