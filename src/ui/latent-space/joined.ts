/** Latents one after the other. */

/** [latents, size]; null for none. */
export function joined(latents: readonly Float32Array[]): Float32Array<ArrayBuffer> | null {
  const [first] = latents;
  if (first === undefined) return null;
  const all = new Float32Array(latents.length * first.length);
  for (const [i, z] of latents.entries()) all.set(z, i * first.length);
  return all;
}
