/** The two classes of numbers that WebAssembly gives, told apart by computing, and the choice that makes every machine give the same. */
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

interface Run {
  readonly backend: string;
  readonly arithmetic: "fused" | "plain" | null;
  readonly hash: string;
}

/** Browsers have relaxed SIMD; Node 20 has it behind this flag, later versions without, and then may not know the flag. */
const RELAXED = "--experimental-wasm-relaxed-simd";
const knowsFlag = spawnSync(process.execPath, [RELAXED, "-e", ""]).status === 0;

function train(preference: "auto" | "reproducible", flags: readonly string[]): Run {
  const script = ["--import", "tsx", "tests/helpers/weights-hash.ts", preference];
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, ...script], { encoding: "utf8" });
  const last = stdout.trim().split("\n").at(-1) ?? "";
  if (!last.startsWith("{")) throw new Error(`The training program failed: ${stderr}`);
  return JSON.parse(last);
}

describe.skipIf(!knowsFlag)("the choice “reproducible”", () => {
  it("gives the plain class's numbers where the processor fuses and where it does not", () => {
    const plain = train("auto", []);
    const reproducible = train("reproducible", [RELAXED]);
    const auto = train("auto", [RELAXED]);
    expect(reproducible).toEqual({ backend: "wasm", arithmetic: "plain", hash: train("reproducible", []).hash });
    if (plain.arithmetic === "plain") expect(reproducible.hash).toBe(plain.hash);
    // Where a multiply-add really fuses, it shows.
    expect(auto.hash !== reproducible.hash).toBe(auto.arithmetic === "fused");
  });
});
