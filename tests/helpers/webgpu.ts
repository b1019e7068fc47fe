/** WebGPU for tests in Node; says so where there is none. */
import { openWebGpu } from "../../src/cli/webgpu-node";

/** What `describe.skipIf` asks: undefined where no driver is found. */
export async function webGpuOrSay(): Promise<GPU | undefined> {
  const gpu = await openWebGpu();
  if (!gpu)
    console.log(
      "Skipped: no WebGPU driver here. A Chromium (for its SwiftShader) or a Vulkan driver would let it run.",
    );
  return gpu;
}
