/**
 * A trained classifier as a file: what it is for, its layers and accuracy as JSON, then its weights as halfs. Format, packing and
 * parsing; no tensors, no fetch.
 *
 * Layout: the header's length (uint32), the header (UTF-8, blanks to an even length), the weights one after the other in the
 * network's order (uint16 each). All little-endian.
 */
import * as v from "valibot";
import { LayerSpecSchema } from "../../core/architecture/layers";
import { fromHalf, toHalf } from "../../core/half";
import { FEATURE_METRIC_IDS } from "../../core/metrics/info";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

const HeaderSchema = v.object({
  format: v.literal(1),
  dataset: v.string(),
  shape: v.array(count),
  classes: count,
  layers: v.array(LayerSpecSchema),
  /** Numbers of its last hidden layer: the features that metrics compare. */
  features: count,
  /** Share of the test images that it names right, with the weights as they are in the file. */
  accuracy: v.number(),
  testImages: count,
  /** What so many test images read against as many training images, on average: the page's noise floors. */
  floors: v.object({ samples: count, values: v.record(v.picklist(FEATURE_METRIC_IDS), v.number()) }),
  /** How many weights follow. */
  weights: count,
});
export type ClassifierHeader = v.InferOutput<typeof HeaderSchema>;

export interface ClassifierFile {
  readonly header: ClassifierHeader;
  /** In the network's order. */
  readonly weights: Float32Array;
}

const PREFIX = 4; // bytes of the header's length

export function packClassifier(
  header: Omit<ClassifierHeader, "format" | "weights">,
  weights: Float32Array,
): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify({ format: 1, ...header, weights: weights.length }));
  const length = text.length + (text.length % 2);
  const file = new Uint8Array(PREFIX + length + 2 * weights.length).fill(" ".charCodeAt(0), PREFIX, PREFIX + length);
  const view = new DataView(file.buffer);
  view.setUint32(0, length, true);
  file.set(text, PREFIX);
  for (const [i, weight] of weights.entries()) view.setUint16(PREFIX + length + 2 * i, toHalf(weight), true);
  return file;
}

/** @throws Error in a sentence when the bytes are no classifier of this dataset */
export function parseClassifier(file: ArrayBuffer, dataset: string): ClassifierFile {
  const view = new DataView(file);
  const length = file.byteLength < PREFIX ? 0 : view.getUint32(0, true);
  if (length === 0 || PREFIX + length > file.byteLength) throw new Error("The classifier's file is cut or damaged.");
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(new Uint8Array(file, PREFIX, length)));
  } catch {
    throw new Error("The classifier's file does not begin with JSON.");
  }
  const parsed = v.safeParse(HeaderSchema, json);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new Error(`The classifier's file has a fault at ${v.getDotPath(issue) ?? "its top"}: ${issue.message}.`);
  }
  const header = parsed.output;
  if (header.dataset !== dataset) {
    throw new Error(`The classifier's file is for "${header.dataset}", not for "${dataset}".`);
  }
  const at = PREFIX + length;
  if (file.byteLength !== at + 2 * header.weights) {
    throw new Error(
      `The classifier's file promises ${header.weights} weights but holds ${(file.byteLength - at) / 2}.`,
    );
  }
  return {
    header,
    weights: Float32Array.from({ length: header.weights }, (_, i) => fromHalf(view.getUint16(at + 2 * i, true))),
  };
}
