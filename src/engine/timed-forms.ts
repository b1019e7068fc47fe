/** The timed forms of the device in use: kernels/webgpu/form-trials.ts for those who know no kernels. */
import * as tf from "@tensorflow/tfjs";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { driverOf } from "./kernels/webgpu/driver";
import type { FormTrials } from "./kernels/webgpu/form-trials";

export type { FoundForms } from "./kernels/webgpu/form-trials";

export interface TimedForms {
  /** What tells the adapter and its driver from others, as far as a browser tells. */
  readonly adapter: string;
  readonly trials: FormTrials;
}

/** null where the active backend is no graphics card's WebGPU. */
export function timedForms(): TimedForms | null {
  const backend = tf.getBackend() === "webgpu" ? tf.backend() : null;
  if (!(backend instanceof WebGPUBackend)) return null;
  const { vendor, architecture, device, description } = backend.device.adapterInfo;
  const { trials } = driverOf(backend.device);
  return trials === undefined ? null : { adapter: [vendor, architecture, device, description].join("/"), trials };
}
