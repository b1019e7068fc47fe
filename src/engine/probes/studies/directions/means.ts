/** Directions from the mean of all latents to those of samples that look like a class or have an attribute (Radford et al. 2016). */
import type { Direction } from "../../../../core/latent-space/directions";
import type { StudyInput } from "../../../../core/latent-space/studies";
import { groupMeans } from "../groups";
import type { StudyContext } from "../types";
import { changeAlong, metricAt } from "./jacobian";

export async function meanDirections(
  input: StudyInput["directions"],
  context: StudyContext,
): Promise<readonly Direction[] | null> {
  const groups = await groupMeans(input.label, context);
  if (groups === null) return null;
  const metric = await metricAt(input, context);
  const [all, ...others] = groups;
  const found = others.map(({ name, latent, count }) => {
    const way = latent.map((value, i) => value - (all?.latent[i] ?? 0));
    const length = Math.sqrt(way.reduce((sum, value) => sum + value * value, 0));
    const vector = way.map((value) => value / length);
    return { vector, share: changeAlong(metric, vector), name, clear: length * Math.sqrt(count) };
  });
  // Those first that stand out most from what the mean of as many latents differs by chance.
  return found.sort((a, b) => b.clear - a.clear).map(({ vector, share, name }) => ({ vector, share, name }));
}
