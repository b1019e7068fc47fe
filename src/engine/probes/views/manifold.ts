/** Where G sends a square grid of latents: the plane of two latent dimensions, bent over the data. Draws nothing. */
import { generateSamples } from "../generate";
import type { ViewProbe } from "./types";

/** Lines each way: as many as one can follow. */
const LINES = 33;
/** For a normal prior, in standard deviations: 95 % of each dimension. A uniform one ends at 1. */
const REACH = 2;

export const manifold: ViewProbe<"manifold"> = async ({ trainer, dimension, averaged }) => {
  const { size, prior } = trainer.config.latent;
  if (dimension !== 2 || size < 2) return null;
  const reach = prior === "uniform" ? 1 : REACH;
  const latents = new Float32Array(LINES * LINES * size);
  const at = (i: number) => reach * ((2 * i) / (LINES - 1) - 1);
  for (let row = 0; row < LINES; row++) {
    for (let column = 0; column < LINES; column++) {
      latents[(row * LINES + column) * size] = at(column);
      latents[(row * LINES + column) * size + 1] = at(row);
    }
  }
  const samples = await generateSamples(trainer, latents, LINES * LINES, averaged);
  return { size: LINES, reach, samples };
};
