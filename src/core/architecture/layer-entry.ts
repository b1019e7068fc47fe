/** What a row of the table of layers (layer-table.ts) consists of, and the parts that rows share. */
import type { Inferred } from "./inference";
import type { LayerSpec, LayerType, SpecOf } from "./layers";
import { type Shape, size, type WeightShape } from "./shape";

/** What a layer meets. */
export interface InferenceContext {
  readonly input: Shape;
  readonly before: LayerSpec | undefined;
  /** How many numbers passes are conditioned on; 0 for none. */
  readonly condition: number;
  /** What the layers inside it give; its input, for a layer that holds none. */
  readonly inside: Shape;
}

/** A layer with its shapes known. */
export interface PlacedLayer {
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly weights: readonly WeightShape[];
}

/** One of the values that a layer is written with, in links and in short: `conv2d-32-k4-s2`. */
export interface LayerSize {
  /** In the spec. */
  readonly key: string;
  /** A number, sides that are joined by "x", or the layers inside in brackets; a number where left out. */
  readonly kind?: "sides" | "layers";
  /** What stands before it in links. */
  readonly prefix?: string;
  /** As errors name it. */
  readonly words: string;
}

export interface LayerEntry<T extends LayerType> {
  /** As the page names it: "Batch norm". */
  readonly name: string;
  /** A new one, with the values that most networks have. @param input what goes in: a layer that holds others begins with some that fit */
  fresh(input: Shape): SpecOf<T>;
  /** In the order in which links write them. */
  readonly sizes: readonly LayerSize[];
  /** Its epsilon where it states none; null for a layer without one. */
  readonly epsilon: number | null;
  /** Output and weights; a sentence (to be put after "Layer n (type) ") when the input does not fit. */
  infer(spec: SpecOf<T>, context: InferenceContext): Inferred | string;
  /** Products of matrices and convolutions on one example, forward; elementwise work is not counted. */
  readonly products: (layer: PlacedLayer) => number;
  /** Whether an example's output depends on the rest of its batch: then reals and fakes must not share one. */
  readonly mixesBatch: boolean;
  /** Whether its second derivative is not zero, its activation left out. */
  readonly curved: boolean;
  /** Whether it keeps moving statistics of its channels for evaluation. */
  readonly keepsMoments: boolean;
  /** Whether it reads what a pass is conditioned on. */
  readonly conditional: boolean;
}

const none = () => 0;
export const plain = {
  sizes: [],
  epsilon: null,
  products: none,
  mixesBatch: false,
  curved: false,
  keepsMoments: false,
  conditional: false,
};

/** Numbers of a weight. */
export const weightSize = ({ weights }: PlacedLayer, name: WeightShape["name"]): number =>
  size(weights.find((weight) => weight.name === name)?.shape ?? [0]);

export const pixels = (shape: Shape): number => size(shape.slice(0, -1));

export const UNITS: LayerSize = { key: "units", words: "the number of units" };
export const CONVOLUTION: readonly LayerSize[] = [
  { key: "filters", words: "the number of filters" },
  { key: "kernelSize", prefix: "k", words: "the kernel size" },
  { key: "strides", prefix: "s", words: "the stride" },
];
export const INSIDE: LayerSize = { key: "layers", kind: "layers", words: "the layers inside it" };
