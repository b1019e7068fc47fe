/**
 * How long a plan takes on a device, on zeros: by the device's own clock where there is one, else by the host's. Everything that it makes
 * is destroyed again.
 */
import { PassClock } from "./pass-clock";
import { encodePlan, type GpuPlan, type PipelineCache } from "./program";

/** Runs in a short and in a long submit: by the host's clock their difference is free of what a submit costs. */
const FEW = 2;
const MANY = 18;
/** The device's clock ticks in tenths of a millisecond: a long submit takes so many milliseconds, and so many runs at most. */
const LONG_MS = 3;
const MOST = 300;
const TICK_MS = 0.1;
/** A short submit that takes this long is timed as it is. */
const SLOW_MS = 10;

export interface Timing {
  /** Milliseconds of one run; null where the device refused the plan. */
  readonly ms: number | null;
  /** Whose clock told. */
  readonly clock: "device" | "host";
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
  const clock = PassClock.of(device);
  try {
    await Promise.all(plan.passes.map(({ program }) => cache.compile(program)));
    device.pushErrorScope("validation");
    device.pushErrorScope("out-of-memory");
    const operands = floats.map(bind);
    const scratch = plan.scratch.map(bind);
    const run = async (times: number) => {
      const encoder = device.createCommandEncoder({ label: "trial" });
      const pass = encoder.beginComputePass(clock === null ? {} : { timestampWrites: clock.writes });
      for (let i = 0; i < times; i++) encodePlan(pass, cache, plan, operands, scratch);
      pass.end();
      clock?.resolve(encoder);
      const start = performance.now();
      device.queue.submit([encoder.finish()]);
      await device.queue.onSubmittedWorkDone();
      const took = performance.now() - start;
      spent += took;
      return { took, own: (await clock?.read()) ?? null };
    };
    await run(1); // brings memory and programs to the device
    const few = await run(FEW);
    const times =
      clock === null ? MANY : Math.min(MOST, Math.max(MANY, Math.ceil((FEW * LONG_MS) / (few.own ?? TICK_MS))));
    const isSlow = few.took > SLOW_MS;
    const long = isSlow ? few : await run(times);
    const runs = isSlow ? FEW : times;
    let ms: number;
    if (long.own !== null) ms = long.own / runs;
    else if (isSlow) ms = long.took / runs;
    else ms = (long.took - Math.min(few.took, (await run(FEW)).took)) / (times - FEW);
    const errors = [await device.popErrorScope(), await device.popErrorScope()];
    const refused = errors.some((error) => error !== null);
    return { ms: refused ? null : ms, clock: long.own === null ? "host" : "device", spent };
  } catch {
    return { ms: null, clock: "host", spent }; // a program that does not compile, a device that is gone
  } finally {
    clock?.destroy();
    for (const buffer of buffers) buffer.destroy();
  }
}
