/** What the benchmark ran on, for whoever reads its figures later. */
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { probeWebGpu } from "../../engine/adapters";
import { openWebGpu } from "../webgpu-node";

export interface Machine {
  /** As it names itself, with family, model and stepping where the system tells: names of servers' processors are often cut. */
  readonly cpu: string;
  /** GFLOP/s of 128-bit multiply-adds in registers, all that WebAssembly can do, on one core and on all at once; null where not measured. */
  readonly ceiling: { readonly one: number; readonly all: number } | null;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
  /** The WebGPU adapter in Node, or why there is none. */
  readonly webgpu: string;
  /** Whether that adapter is a graphics card, and not a driver that draws on the CPU. */
  readonly webgpuHardware: boolean;
  /** Day of the run, ISO 8601. */
  readonly date: string;
}

/** @param ceiling as ceiling.ts found it */
export async function describeMachine(ceiling: Machine["ceiling"]): Promise<Machine> {
  const adapter = await probeWebGpu(await openWebGpu());
  return {
    cpu: processorName(),
    ceiling,
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    webgpu: adapter.found ? adapter.name : adapter.why,
    webgpuHardware: adapter.found && adapter.hardware,
    date: new Date().toISOString().slice(0, 10),
  };
}

function processorName(): string {
  const name = cpus()[0]?.model.trim() ?? "an unnamed processor";
  try {
    const told = readFileSync("/proc/cpuinfo", "utf8");
    const numbers = ["cpu family", "model", "stepping"].map(
      (key) => new RegExp(`^${key}\\s*: (\\d+)$`, "m").exec(told)?.[1] ?? "?",
    );
    return `${name} (family ${numbers[0]}, model ${numbers[1]}, stepping ${numbers[2]})`;
  } catch {
    return name; // not Linux
  }
}
