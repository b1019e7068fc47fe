/** Real samples to look at, to guess about, to search for: in a fixed shuffle, or by number. */
import { CHUNK_IMAGES } from "../../../core/datasets/manifest";
import { STREAMS, subStream } from "../../../core/rng";
import { score } from "../generate";
import { drawn, imagesHere, imagesOf, shuffled } from "./pictures";
import type { StudyContext, StudyProbe } from "./types";

export const reals: StudyProbe<"reals"> = async ({ split, from, count }, context) => {
  const found =
    context.data.images === undefined ? points(from, count, context) : pictures(split, from, count, context);
  if (found === null) return null;
  const { samples, labels, numbers, total } = found;
  const logits = await score(context.trainer, samples, count, { company: "reals", labels });
  return { samples: drawn(context, samples), labels, numbers, logits, total };
};

interface Found {
  readonly samples: Float32Array;
  readonly labels: Uint8Array;
  readonly numbers: Int32Array;
  readonly total: number;
}

function points(from: number, count: number, { trainer, data }: StudyContext): Found {
  const samples = new Float32Array(data.shape.reduce((a, b) => a * b, count));
  const stream = subStream(STREAMS.view, 2);
  data.minibatch(samples, trainer.config.seed, stream, from);
  const labels = new Int32Array(count);
  data.labels?.fill(labels, trainer.config.seed, stream, from);
  return { samples, labels: Uint8Array.from(labels), numbers: new Int32Array(0), total: Number.POSITIVE_INFINITY };
}

/** Null while the images are on their way. @throws Error for a set without images of that split */
function pictures(split: "train" | "test", from: number, count: number, context: StudyContext): Found | null {
  const set = imagesOf(context);
  const { testCount } = set.dataset;
  if (split === "test" && testCount === 0) {
    throw new Error("None of these pictures was kept aside: all of them are trained on.");
  }
  const total = split === "train" ? imagesHere(set) : testCount;
  if (total === 0 || (split === "test" && !testHere(context))) return null;
  const numbers = Int32Array.from({ length: count }, (_, i) => shuffled(from + i, total));
  const known = set.labels(split);
  return {
    samples: set.images(numbers, undefined, split),
    labels: Uint8Array.from(numbers, (number) => known[number] ?? 0),
    numbers,
    total,
  };
}

/** Whether all test images are here; they are asked for. */
function testHere(context: StudyContext): boolean {
  const set = imagesOf(context);
  const chunks = Math.ceil(set.dataset.testCount / CHUNK_IMAGES);
  if (set.has(chunks, "test")) return true;
  set.ensureAll("test").catch(() => {}); // whoever waits asks again, and so tries again
  return false;
}

export const images: StudyProbe<"images"> = async ({ indices }, context) => {
  const set = imagesOf(context);
  const here = imagesHere(set);
  if (indices.some((index) => index < 0 || index >= here))
    throw new RangeError("There is no training image of that number.");
  const known = set.labels();
  return {
    samples: drawn(context, set.images(indices)),
    labels: Uint8Array.from(indices, (index) => known[index] ?? 0),
  };
};
