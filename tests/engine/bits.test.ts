/**
 * What trains today trains tomorrow, bit for bit and in as many calls: frozen experiments end in the tensors they ended in.
 * A change that means to change numbers renews tests/fixtures/frozen/bits.json (`npx tsx tests/helpers/renew-bits.ts`) and says why.
 */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { type FrozenRun, runFrozen } from "../helpers/bits";

const runs: readonly FrozenRun[] = JSON.parse(
  readFileSync(new URL("../fixtures/frozen/bits.json", import.meta.url), "utf8"),
);

describe("bits that do not change", () => {
  beforeAll(async () => {
    await startBackend("wasm", { arithmetic: "plain" });
  });

  it.each(runs)("$name", async (run) => {
    expect(await runFrozen(run)).toEqual({ hash: run.hash, reason: run.reason });
  });
});
