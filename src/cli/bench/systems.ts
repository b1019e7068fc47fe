/** Which systems stand beside each other at a work, and how each one's process is started. Starts nothing. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SystemId } from "./rows";
import { WORKS, type WorkId } from "./works";

/** A system to be started, or the reason why it cannot be. */
export interface System {
  readonly id: SystemId;
  readonly backend: string;
  readonly threads: number | null;
  readonly start: { readonly command: string; readonly args: readonly string[] } | { readonly why: string };
}

export const STEP_BACKENDS = ["wasm", "webgpu"] as const;
export type StepBackend = (typeof STEP_BACKENDS)[number];

const PEERS = join(fileURLToPath(new URL(".", import.meta.url)), "peers");

/** Browsers have had relaxed SIMD since 2023; Node 20 has it behind this flag, later versions without, and then may not know the flag. */
const RELAXED_SIMD = "--experimental-wasm-relaxed-simd";
const nodeFlags = spawnSync(process.execPath, [RELAXED_SIMD, "--version"]).status === 0 ? [RELAXED_SIMD] : [];

function inNode(id: SystemId, file: string, backend: StepBackend, threads: number | null, args: string[]): System {
  const all = [...nodeFlags, "--import", "tsx", join(PEERS, file), ...args];
  return { id, backend, threads, start: { command: process.execPath, args: all } };
}

/** Our engine. `execution` "default" is what the page uses. */
export function ours(work: WorkId, backend: StepBackend, execution: "default" | "eager", threads: number): System {
  const id = execution === "eager" ? "ours-eager" : "ours";
  return inNode(id, "ours.ts", backend, backend === "wasm" ? threads : null, [
    work,
    backend,
    execution,
    String(threads),
  ]);
}

/** Everybody else at a work on a backend; PyTorch stands beside wasm, on the same CPU. */
export function peers(work: WorkId, backend: StepBackend): System[] {
  const threads = backend === "wasm" ? 1 : null;
  return [
    inNode("tfjs", "tfjs.ts", backend, threads, [work, backend]),
    inNode("jax-js", "jax-js.ts", backend, threads, [work, backend]),
    ...(backend === "wasm" ? [pytorch(work, 1), pytorch(work, 2)] : []),
  ];
}

let python: string | null | undefined;

/** A Python that has PyTorch, or null. */
function pythonWithTorch(): string | null {
  if (python === undefined) {
    const candidates = ["/usr/bin/python3", "python3"].filter((path) => !path.startsWith("/") || existsSync(path));
    python = candidates.find((path) => spawnSync(path, ["-c", "import torch"]).status === 0) ?? null;
  }
  return python;
}

function pytorch(work: WorkId, threads: number): System {
  const command = pythonWithTorch();
  const start =
    command === null
      ? { why: 'PyTorch is absent: `/usr/bin/python3 -c "import torch"` fails' }
      : { command, args: [join(PEERS, "pytorch.py"), String(threads), JSON.stringify(WORKS[work])] };
  return { id: "pytorch", backend: "cpu", threads, start };
}
