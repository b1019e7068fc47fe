/** What the benchmark ran on, for whoever reads its figures later. */
import { availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { probeWebGpu } from "../../engine/adapters";
import { openWebGpu } from "../webgpu-node";

export interface Machine {
  readonly cpu: string;
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

export async function describeMachine(): Promise<Machine> {
  const adapter = await probeWebGpu(await openWebGpu());
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    webgpu: adapter.found ? adapter.name : adapter.why,
    webgpuHardware: adapter.found && adapter.hardware,
    date: new Date().toISOString().slice(0, 10),
  };
}
