/** The project's own engine as a process of the benchmark. */
import * as tf from "@tensorflow/tfjs";
import { normals } from "../../../core/rng";
import type { RealSource } from "../../../engine/data";
import { whenThreadsKnown } from "../../../engine/threads";
import { createTrainer } from "../../../engine/trainer";
import { startBackend } from "../../node-backend";
import { openWebGpu } from "../../webgpu-node";
import { servePeer } from "../peer-protocol";
import { peerArguments, warmUpSteps } from "./arguments";
import { meterGpu } from "./gpu-meter";

const { work, backend, execution, threads } = peerArguments();

/** Side of the square matrices whose product is the peak: large enough that nothing but the kernel counts. */
const PEAK_SIDE = backend === "webgpu" ? 512 : 768;
const PEAK_ROUNDS = backend === "webgpu" ? 3 : 10;

await servePeer(async () => {
  if (backend === "webgpu" && (await openWebGpu()) === undefined) throw new Error("there is no WebGPU adapter here");
  const meter = backend === "webgpu" ? meterGpu() : undefined;
  const { report } = await startBackend(backend);
  const options = { config: work.config, data: fixedReals(work.dataShape), threads };
  const trainer = createTrainer(execution === "eager" ? { ...options, execution } : options);
  // Helpers start beside the first steps; what is timed is a run that has them.
  if (threads > 1 && report.arithmetic !== null) await whenThreadsKnown(report.arithmetic, threads);
  return {
    // Asked for when warm: the first step decides whether the rest can be replayed.
    get info() {
      const { mode, reason } = trainer.execution;
      const notes = [
        report.arithmetic === "plain" ? "without fused multiply-add" : "",
        mode === execution ? "" : eagerNote(mode, reason),
      ];
      return {
        threads: backend === "webgpu" ? null : trainer.execution.threads,
        adapter: report.adapter,
        execution: mode,
        threadChoice: backend === "wasm",
        note: notes.filter((note) => note !== "").join("; "),
      };
    },
    step: () => trainer.train("all"),
    async settle() {
      const compiling = trainer.compiled(); // once: what comes after is measured
      if (compiling !== undefined) await compiling;
      await trainer.readNumbers();
    },
    peak: gemmPeak,
    ...(meter === undefined ? {} : { gpu: meter }),
  };
}, warmUpSteps(backend));

/** Why nothing is replayed, where nothing is. */
function eagerNote(mode: string, reason: string): string {
  return mode === "eager" ? `eager: ${reason}` : "";
}

/** The same batch at every step, as in every other system. */
function fixedReals(shape: readonly number[]): RealSource {
  let batch: Float32Array = new Float32Array();
  return {
    shape: [...shape],
    ready: () => undefined,
    minibatch(out) {
      if (batch.length !== out.length) batch = normals(new Float32Array(out.length), 1, 0, 0);
      out.set(batch);
    },
  };
}

/** GFLOP/s of the best of some large matrix products through the same kernel that training uses. */
async function gemmPeak(): Promise<number> {
  const a = tf.randomNormal([PEAK_SIDE, PEAK_SIDE]);
  const b = tf.randomNormal([PEAK_SIDE, PEAK_SIDE]);
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < PEAK_ROUNDS; i++) {
    const started = performance.now();
    const product = tf.matMul(a, b);
    if (backend !== "wasm") await tf.tidy(() => product.slice([0, 0], [1, 1])).data();
    best = Math.min(best, performance.now() - started);
    product.dispose();
  }
  tf.dispose([a, b]);
  return (2 * PEAK_SIDE ** 3) / best / 1e6;
}
