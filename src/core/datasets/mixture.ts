/** Equally likely, isotropic Gaussians around given centres: sampler and exact density. Not a dataset of its own. */
import { random } from "../rng";
import type { Labels, Modes, PointDataset } from "./types";

/** The members of a PointDataset that follow from centres and a standard deviation. */
export function gaussianMixture(
  dimension: 1 | 2,
  centers: Modes["centers"],
  sigma: number,
): Required<Pick<PointDataset, "dimension" | "sample" | "density" | "modes">> & Pick<PointDataset, "labels"> {
  const labels: Labels = {
    count: centers.length,
    fill(out, seed, stream, step) {
      const r = random(seed, stream, step);
      for (let i = 0; i < out.length; i++) {
        out[i] = r.integer(centers.length);
        r.normal(); // where it lies about its centre
      }
    },
  };
  const norm = 1 / (centers.length * (sigma * Math.sqrt(2 * Math.PI)) ** dimension);
  return {
    dimension,
    modes: { centers, sigma },
    ...(centers.length > 1 ? { labels } : {}),
    sample(out, seed, stream, step) {
      const r = random(seed, stream, step);
      for (let i = 0; i < out.length; i += dimension) {
        const center = centers[r.integer(centers.length)];
        out[i] = (center?.[0] ?? 0) + sigma * r.normal();
        if (dimension === 2) out[i + 1] = (center?.[1] ?? 0) + sigma * r.second;
      }
    },
    density(x, y = 0) {
      let sum = 0;
      for (const center of centers) {
        const dx = x - (center[0] ?? 0);
        const dy = dimension === 2 ? y - (center[1] ?? 0) : 0;
        sum += Math.exp((-0.5 * (dx * dx + dy * dy)) / (sigma * sigma));
      }
      return sum * norm;
    },
  };
}
