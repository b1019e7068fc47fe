/**
 * How the benchmark talks with the process of one system: it writes a line, the process answers with a line of JSON. Both sides of it in
 * TypeScript; pytorch.py speaks the same. Not the systems themselves (peers/) and not the order of the repeats (compare.ts).
 *
 * To the process: `measure N` (N steps), `peak` (speed of a large matrix product), `quit`. A process that is not asked sleeps.
 */
import { createInterface } from "node:readline";
import * as v from "valibot";

const optionalNumber = v.exactOptional(v.number());

/** The process has built its networks and made its first steps. */
const ReadySchema = v.object({
  bench: v.literal("ready"),
  /** Milliseconds of the last step of warming up: tells how many steps make a repeat. */
  warmMs: v.number(),
  /** CPU threads; null on a GPU. */
  threads: v.nullable(v.number()),
  /** The graphics adapter; null when none is used. */
  adapter: v.nullable(v.string()),
  /** Which execution the engine uses; null where there is no choice. */
  execution: v.nullable(v.string()),
  /** Whether the number of threads can be chosen. */
  threadChoice: v.boolean(),
  /** What a reader should know beside the figure; empty when nothing. */
  note: v.string(),
});
const MeasuredSchema = v.object({
  bench: v.literal("measured"),
  msPerStep: v.number(),
  /** Time inside the calls that start a step, before anything is waited for; where the device works by itself. */
  jsMsPerStep: optionalNumber,
  dispatchesPerStep: optionalNumber,
  submitsPerStep: optionalNumber,
  /** By the device's own clock, where it has one. */
  gpuMsPerStep: optionalNumber,
});
const PeakSchema = v.object({ bench: v.literal("peak"), gflops: v.number() });
const FailedSchema = v.object({ bench: v.literal("failed"), why: v.string() });

export const AnswerSchema = v.variant("bench", [ReadySchema, MeasuredSchema, PeakSchema, FailedSchema]);
export type Answer = v.InferOutput<typeof AnswerSchema>;
export type Ready = v.InferOutput<typeof ReadySchema>;
export type Measured = v.InferOutput<typeof MeasuredSchema>;

/** What a GPU was asked to do. */
export interface GpuMeter {
  counts(): { readonly dispatches: number; readonly submits: number };
  /** Milliseconds in passes since the last call, and the share of passes that were timed; null where the device has no clock. */
  passMs(): Promise<{ readonly ms: number; readonly share: number } | null>;
}

/** One system as its process runs it. */
export interface Peer {
  readonly info: Omit<Ready, "bench" | "warmMs">;
  /** Starts one step; its work may go on after the return. */
  step(): void;
  /** Resolves when every step so far is computed; reads a number back. */
  settle(): Promise<unknown>;
  /** GFLOP/s of a large matrix product. */
  peak?(): Promise<number>;
  /** What was sent to the GPU since the start; missing where there is none. */
  readonly gpu?: GpuMeter;
}

/** Steps that take seconds are warm sooner, but not before the second: some compile in the first and again when it is run anew. */
const WARM_UP_LIMIT_MS = 10_000;
const WARM_UP_LEAST = 2;
/** Steps between two readbacks, as a page that draws its curves would do. */
const STEPS_PER_READBACK = 10;

/**
 * The process's side: makes the system, warms it up, then answers until told to quit. Never throws: what goes wrong is an answer.
 * @param warmUp steps before anything is measured
 */
export async function servePeer(make: () => Promise<Peer>, warmUp: number): Promise<void> {
  try {
    const peer = await make();
    let warmMs = Number.NaN;
    const until = performance.now() + WARM_UP_LIMIT_MS;
    for (let i = 0; i < WARM_UP_LEAST || (i < warmUp && performance.now() < until); i++) {
      warmMs = (await measure(peer, 1)).msPerStep;
    }
    answer({ bench: "ready", warmMs, ...peer.info });
    for await (const line of createInterface({ input: process.stdin })) {
      const [command, argument] = line.split(" ");
      if (command === "quit") break;
      if (command === "measure") answer(await measure(peer, Number(argument)));
      else if (command === "peak") answer({ bench: "peak", gflops: (await peer.peak?.()) ?? 0 });
    }
    process.exit(0); // WebGPU and thread pools would keep the process alive
  } catch (error) {
    answer({ bench: "failed", why: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  }
}

async function measure(peer: Peer, steps: number): Promise<Measured> {
  await peer.gpu?.passMs(); // what came before
  const before = peer.gpu?.counts();
  const started = performance.now();
  let inSteps = 0;
  for (let i = 1; i <= steps; i++) {
    const began = performance.now();
    peer.step();
    inSteps += performance.now() - began;
    if (i % STEPS_PER_READBACK === 0 || i === steps) await peer.settle();
  }
  const msPerStep = (performance.now() - started) / steps;
  const after = peer.gpu?.counts();
  const passes = await peer.gpu?.passMs();
  if (before === undefined || after === undefined) return { bench: "measured", msPerStep };
  return {
    bench: "measured",
    msPerStep,
    jsMsPerStep: inSteps / steps,
    dispatchesPerStep: (after.dispatches - before.dispatches) / steps,
    submitsPerStep: (after.submits - before.submits) / steps,
    // Where there was no room for all, those that were timed stand for the others.
    ...(passes && passes.share > 0 ? { gpuMsPerStep: passes.ms / passes.share / steps } : {}),
  };
}

function answer(message: Answer): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
