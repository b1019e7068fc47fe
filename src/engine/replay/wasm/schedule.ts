/** Which thread does what of a step, and where all must wait for all. No addresses but through `addressOf`, and no threads. */
import type { PlannedCall } from "../../threads/pool";
import { type Call, type Place, SCRATCH } from "./calls";
import { isRegion, type Part, touchedBy, wholeOf } from "./parts";
import { costOf, isWorthSharing, splitCall } from "./split";

/** What the threads do at one place of a step's list: thread i its i-th part, which is one call or two; the others nothing. */
export type Round = readonly (readonly Part[])[];

/**
 * Shares a step's calls.
 * @param tried whether short steps are shared too, and timed whether that helps
 * @returns the reason, the end of a sentence, where one thread does as well
 */
export function shareOut(
  calls: readonly Call[],
  threads: number,
  tried = false,
): readonly Round[] | { readonly why: string } {
  const stock = calls.find(({ kind }) => kind === "stock");
  if (stock !== undefined) return { why: `${stock.name} is TensorFlow.js's own kernel, which knows no threads` };
  const rounds: Round[] = [];
  let shared = 0;
  let geometry: readonly number[] = [];
  for (const call of calls) {
    if (call.kind !== "module") continue;
    if (call.name === "setConvolution") {
      geometry = call.args.map(Number);
      continue;
    }
    const parts = splitCall(call, threads, geometry);
    if (parts !== null) shared += costOf(call, geometry);
    rounds.push((parts ?? [wholeOf(call)]).map((part) => [...geometryOf(part, geometry), part]));
  }
  if (!isWorthSharing(shared, tried)) return { why: "there is too little to share out" };
  return rounds;
}

/** A step's calls for one thread that takes them all; null where one of them is TensorFlow.js's own, which works in its memory only. */
export function listOf(calls: readonly Call[], addresses: Addresses): readonly PlannedCall[] | null {
  const parts = calls.map((call) => (call.kind === "module" ? wholeOf(call) : null));
  if (parts.includes(null)) return null;
  return parts.flatMap((part) => (part === null ? [] : [boundTo(part, 0, addresses)]));
}

/** A convolution is told its geometry first: that of its part of the images. */
function geometryOf({ name, args }: Part, geometry: readonly number[]): Part[] {
  if (!name.startsWith("convolution")) return [];
  const [, ih = 1, iw = 1, ic = 1, oh = 1, ow = 1, oc = 1] = geometry;
  const [first] = args;
  const perImage = name === "convolutionInputGradient" ? oh * ow * oc : ih * iw * ic;
  const batch = first !== undefined && isRegion(first) ? first.bytes / (4 * perImage) : (geometry[0] ?? 1);
  return [{ name: "setConvolution", args: [Math.min(batch, geometry[0] ?? 1), ...geometry.slice(1)] }];
}

/** Bytes from an address on, and which thread touched them. */
interface Touch {
  readonly thread: number;
  readonly from: number;
  readonly to: number;
}

/** Where the memory of each thread's scratch is, and of every place. */
export interface Addresses {
  of(place: Place): number;
  scratch(thread: number): number;
}

/**
 * Every thread's list, with barriers where a thread needs what another wrote, or writes what another needed. Parts of one call never do:
 * splits are over outputs.
 */
export function schedule(rounds: readonly Round[], threads: number, addresses: Addresses): PlannedCall[][] {
  const lists: PlannedCall[][] = Array.from({ length: threads }, () => []);
  let reads: Touch[] = [];
  let writes: Touch[] = [];
  for (const round of rounds) {
    const nextReads: Touch[] = [];
    const nextWrites: Touch[] = [];
    for (const [thread, parts] of round.entries()) {
      for (const part of parts) {
        const touched = touchedBy(part);
        const touch = ({ place, bytes }: { place: Place; bytes: number }): Touch => {
          const from = addresses.of(place);
          return { thread, from, to: from + bytes };
        };
        nextReads.push(...touched.reads.map(touch));
        nextWrites.push(...touched.writes.map(touch));
      }
    }
    const conflict = meets(nextReads, writes) || meets(nextWrites, writes) || meets(nextWrites, reads);
    if (conflict) {
      for (const list of lists) list.push(null);
      reads = [];
      writes = [];
    }
    reads.push(...nextReads);
    writes.push(...nextWrites);
    for (const [thread, parts] of round.entries()) {
      for (const part of parts) lists[thread]?.push(boundTo(part, thread, addresses));
    }
  }
  return lists;
}

function boundTo({ name, args }: Part, thread: number, addresses: Addresses): PlannedCall {
  const numbers = args.map((argument) =>
    argument === SCRATCH ? addresses.scratch(thread) : isRegion(argument) ? addresses.of(argument.place) : argument,
  );
  return { name, args: numbers };
}

/** Whether two threads touch the same bytes. */
function meets(some: readonly Touch[], others: readonly Touch[]): boolean {
  return some.some((a) => others.some((b) => a.thread !== b.thread && a.from < b.to && b.from < a.to));
}
