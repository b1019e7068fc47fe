/** One process of many runs in a terminal: makes the runs that it is sent, one after the other. Started by sweep.ts. */
import { errorSentence } from "../core/errors";
import type { RunOutcome } from "../core/sweep/outcome";
import type { RunOrder } from "../core/sweep/plan";
import { makeRun } from "../engine/sweep/make-run";
import { startBackend } from "./node-backend";
import { nodeSource } from "./node-data";

export type RunReport =
  | { readonly type: "progress"; readonly index: number; readonly step: number }
  | { readonly type: "done"; readonly index: number; readonly outcome: RunOutcome }
  | { readonly type: "failed"; readonly index: number; readonly reason: string };

const REPORT_MS = 500;
const send = (report: RunReport) => process.send?.(report);
const backend = startBackend("wasm");

async function make({ index, config, steps }: RunOrder): Promise<void> {
  try {
    await backend;
    let reported = 0;
    const made = await makeRun(config, nodeSource(config.dataset), {
      steps,
      now: () => performance.now(),
      async between(step) {
        if (performance.now() - reported < REPORT_MS) return true;
        reported = performance.now();
        send({ type: "progress", index, step });
        return true;
      },
    });
    if (made !== null) send({ type: "done", index, outcome: made.outcome });
  } catch (error) {
    send({ type: "failed", index, reason: errorSentence(error) });
  }
}

let last: Promise<void> = Promise.resolve();
process.on("message", (order: RunOrder) => {
  last = last.then(() => make(order));
});
process.on("disconnect", () => process.exit(0)); // whoever started it is gone
