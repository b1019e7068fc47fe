/**
 * The table of layers: what each type does to shapes, which weights it has, what its products cost, and what others must know of it. To
 * add one: its spec in layers.ts, a row here, its maths in engine/layers/, and what the compiler then asks for.
 */
import type { LayerSpec, LayerType, SpecOf } from "./layers";
import { type Shape, shapeText, size, type WeightShape } from "./shape";

/** What a layer meets. */
export interface InferenceContext {
  readonly input: Shape;
  readonly before: LayerSpec | undefined;
  /** How many numbers passes are conditioned on; 0 for none. */
  readonly condition: number;
  /** What the layers inside it give; its input, for a layer that holds none. */
  readonly inside: Shape;
}

export interface Inferred {
  readonly outputShape: Shape;
  readonly weights?: readonly WeightShape[];
}

/** A layer with its shapes known. */
export interface PlacedLayer {
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly weights: readonly WeightShape[];
}

export interface LayerEntry<T extends LayerType> {
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
const plain = { products: none, mixesBatch: false, curved: false, keepsMoments: false, conditional: false };

/** Numbers of a weight. */
const weightSize = ({ weights }: PlacedLayer, name: WeightShape["name"]): number =>
  size(weights.find((weight) => weight.name === name)?.shape ?? [0]);

const pixels = (shape: Shape): number => size(shape.slice(0, -1));

export const LAYER_TABLE: { readonly [T in LayerType]: LayerEntry<T> } = {
  dense: {
    ...plain,
    products: (layer) => weightSize(layer, "kernel"),
    infer(spec, { input }) {
      if (input.length !== 1) {
        return `wants a flat input but gets ${shapeText(input)}: put a flatten layer before it.`;
      }
      const [features = 0] = input;
      const kernel: WeightShape = { name: "kernel", shape: [features, spec.units] };
      return { outputShape: [spec.units], weights: [kernel, ...biasOf(spec.useBias, spec.units)] };
    },
  },
  conv2d: {
    ...plain,
    products: (layer) => weightSize(layer, "kernel") * pixels(layer.outputShape), // each output pixel looks at one kernel's worth
    infer(spec, { input }) {
      const [height, width, channels] = input;
      if (height === undefined || width === undefined || channels === undefined) return wantsImage(input);
      const kernel: WeightShape = { name: "kernel", shape: [spec.kernelSize, spec.kernelSize, channels, spec.filters] };
      return {
        outputShape: [Math.ceil(height / spec.strides), Math.ceil(width / spec.strides), spec.filters],
        weights: [kernel, ...biasOf(spec.useBias, spec.filters)],
      };
    },
  },
  conv2dTranspose: {
    ...plain,
    products: (layer) => weightSize(layer, "kernel") * pixels(layer.inputShape), // each input pixel is spread over one kernel's worth
    infer(spec, { input }) {
      const [height, width, channels] = input;
      if (height === undefined || width === undefined || channels === undefined) return wantsImage(input);
      const kernel: WeightShape = { name: "kernel", shape: [spec.kernelSize, spec.kernelSize, spec.filters, channels] };
      return {
        outputShape: [height * spec.strides, width * spec.strides, spec.filters],
        weights: [kernel, ...biasOf(spec.useBias, spec.filters)],
      };
    },
  },
  batchNorm: {
    ...plain,
    mixesBatch: true,
    curved: true,
    keepsMoments: true,
    infer: (_spec, { input }) => scaledChannels(input),
  },
  layerNorm: { ...plain, curved: true, infer: (_spec, { input }) => scaledChannels(input) },
  dropout: { ...plain, infer: (_spec, { input }) => ({ outputShape: input }) },
  upsample: {
    ...plain,
    infer(_spec, { input }) {
      const [height, width, channels] = input;
      if (height === undefined || width === undefined || channels === undefined) return wantsImage(input);
      return { outputShape: [2 * height, 2 * width, channels] };
    },
  },
  reshape: {
    ...plain,
    infer(spec, { input, before }) {
      const wanted = size(spec.shape);
      const given = size(input);
      if (wanted === given) return { outputShape: spec.shape };
      const cure =
        before?.type === "dense"
          ? `set the dense layer before it to ${wanted} units.`
          : `choose a shape of ${given} values, or put a dense layer of ${wanted} units before it.`;
      return `wants ${wanted} values for ${shapeText(spec.shape)} but gets ${given}: ${cure}`;
    },
  },
  flatten: { ...plain, infer: (_spec, { input }) => ({ outputShape: [size(input)] }) },
  minibatchStdDev: {
    ...plain,
    mixesBatch: true,
    curved: true,
    infer: (_spec, { input }) => ({ outputShape: [...input.slice(0, -1), (input.at(-1) ?? 0) + 1] }),
  },
  pixelNorm: { ...plain, curved: true, infer: (_spec, { input }) => ({ outputShape: input }) },
  groupNorm: {
    ...plain,
    curved: true,
    infer({ groups }, { input }) {
      const channels = input.at(-1) ?? 0;
      if (channels % groups === 0) return scaledChannels(input);
      return `cannot share ${channels} channels out to ${groups} groups: choose a divisor of ${channels}.`;
    },
  },
  selfAttention: {
    ...plain,
    curved: true,
    products({ inputShape, weights }) {
      const count = pixels(inputShape);
      const [query = 0, value = 0] = ["query", "value"].map((name) => weights.find((w) => w.name === name)?.shape[1]);
      const own = weights.reduce((sum, weight) => sum + (weight.name === "scale" ? 0 : size(weight.shape)), 0);
      return count * own + count * count * (query + value); // four maps a pixel; scores and their use for every pair
    },
    infer(_spec, { input }) {
      if (input.length !== 3) return wantsImage(input);
      const channels = input.at(-1) ?? 0;
      const narrow = Math.max(1, Math.floor(channels / 8)); // as in SAGAN
      const half = Math.max(1, Math.floor(channels / 2)); // as in BigGAN
      return {
        outputShape: input,
        weights: [
          { name: "query", shape: [channels, narrow] },
          { name: "key", shape: [channels, narrow] },
          { name: "value", shape: [channels, half] },
          { name: "projection", shape: [half, channels] },
          { name: "scale", shape: [1] },
        ],
      };
    },
  },
  embedding: {
    ...plain,
    conditional: true,
    products: (layer) => weightSize(layer, "embedding"),
    infer({ units }, { input, condition }) {
      if (condition === 0) return NO_CONDITION;
      const outputShape = [...input.slice(0, -1), (input.at(-1) ?? 0) + units];
      return { outputShape, weights: [{ name: "embedding", shape: [condition, units] }] };
    },
  },
  conditionalBatchNorm: {
    ...plain,
    mixesBatch: true,
    curved: true,
    keepsMoments: true,
    conditional: true,
    products: (layer) => weightSize(layer, "gamma") + weightSize(layer, "beta"),
    infer: (_spec, { input, condition }) => (condition === 0 ? NO_CONDITION : scaledChannels(input, [condition])),
  },
  projection: {
    ...plain,
    conditional: true,
    products: (layer) => weightSize(layer, "kernel") + weightSize(layer, "projection") + size(layer.inputShape),
    infer(_spec, { input, condition }) {
      if (condition === 0) return NO_CONDITION;
      const [features = 0] = input;
      if (input.length !== 1) return `wants a flat input but gets ${shapeText(input)}: put a flatten layer before it.`;
      return {
        outputShape: [1],
        weights: [
          { name: "kernel", shape: [features, 1] },
          { name: "bias", shape: [1] },
          { name: "projection", shape: [condition, features] },
        ],
      };
    },
  },
  residual: {
    ...plain,
    // projected where there are fewer positions: it commutes with averaging and repeating them
    products: (layer) =>
      weightSize(layer, "projection") * Math.min(pixels(layer.inputShape), pixels(layer.outputShape)),
    infer(_spec, { input, inside }) {
      if (isSame(input, inside)) return { outputShape: inside };
      if (resizing(input, inside) === null) {
        return `cannot add its input ${shapeText(input)} to what its layers make of it, ${shapeText(inside)}: sides must be the same, or smaller or larger by one whole factor.`;
      }
      const projection: WeightShape = { name: "projection", shape: [input.at(-1) ?? 0, inside.at(-1) ?? 0] };
      return { outputShape: inside, weights: [projection] };
    },
  },
  skip: {
    ...plain,
    infer(_spec, { input, inside }) {
      if (isSame(input.slice(0, -1), inside.slice(0, -1))) {
        return { outputShape: [...inside.slice(0, -1), (input.at(-1) ?? 0) + (inside.at(-1) ?? 0)] };
      }
      return `cannot put its input ${shapeText(input)} beside what its layers make of it, ${shapeText(inside)}: only the number of channels may differ.`;
    },
  },
};

/** From positions to positions: each `factor` × `factor` averaged to one, or each repeated so often. */
export interface Resizing {
  readonly kind: "average" | "repeat";
  readonly factor: number;
}

/** How a shortcut gets from one shape's positions to another's; null where no whole factor leads there. */
export function resizing(from: Shape, to: Shape): Resizing | null {
  if (from.length !== to.length || (from.length !== 1 && from.length !== 3)) return null;
  if (from.length === 1) return { kind: "repeat", factor: 1 };
  const [height = 0, width = 0] = from;
  const [tall = 0, wide = 0] = to;
  const kind = height > tall ? "average" : "repeat";
  const factor = kind === "average" ? height / tall : tall / height;
  const fits = kind === "average" ? width === wide * factor : wide === width * factor;
  return Number.isInteger(factor) && fits ? { kind, factor } : null;
}

const isSame = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((side, i) => side === b[i]);

const NO_CONDITION = "wants a condition, such as a label, which this model does not give its network.";

const biasOf = (useBias: boolean | undefined, units: number): WeightShape[] =>
  useBias === false ? [] : [{ name: "bias", shape: [units] }];

/** A scale and a shift for each channel, and for each of the numbers before. */
function scaledChannels(input: Shape, before: Shape = []): Inferred {
  const shape = [...before, input.at(-1) ?? 0];
  return {
    outputShape: input,
    weights: [
      { name: "gamma", shape },
      { name: "beta", shape },
    ],
  };
}

function wantsImage(input: Shape): string {
  const side = Math.max(1, Math.round(Math.sqrt(size(input))));
  const square = side * side === size(input);
  return `wants an image [height, width, channels] but gets ${shapeText(input)}: put a reshape layer before it${
    square ? `, for example to [${side}, ${side}, 1]` : ""
  }.`;
}
