/** How long a plan takes on a device, on zeros. Everything that it makes is destroyed again. */
import { encodePlan, type GpuPlan, type PipelineCache } from "./program";

/** Runs in a short and in a long submit: their difference is free of what a submit costs. */
const FEW = 2;
const MANY = 18;
/** A short submit that takes this long is timed as it is. */
const SLOW_MS = 10;

export interface Timing {
  /** Milliseconds of one run; null where the device refused the plan. */
  readonly ms: number | null;
  /** Milliseconds that timing took, without compiling. */
  readonly spent: number;
}

/**
 * @param cache of the device's pipelines
 * @param floats of each operand
 */
export async function timePlan(
  device: GPUDevice,
  cache: PipelineCache,
  plan: GpuPlan,
  floats: readonly number[],
): Promise<Timing> {
  const buffers: GPUBuffer[] = [];
  const bind = (count: number): GPUBufferBinding => {
    const buffer = device.createBuffer({ size: 4 * Math.max(4, count), usage: GPUBufferUsage.STORAGE });
    buffers.push(buffer);
    return { buffer };
  };
  let spent = 0;
  try {
    await Promise.all(plan.passes.map(({ program }) => cache.compile(program)));
    device.pushErrorScope("validation");
    device.pushErrorScope("out-of-memory");
    const operands = floats.map(bind);
    const scratch = plan.scratch.map(bind);
    const run = async (times: number) => {
      const encoder = device.createCommandEncoder({ label: "trial" });
      const pass = encoder.beginComputePass();
      for (let i = 0; i < times; i++) encodePlan(pass, cache, plan, operands, scratch);
      pass.end();
      const start = performance.now();
      device.queue.submit([encoder.finish()]);
      await device.queue.onSubmittedWorkDone();
      const took = performance.now() - start;
      spent += took;
      return took;
    };
    await run(1); // brings memory and programs to the device
    const few = await run(FEW);
    const ms = few > SLOW_MS ? few / FEW : ((await run(MANY)) - Math.min(few, await run(FEW))) / (MANY - FEW);
    const errors = [await device.popErrorScope(), await device.popErrorScope()];
    return { ms: errors.every((error) => error === null) ? ms : null, spent };
  } catch {
    return { ms: null, spent }; // a program that does not compile, a device that is gone
  } finally {
    for (const buffer of buffers) buffer.destroy();
  }
}
