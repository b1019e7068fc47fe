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
  /** What distinguishes it from the same system with as many threads; empty otherwise. */
  readonly setting: string;
  readonly start:
    | {
        readonly command: string;
        readonly args: readonly string[];
        readonly environment: Readonly<Record<string, string>>;
      }
    | { readonly why: string };
}

/** A WebGPU driver to be timed on. */
export interface GpuDriver {
  /** Empty for the machine's own; otherwise a word. */
  readonly name: string;
  /** What makes a process use it. */
  readonly environment: Readonly<Record<string, string>>;
}

export const OWN_DRIVER: GpuDriver = { name: "", environment: {} };

/** As rows call it. */
export const backendOf = (backend: StepBackend, { name }: GpuDriver): string =>
  name === "" ? backend : `${backend}, ${name}`;

export const STEP_BACKENDS = ["wasm", "webgpu"] as const;
export type StepBackend = (typeof STEP_BACKENDS)[number];

const PEERS = join(fileURLToPath(new URL(".", import.meta.url)), "peers");

/** Browsers have had relaxed SIMD since 2023; Node 20 has it behind this flag, later versions without, and then may not know the flag. */
const RELAXED_SIMD = "--experimental-wasm-relaxed-simd";
export const nodeFlags = spawnSync(process.execPath, [RELAXED_SIMD, "--version"]).status === 0 ? [RELAXED_SIMD] : [];

/** Systems in Node at one work, on one backend and driver. */
export interface Where {
  readonly work: WorkId;
  readonly backend: StepBackend;
  readonly driver: GpuDriver;
}

function inNode(where: Where, id: SystemId, file: string, threads: number | null, args: readonly string[]): System {
  const { work, backend, driver } = where;
  const all = [...nodeFlags, "--import", "tsx", join(PEERS, file), work, backend, ...args];
  const { environment } = driver;
  return {
    id,
    backend: backendOf(backend, driver),
    threads,
    setting: "",
    start: { command: process.execPath, args: all, environment },
  };
}

/** Our engine. `execution` "default" is what the page uses. */
export function ours(where: Where, execution: "default" | "eager", threads: number): System {
  const id = execution === "eager" ? "ours-eager" : "ours";
  return inNode(where, id, "ours.ts", where.backend === "wasm" ? threads : null, [execution, String(threads)]);
}

/** Everybody else at a work on a backend; PyTorch stands beside wasm, on the same CPU. */
export function peers(where: Where): System[] {
  const threads = where.backend === "wasm" ? 1 : null;
  return [
    inNode(where, "tfjs", "tfjs.ts", threads, []),
    inNode(where, "jax-js", "jax-js.ts", threads, []),
    ...(where.backend === "wasm" ? PYTORCH.map((one) => pytorch(where.work, one)) : []),
  ];
}

/**
 * How PyTorch is run; its best row counts. By itself its own threads and OpenBLAS's are twice as many as the cores, and wait for each other by
 * spinning.
 */
const PYTORCH: readonly { readonly threads: number; readonly environment: Readonly<Record<string, string>> }[] = [
  { threads: 1, environment: {} },
  { threads: 2, environment: {} },
  { threads: 2, environment: { OPENBLAS_NUM_THREADS: "1" } },
];

let python: string | null | undefined;

/** A Python that has PyTorch, or null. */
function pythonWithTorch(): string | null {
  if (python === undefined) {
    const candidates = ["/usr/bin/python3", "python3"].filter((path) => !path.startsWith("/") || existsSync(path));
    python = candidates.find((path) => spawnSync(path, ["-c", "import torch"]).status === 0) ?? null;
  }
  return python;
}

function pytorch(work: WorkId, { threads, environment }: (typeof PYTORCH)[number]): System {
  const command = pythonWithTorch();
  const start =
    command === null
      ? { why: 'PyTorch is absent: `/usr/bin/python3 -c "import torch"` fails' }
      : { command, args: [join(PEERS, "pytorch.py"), String(threads), JSON.stringify(WORKS[work])], environment };
  const setting = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return { id: "pytorch", backend: "cpu", threads, setting: setting.join(" "), start };
}
