/**
 * G's Jacobian at one latent, by central differences over all numbers of z: its leading right singular vectors, and how much a step along
 * any direction changes the sample (Ramesh et al. 2018).
 */
import type { Direction } from "../../../../core/latent-space/directions";
import type { Asking, StudyInput } from "../../../../core/latent-space/studies";
import { generateSamples, toldClasses } from "../../generate";
import type { StudyContext } from "../types";
import { gramDirections, gramOf, traceOf } from "./gram";

/** Of z, each way: far enough that single precision does not matter, near enough that G is straight. */
const STEP = 0.05;
const BATCH = 256;

export async function jacobianDirections(input: StudyInput["directions"], context: StudyContext) {
  return gramDirections(await metricAt(input, context), input.z.length, input.count);
}

/** The numbers of z, those first that change the sample most. */
export async function rawDirections(
  input: StudyInput["directions"],
  context: StudyContext,
): Promise<readonly Direction[]> {
  const size = input.z.length;
  const metric = await metricAt(input, context);
  return Array.from({ length: size }, (_, i): Direction => {
    const vector = new Float32Array(size);
    vector[i] = 1;
    return { vector, share: changeAlong(metric, vector), name: `z${i + 1}` };
  })
    .sort((a, b) => b.share - a.share)
    .slice(0, input.count);
}

/** JᵀJ [latent, latent] at z: the squared change of the sample for a small step of z, as a quadratic form. */
export async function metricAt(
  { z, label }: Asking & { readonly z: Float32Array },
  context: StudyContext,
): Promise<Float64Array> {
  const { trainer, data, averaged } = context;
  const size = z.length;
  const dimension = data.shape.reduce((a, b) => a * b, 1);
  const columns = new Float32Array(size * dimension);
  const told = toldClasses(trainer) > 0;
  for (let from = 0; from < size; from += BATCH / 2) {
    const count = Math.min(BATCH / 2, size - from);
    const latents = new Float32Array(2 * count * size);
    for (let i = 0; i < 2 * count; i++) {
      latents.set(z, i * size);
      const at = i * size + from + (i >> 1);
      latents[at] = (latents[at] ?? 0) + (i % 2 === 0 ? STEP : -STEP);
    }
    const labels = told ? { labels: new Uint8Array(2 * count).fill(label) } : {};
    const made = await generateSamples(trainer, latents, 2 * count, averaged, labels);
    for (let i = 0; i < count; i++) {
      for (let d = 0; d < dimension; d++) {
        const [plus = 0, minus = 0] = [made[2 * i * dimension + d], made[(2 * i + 1) * dimension + d]];
        columns[(from + i) * dimension + d] = (plus - minus) / (2 * STEP);
      }
    }
  }
  return gramOf(columns, size);
}

/** Share of all change that a step along a unit vector makes. */
export function changeAlong(metric: Float64Array, vector: Float32Array): number {
  const size = vector.length;
  let sum = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) sum += (vector[i] ?? 0) * (metric[i * size + j] ?? 0) * (vector[j] ?? 0);
  }
  const total = traceOf(metric, size);
  return total > 0 ? sum / total : Number.NaN;
}
