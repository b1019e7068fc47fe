/**
 * The most that WebAssembly's 128-bit multiply-add can do on this machine, on one core and on all at once: sums that stay in registers. What
 * kernels reach is to be judged by it. A process of its own, started as the systems are.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import type { Machine } from "./machine";
import { nodeFlags } from "./systems";

const ProbeSchema = v.object({ one: v.number(), all: v.number() });
const LIMIT_MS = 60_000;

/** null where it could not be measured: without relaxed SIMD. */
export function measureCeiling(cores: number): Machine["ceiling"] {
  const probe = join(fileURLToPath(new URL(".", import.meta.url)), "peers", "ceiling.ts");
  const { stdout } = spawnSync(process.execPath, [...nodeFlags, "--import", "tsx", probe, String(cores)], {
    encoding: "utf8",
    timeout: LIMIT_MS,
  });
  const line = stdout.split("\n").find((text) => text.startsWith('{"one"'));
  const found = v.safeParse(ProbeSchema, line === undefined ? null : JSON.parse(line));
  return found.success ? found.output : null;
}
