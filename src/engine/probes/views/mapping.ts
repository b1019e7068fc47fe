/** Where G sends evenly spaced latents, for data on the line: the arrows of figure 1 of Goodfellow et al. 2014. Draws nothing. */
import { generateSamples } from "../generate";
import type { ViewProbe } from "./types";

/** As many arrows as one can follow. */
const LATENTS = 41;
/** For a normal prior, in standard deviations. A uniform one ends at 1. */
const REACH = 2;

export const mapping: ViewProbe<"mapping"> = async ({ trainer, dimension, averaged }) => {
  if (dimension !== 1) return null;
  const { size, prior } = trainer.config.latent;
  const reach = prior === "uniform" ? 1 : REACH;
  const latents = new Float32Array(LATENTS * size); // the others stay at 0
  for (let i = 0; i < LATENTS; i++) latents[i * size] = reach * ((2 * i) / (LATENTS - 1) - 1);
  return { reach, samples: await generateSamples(trainer, latents, LATENTS, averaged) };
};
