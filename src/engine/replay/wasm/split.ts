/** Which calls of a step are shared by threads, and into which parts. No waiting: that is schedule.ts. */
import type { ModuleCall } from "./calls";
import { isPlace } from "./calls";
import type { Part } from "./parts";
import { type Numbers, SPLITTERS } from "./splitters";

/** Below this, threads would wait for each other longer than they help. */
const WORTH_NS = 15_000;
/** A step with less work than this that can be shared is left to one thread ... */
const WORTH_STEP_NS = 1_500_000;
/** ... and with less than this also where shorter steps are tried. */
const WORTH_TRYING_NS = 100_000;

/**
 * A call's parts for so many threads, the i-th for thread i; null where it is not worth sharing.
 * @param geometry arguments of the last setConvolution
 */
export function splitCall(call: ModuleCall, threads: number, geometry: Numbers): readonly Part[] | null {
  const splitter = SPLITTERS[call.name];
  if (splitter === undefined) return null;
  const numbers = call.args.map((argument) => (typeof argument === "number" ? argument : Number.NaN));
  if (costOf(call, geometry) < WORTH_NS) return null;
  const axis = splitter.axis(call, numbers, geometry);
  if (axis === null) return null;
  const grains = Math.floor(axis.length / axis.grain);
  const parts = Math.min(threads, grains);
  if (parts < 2) return null;
  const cut = (i: number) => (i === parts ? axis.length : axis.grain * Math.round((grains * i) / parts));
  return Array.from({ length: parts }, (_, i) => axis.part(cut(i), cut(i + 1) - cut(i)));
}

/**
 * Whether the calls of a step that can be shared are enough for threads to help.
 * @param tried whether timing will tell if they do
 */
export function isWorthSharing(nanoseconds: number, tried: boolean): boolean {
  return nanoseconds >= (tried ? WORTH_TRYING_NS : WORTH_STEP_NS);
}

/** Nanoseconds for one thread, roughly; 0 for what is never shared. */
export function costOf(call: ModuleCall, geometry: Numbers): number {
  const splitter = SPLITTERS[call.name];
  const isConvolution = call.name.startsWith("convolution");
  const numbers = isConvolution ? geometry : call.args.map((argument) => (isPlace(argument) ? 0 : Number(argument)));
  return splitter?.cost(numbers) ?? 0;
}
