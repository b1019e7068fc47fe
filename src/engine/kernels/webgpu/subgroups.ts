/**
 * Threads that hand each other numbers without workgroup memory and barriers: those of a subgroup, where the device has them. Sums use it
 * for their last halvings, which add the same pairs either way, so that no number depends on it.
 */

/** Threads of a group when it is tried: of programs, the most. */
const THREADS = 256;
/** No more threads are asked to be neighbours than any program's group has. */
const MOST = 64;

/** Must begin a module in which threads exchange. */
export const ENABLE_SUBGROUPS = "enable subgroups;";

/** What the thread holds whose number differs by `mask`, a power of two below the subgroup's size. */
export const exchanged = (value: string, mask: number): string => `subgroupShuffleXor(${value}, ${mask}u)`;

/**
 * How many neighbours, a power of two, may exchange on a device. The specification does not say that threads lie in subgroups as they are
 * counted in groups, though they do: it is tried.
 * @returns undefined where they may not
 */
export async function subgroupThreads(device: GPUDevice): Promise<number | undefined> {
  const { subgroupMinSize = 0 } = device.adapterInfo;
  if (!device.features.has("subgroups") || subgroupMinSize < 2) return undefined;
  const threads = 2 ** Math.floor(Math.log2(Math.min(MOST, subgroupMinSize)));
  const masks = Array.from({ length: Math.log2(threads) }, (_, i) => 2 ** i);
  const size = 4 * THREADS * masks.length;
  const found = device.createBuffer({ size, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC });
  const read = device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  try {
    const lines = masks.map((mask, i) => `found[lane * ${masks.length}u + ${i}u] = ${exchanged("own", mask)};`);
    const code = `${ENABLE_SUBGROUPS}
@group(0) @binding(0) var<storage, read_write> found: array<f32>;
@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) lane: u32) {
  let own = f32(lane);
  ${lines.join("\n  ")}
}
`;
    const module = device.createShaderModule({ label: "subgroups", code });
    const pipeline = await device.createComputePipelineAsync({
      label: "subgroups",
      layout: "auto",
      compute: { module, entryPoint: "main" },
    });
    const encoder = device.createCommandEncoder({ label: "subgroups" });
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    const entries = [{ binding: 0, resource: { buffer: found } }];
    pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
    pass.dispatchWorkgroups(1);
    pass.end();
    encoder.copyBufferToBuffer(found, 0, read, 0, size);
    device.queue.submit([encoder.finish()]);
    await read.mapAsync(GPUMapMode.READ);
    const numbers = new Float32Array(read.getMappedRange());
    const fits = numbers.every((number, at) => {
      const lane = Math.floor(at / masks.length);
      return number === (lane ^ (masks[at % masks.length] ?? 0));
    });
    return fits ? threads : undefined;
  } catch {
    return undefined; // a driver that refuses it: sums go through workgroup memory
  } finally {
    found.destroy();
    read.destroy();
  }
}
