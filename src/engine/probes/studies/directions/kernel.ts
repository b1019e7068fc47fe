/** SeFa (Shen and Zhou 2021): eigenvectors of W Wᵀ for the first layer's weights W [latent, units]. */
import type { Direction } from "../../../../core/latent-space/directions";
import type { StudyInput } from "../../../../core/latent-space/studies";
import { modelOf } from "../../../../core/models";
import { sampling } from "../../evaluation";
import type { StudyContext } from "../types";
import { gramDirections, gramOf } from "./gram";

/** @throws Error in a sentence where z goes through no dense layer first */
export async function kernelDirections(
  { count }: StudyInput["directions"],
  { trainer, averaged }: StudyContext,
): Promise<readonly Direction[]> {
  const { config } = trainer;
  const { size } = config.latent;
  let units = 0;
  const [kernel = new Float32Array(0)] = await trainer.look((seen) => {
    const { network } = seen.network(modelOf(config).sampler);
    const place = network.weights.findIndex(({ name }) => name === "kernel");
    const tensor = sampling(seen, averaged).weights[place];
    // Beside a label z comes first, so that its rows are the first ones.
    if (tensor?.rank !== 2 || (tensor.shape[0] ?? 0) < size) return [];
    units = tensor.shape[1] ?? 0;
    return [tensor.clone()];
  });
  if (units === 0)
    throw new Error("G's first layer is no dense one, so that its weights have no row for each number of z.");
  return gramDirections(gramOf(kernel.subarray(0, size * units), size), size, count);
}
