/**
 * Counts what is sent to a GPU, and times its passes by the device's own clock, by wrapping WebGPU's own prototypes. To be called after
 * WebGPU's globals are there, before any backend starts.
 */
import type { GpuMeter } from "../peer-protocol";

/** Passes that are timed between two readings. */
const TIMED_PASSES = 1024;
const BYTES = 8; // of a time

export function meterGpu(): GpuMeter {
  const counts = { dispatches: 0, submits: 0 };
  const pass = GPUComputePassEncoder.prototype;
  const { dispatchWorkgroups, dispatchWorkgroupsIndirect } = pass;
  pass.dispatchWorkgroups = function (...size) {
    counts.dispatches += 1;
    return dispatchWorkgroups.apply(this, size);
  };
  pass.dispatchWorkgroupsIndirect = function (...where) {
    counts.dispatches += 1;
    return dispatchWorkgroupsIndirect.apply(this, where);
  };
  const queue = GPUQueue.prototype;
  const { submit } = queue;
  queue.submit = function (commands) {
    counts.submits += 1;
    return submit.call(this, commands);
  };
  return { counts: () => ({ ...counts }), passMs: timePasses() };
}

/** Devices are made with a clock where their adapter has one, and every pass notes its beginning and end. */
function timePasses(): GpuMeter["passMs"] {
  let clock: { readonly device: GPUDevice; readonly times: GPUQuerySet } | null = null;
  let passes = 0;
  const adapter = GPUAdapter.prototype;
  const { requestDevice } = adapter;
  adapter.requestDevice = async function (descriptor = {}) {
    // On lavapipe (Mesa 22.3) a pass took half a minute and more twice while it was timed, and never otherwise; why is not known.
    const fit = this.features.has("timestamp-query") && !/llvmpipe|lavapipe/i.test(this.info.description);
    if (!fit) return requestDevice.call(this, descriptor);
    const requiredFeatures = [...(descriptor.requiredFeatures ?? []), "timestamp-query"] as GPUFeatureName[];
    const device = await requestDevice.call(this, { ...descriptor, requiredFeatures });
    clock = { device, times: device.createQuerySet({ type: "timestamp", count: 2 * TIMED_PASSES }) };
    return device;
  };
  const encoder = GPUCommandEncoder.prototype;
  const { beginComputePass } = encoder;
  encoder.beginComputePass = function (descriptor = {}) {
    const at = passes++;
    if (clock === null || at >= TIMED_PASSES || descriptor.timestampWrites !== undefined)
      return beginComputePass.call(this, descriptor);
    const timestampWrites = {
      querySet: clock.times,
      beginningOfPassWriteIndex: 2 * at,
      endOfPassWriteIndex: 2 * at + 1,
    };
    return beginComputePass.call(this, { ...descriptor, timestampWrites });
  };
  return async () => {
    const [all, timed] = [passes, Math.min(passes, TIMED_PASSES)];
    passes = 0;
    if (clock === null || timed === 0) return null;
    const { device, times } = clock;
    const size = 2 * timed * BYTES;
    const found = device.createBuffer({ size, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
    const read = device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
    const commands = device.createCommandEncoder();
    commands.resolveQuerySet(times, 0, 2 * timed, found, 0);
    commands.copyBufferToBuffer(found, 0, read, 0, size);
    device.queue.submit([commands.finish()]);
    await read.mapAsync(GPUMapMode.READ);
    const nanoseconds = new BigInt64Array(read.getMappedRange().slice(0));
    for (const buffer of [found, read]) buffer.destroy();
    let ms = 0;
    for (let i = 0; i < timed; i++) ms += Number((nanoseconds[2 * i + 1] ?? 0n) - (nanoseconds[2 * i] ?? 0n)) / 1e6;
    return { ms, share: timed / all };
  };
}
