/** Directions of latent space, by each of the ways to find them. */
import { atRightAngles, type Direction, type DirectionMethod } from "../../../../core/latent-space/directions";
import type { StudyInput } from "../../../../core/latent-space/studies";
import type { StudyContext, StudyProbe } from "../types";
import { activationDirections } from "./activations";
import { jacobianDirections, rawDirections } from "./jacobian";
import { kernelDirections } from "./kernel";
import { meanDirections } from "./means";

/** Those that do most first; null while data that it takes are on their way. */
type Finder = (input: StudyInput["directions"], context: StudyContext) => Promise<readonly Direction[] | null>;

const FINDERS: { readonly [M in DirectionMethod]: Finder } = {
  activations: activationDirections,
  kernel: kernelDirections,
  jacobian: jacobianDirections,
  means: meanDirections,
  raw: rawDirections,
};

export const directions: StudyProbe<"directions"> = async (input, context) => {
  const found = await FINDERS[input.method](input, context);
  if (found === null) return null;
  // A class and an attribute may go together: their directions keep what they mean, though one slider moves the other.
  const kept = input.method === "means" ? found : atRightAngles(found);
  return { directions: kept.slice(0, input.count).map(oriented) };
};

/** A vector is as good as its opposite: the one whose largest number is positive. Those with a name have a sign of their own. */
function oriented(direction: Direction): Direction {
  if (direction.name !== null) return direction;
  const largest = direction.vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? { ...direction, vector: direction.vector.map((value) => -value) } : direction;
}
