/** Runs WebGPU plans on plain arrays, for tests of the kernels. */
import { encodePlan, type GpuPlan, PipelineCache } from "../../src/engine/kernels/webgpu/program";

export interface PlanRunner {
  /**
   * Runs a plan on operands that hold the given numbers at first.
   * @returns what each operand holds afterwards
   */
  run(plan: GpuPlan, operands: readonly (readonly number[] | Float32Array | Uint32Array)[]): Promise<Float32Array[]>;
  close(): void;
}

/** A device of its own. @throws in `run` with the compiler's words when a program is wrong */
export async function openPlanRunner(gpu: GPU): Promise<PlanRunner> {
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error("There is no WebGPU adapter.");
  const device = await adapter.requestDevice();
  const cache = new PipelineCache(device);
  const { STORAGE, UNIFORM, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  return {
    async run(plan, operands) {
      device.pushErrorScope("validation");
      const buffers = operands.map((values, i) => {
        const data = Array.isArray(values) ? Float32Array.from(values) : (values as Float32Array<ArrayBuffer>);
        const usage = plan.operands[i] === "uniform" ? UNIFORM : STORAGE;
        const buffer = device.createBuffer({ size: data.byteLength, usage: usage | COPY_SRC | COPY_DST });
        device.queue.writeBuffer(buffer, 0, data);
        return buffer;
      });
      const scratch = plan.scratch.map((floats) => device.createBuffer({ size: floats * 4, usage: STORAGE }));
      const staging = buffers.map(({ size }) => device.createBuffer({ size, usage: COPY_DST | MAP_READ }));
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      const bind = (list: readonly GPUBuffer[]) => list.map((buffer) => ({ buffer }));
      encodePlan(pass, cache, plan, bind(buffers), bind(scratch));
      pass.end();
      for (const [i, target] of staging.entries()) {
        const source = buffers[i];
        if (source) encoder.copyBufferToBuffer(source, 0, target, 0, source.size);
      }
      device.queue.submit([encoder.finish()]);
      const error = await device.popErrorScope();
      if (error) {
        const messages = plan.passes.map(({ program }) => `${program.label}\n${program.code}`);
        throw new Error(`${error.message}\n${messages.join("\n")}`);
      }
      await Promise.all(staging.map((buffer) => buffer.mapAsync(GPUMapMode.READ)));
      const results = staging.map((buffer) => new Float32Array(buffer.getMappedRange().slice(0)));
      for (const buffer of [...buffers, ...scratch, ...staging]) buffer.destroy();
      return results;
    },
    close: () => device.destroy(),
  };
}
