/** Counts what is sent to a GPU, by wrapping WebGPU's own prototypes. To be called after WebGPU's globals are there, before any backend starts. */

export function countGpuCommands(): () => { dispatches: number; submits: number } {
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
  return () => ({ ...counts });
}
