/** Reals that are noise, for tests and counts of how steps are computed: what the data look like does not matter there. */
import type { ExperimentConfig } from "../core/config";
import { dataShape, datasetClasses } from "../core/datasets";
import { normals } from "../core/rng";
import type { RealSource } from "../engine/data";

/** @param shape of one sample; the dataset's unless given. It has as many classes as the dataset has. */
export function noiseFor(config: ExperimentConfig, shape: readonly number[] = dataShape(config.dataset)): RealSource {
  const count = datasetClasses(config.dataset);
  return {
    shape: [...shape],
    ready: () => undefined,
    minibatch: (out, seed, stream, step) => void normals(out, seed, stream, step),
    ...(count > 0 && {
      labels: { count, fill: (out, _seed, _stream, step) => void out.set(out.map((_, i) => (i + step) % count)) },
    }),
  };
}
