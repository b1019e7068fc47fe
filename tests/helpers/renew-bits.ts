/** A program: computes the hashes of tests/fixtures/frozen/bits.json anew, for a change that means to change numbers. Prints which changed. */
import { readFileSync, writeFileSync } from "node:fs";
import { startBackend } from "../../src/cli/node-backend";
import { type FrozenRun, runFrozen } from "./bits";

const file = new URL("../fixtures/frozen/bits.json", import.meta.url);
const runs: readonly FrozenRun[] = JSON.parse(readFileSync(file, "utf8"));
await startBackend("wasm", { arithmetic: "plain" });
const renewed: FrozenRun[] = [];
for (const run of runs) {
  const found = await runFrozen(run);
  if (found.hash !== run.hash || found.reason !== run.reason) console.log(`${run.name}: ${found.reason}`);
  renewed.push({ ...run, ...found });
}
writeFileSync(file, `${JSON.stringify(renewed, null, 2)}\n`);
process.exit(0);
