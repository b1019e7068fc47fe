/** What theory asks of a game: samples of both sides, and D's opinion of each. Draws nothing; what it says is core/theory.ts. */
import { datasetOf } from "../../core/datasets";
import { hasTheory, type SeenGame } from "../../core/theory";
import type { Trainer } from "../trainer";
import { score } from "./generate";

/** Places of the grid in each direction: fine enough for narrow clusters. */
const LINE = 256;
const PLANE = 96;

/**
 * @param fakes samples of G [n, dimension] @param reals as many of the data
 * @returns null where theory says nothing of the game
 */
export async function seenGame(trainer: Trainer, fakes: Float32Array, reals: Float32Array): Promise<SeenGame | null> {
  const dataset = datasetOf(trainer.config.dataset);
  if (dataset.kind !== "points" || !hasTheory(trainer.config)) return null;
  const { dimension, extent } = dataset;
  const judge = (points: Float32Array) => score(trainer, points, points.length / dimension);
  const [ofFakes, ofReals] = [await judge(fakes), await judge(reals)];
  return { dimension, fakes, reals, ofFakes, ofReals, size: dimension === 1 ? LINE : PLANE, extent };
}
