/** One recorded step on the wasm backend: what was made of it, how it runs, in words, and its end. Not when it runs: replayer.ts. */
import type { Execution } from "../../../core/device";
import type { Contest } from "../../threads/contest";
import { NotReplayable } from "../types";
import type { Machine, Program } from "./machine";
import type { Round } from "./schedule";
import type { ThreadedMachine } from "./threaded";

/** One recorded step and the machines that were made of it. */
export interface Plan {
  readonly program: Program;
  readonly calls: number;
  readonly stock: readonly string[];
  /** What each of several threads does. */
  readonly rounds: readonly Round[] | null;
  /** Why this step has one thread, the end of a sentence; null while it has more or may still get them. */
  whyAlone: string | null;
  alone: Machine | null;
  threaded: ThreadedMachine | null;
  /** Where threads are used only if they are faster. */
  readonly contest: Contest | null;
}

/** How a step is replayed. @param threads that may share it */
export function executionOf(plan: Plan, threads: number): Execution {
  const { calls, stock } = plan;
  const others = stock.length === 0 ? "" : `, ${stock.length} of them TensorFlow.js's own`;
  const found = threadsOf(plan, threads);
  return {
    mode: "replay",
    threads: found.threads,
    reason: `A step is replayed as ${calls} calls into WebAssembly${others}${found.words}.`,
  };
}

/** How many threads a step has, and the end of the sentence that says why. */
function threadsOf(
  { threaded, whyAlone, contest }: Plan,
  asked: number,
): { readonly threads: number; readonly words: string } {
  if (asked === 1) return { threads: 1, words: "" };
  if (whyAlone !== null) return { threads: 1, words: `, by one thread: ${whyAlone}` };
  if (threaded === null) return { threads: 1, words: ", by one thread until its helpers have started" };
  const { threads } = threaded;
  const verdict = contest?.verdict ?? null;
  if (verdict === null) return { threads, words: `, by ${threads} threads` };
  const [one, several] = [verdict.one, verdict.several].map((ms) => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`);
  return verdict.winner === "one"
    ? { threads: 1, words: `, by one thread: it took ${one} where ${threads} threads took ${several}` }
    : { threads, words: `, by ${threads} threads: they took ${several} where one took ${one}` };
}

/** Frees the machines of a plan. */
export function disposePlan(plan: Plan | NotReplayable): void {
  if (plan instanceof NotReplayable) return;
  plan.alone?.dispose();
  plan.threaded?.dispose();
}
