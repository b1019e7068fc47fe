/** Real images as a classifier sees them: a sample of a split, by index. Not generated ones, whose owner gives them to `judge`. */
import type { Judged } from "../../core/metrics/evaluate-features";
import { integers, STREAMS } from "../../core/rng";
import type { ImageSet, Split } from "../image-set";
import type { Classifier } from "./classifier";

/**
 * Loads the split and judges `count` of its images, drawn with replacement.
 * @param step tells samples of the same seed apart
 */
export async function judgeImages(
  classifier: Classifier,
  set: ImageSet,
  split: Split,
  { count, seed, step }: { readonly count: number; readonly seed: number; readonly step: number },
): Promise<Judged> {
  await set.ensureAll(split);
  const { trainCount, testCount } = set.dataset;
  const indices = integers(
    new Int32Array(count),
    split === "train" ? trainCount : testCount,
    seed,
    STREAMS.evaluate,
    step,
  );
  return classifier.judge(set.images(indices, undefined, split), count);
}
