/** What a replayed step takes in: random numbers from the kernel module, everything else from the host. Not what is drawn (../../draws.ts). */
import { type Draw, fillDraw, type RandomDraw, type StepMoment } from "../../draws";
import type { KernelRuntime } from "../../kernels/wasm/runtime";

/** The memory that a machine works in, and the kernels there. */
export type Workplace = Pick<KernelRuntime, "exports" | "memory" | "scratch">;

/** Writes a draw's numbers to its place: from the kernel module where they are random numbers, else from the host. */
export function bindDraw(draw: Draw, address: number, count: number, runtime: Workplace): (moment: StepMoment) => void {
  let view = new Float32Array(runtime.memory.buffer, address, count);
  const onHost = (moment: StepMoment) => {
    if (view.buffer !== runtime.memory.buffer) view = new Float32Array(runtime.memory.buffer, address, count);
    fillDraw(draw, view, moment);
  };
  const { random, given } = draw;
  if (random === undefined) return onHost;
  return (moment) => {
    if (moment.inputs !== undefined && given !== undefined) onHost(moment);
    else drawRandom(random, address, count, moment.step, runtime);
  };
}

const WORDS_BYTES = 32; // scratch of the generator

/** Draws random numbers in the kernel module: core/rng's, bit for bit. */
export function drawRandom(random: RandomDraw, address: number, count: number, step: number, runtime: Workplace): void {
  const { seed, stream } = random;
  const words = runtime.scratch(WORDS_BYTES);
  const { exports } = runtime;
  switch (random.kind) {
    case "normals":
      exports.normals(address, count, seed, stream, step, words);
      return;
    case "uniforms":
      exports.uniforms(address, count, seed, stream, step, 0, words);
      return;
    case "symmetric":
      exports.uniforms(address, count, seed, stream, step, 1, words);
      return;
    case "bernoulli":
      exports.bernoulli(address, count, seed, stream, step, random.probability * 2 ** 32, random.value, words);
      return;
    default:
      random satisfies never;
  }
}
