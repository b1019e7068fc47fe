/** What a step of each work would do on a graphics card, counted from its plan as `npm run plan` does. Times nothing. */
import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { writeFor } from "../../engine/kernels/webgpu/driver";
import { startBackend } from "../node-backend";
import { planOfStep, totalsOf } from "../plan-totals";
import type { PlanRow } from "./rows";
import { WORKS, type WorkId } from "./works";

/** One row a work; none where Node has no WebGPU. */
export async function planRows(works: readonly WorkId[], onProgress: (text: string) => void): Promise<PlanRow[]> {
  if (works.length === 0) return [];
  try {
    await startBackend("webgpu");
  } catch (error) {
    onProgress(`no plans: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
  writeFor((tf.backend() as WebGPUBackend).device, { software: false });
  return works.map((work) => {
    onProgress(`${work}: its plan`);
    const { config, dataShape } = WORKS[work];
    const { dispatches, useful, issued, bytes, once, full } = totalsOf(planOfStep(config, dataShape));
    return { work, dispatches, usefulFlops: useful, issuedFlops: issued, bytes, bytesOnce: once, full };
  });
}
