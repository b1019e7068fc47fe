/** Buffers for what a plan needs; what is not needed at the same time shares one. */
import { DeviceImages } from "./device-images";
import type { Root } from "./places";
import type { Plan } from "./plan";

/**
 * @param variables the replayer's buffers of variables
 * @returns a buffer for every root, those that are the plan's own, and the image sets among them
 */
export function allocate(plan: Plan, variables: readonly GPUBuffer[], device: GPUDevice) {
  const buffers = new Map<Root, GPUBuffer>();
  const own: GPUBuffer[] = [];
  const images: DeviceImages[] = [];
  const make = (floats: number): GPUBuffer => {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = device.createBuffer({ size: Math.max(4, floats * 4), usage });
    own.push(buffer);
    return buffer;
  };
  for (const [i, root] of plan.places.variables.entries()) {
    const buffer = variables[i];
    if (buffer !== undefined) buffers.set(root, buffer);
  }
  // Temporaries take turns in buffers that nothing uses any more.
  const free: { buffer: GPUBuffer; floats: number; since: number }[] = [];
  const sorted = [...plan.roots].sort((a, b) => a.first - b.first || b.size - a.size);
  for (const root of sorted) {
    if (root.value?.source.kind === "images") {
      const kept = DeviceImages.of(root.value.source.set, device);
      images.push(kept);
      buffers.set(root, kept.buffer);
      continue;
    }
    if (root.kind !== "temporary") {
      const buffer = make(root.size);
      buffers.set(root, buffer);
      if (root.kind === "constant") writeConstant(root, buffer, device);
      continue;
    }
    const fitting = free.filter(
      ({ floats, since }) => since < root.first && floats >= root.size && floats <= 2 * root.size,
    );
    const best = fitting.sort((a, b) => a.floats - b.floats)[0];
    const taken = best ?? { buffer: make(root.size), floats: root.size, since: -1 };
    if (best === undefined) free.push(taken);
    taken.since = root.last;
    buffers.set(root, taken.buffer);
  }
  return { buffers, own, images };
}

function writeConstant({ value: constant, size }: Root, buffer: GPUBuffer, device: GPUDevice): void {
  if (constant?.source.kind !== "constant") return;
  const { content, uniform } = constant.source;
  const numbers = uniform === null ? content : new Float32Array(size).fill(uniform);
  device.queue.writeBuffer(buffer, 0, numbers as Float32Array<ArrayBuffer>);
}
