/** Parts of calls: what one thread does of a call, as data with the memory that it touches. Not how a call is cut: splitters.ts. */
import type { KernelExports } from "../../kernels/wasm/exports";
import { type Argument, isPlace, type ModuleCall, type Place, type SCRATCH, SIGNATURES } from "./calls";

/** A piece of memory that a call touches: where it begins, and how many bytes it spans. */
export interface Region {
  readonly place: Place;
  readonly bytes: number;
}

/** One thread's part of a call, or a whole one. */
export interface Part {
  readonly name: keyof KernelExports;
  readonly args: readonly (number | typeof SCRATCH | Region)[];
}

export type PartArgument = Part["args"][number];

export const isRegion = (argument: PartArgument): argument is Region => typeof argument === "object";

/** The whole of a call, as one part. */
export function wholeOf({ name, args }: ModuleCall): Part {
  return { name, args: args.map((argument) => (isPlace(argument) ? rest(argument) : argument)) };
}

/** All of a value from a place on. */
const rest = (place: Place): Region => ({ place, bytes: place.value.bytes - place.offset });

/** `floats` floats from the `from`-th one on after an argument's place. */
export function slice(argument: Argument | undefined, from: number, floats: number): PartArgument {
  if (argument === undefined || !isPlace(argument)) return argument ?? 0;
  return { place: { value: argument.value, offset: argument.offset + 4 * from }, bytes: 4 * floats };
}

/** A call's arguments as they are, some replaced. */
export function replaced(call: ModuleCall, changes: Readonly<Record<number, PartArgument>>, name = call.name): Part {
  return { name, args: wholeOf(call).args.map((argument, i) => changes[i] ?? argument) };
}

/** Regions that a part reads, and regions that it writes. */
export function touchedBy({ name, args }: Part): {
  readonly reads: readonly Region[];
  readonly writes: readonly Region[];
} {
  const signature = SIGNATURES[name] ?? "";
  const regions = (kinds: string) =>
    args.filter((argument, i): argument is Region => isRegion(argument) && kinds.includes(signature[i] ?? ""));
  const writes = regions("wy");
  // A product that is added to what is there reads it.
  return { reads: name === "gemm" && args[12] === 1 ? [...regions("rx"), ...writes] : regions("rx"), writes };
}
