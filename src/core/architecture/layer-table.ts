/**
 * The table of layers: what each type does to shapes, which weights it has, what its products cost, and what others must know of it. To
 * add one: its spec in layers.ts, a row here, its maths in engine/layers/, and what the compiler then asks for.
 */
import { biasOf, isSame, keepingShape, NO_CONDITION, scaledChannels, wantsImage } from "./inference";
import { CONVOLUTION, INSIDE, type LayerEntry, pixels, plain, UNITS, weightSize } from "./layer-entry";
import {
  DEFAULT_BATCH_NORM_EPSILON,
  DEFAULT_CONDITIONAL_BATCH_NORM_EPSILON,
  DEFAULT_GROUP_NORM_EPSILON,
  DEFAULT_LAYER_NORM_EPSILON,
  type LayerType,
} from "./layers";
import { resizing } from "./resizing";
import { shapeText, size, type WeightShape } from "./shape";

export const LAYER_TABLE: { readonly [T in LayerType]: LayerEntry<T> } = {
  dense: {
    ...plain,
    name: "Dense",
    fresh: () => ({ type: "dense", units: 64, activation: "leakyRelu" }),
    sizes: [UNITS],

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
    name: "Conv 2-D",
    fresh: () => ({ type: "conv2d", filters: 32, kernelSize: 4, strides: 2, activation: "leakyRelu" }),
    sizes: CONVOLUTION,

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
    name: "Conv 2-D transposed",
    fresh: () => ({ type: "conv2dTranspose", filters: 32, kernelSize: 4, strides: 2, activation: "leakyRelu" }),
    sizes: CONVOLUTION,

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
    name: "Batch norm",
    fresh: () => ({ type: "batchNorm" }),
    epsilon: DEFAULT_BATCH_NORM_EPSILON,

    mixesBatch: true,
    curved: true,
    keepsMoments: true,
    infer: (_spec, { input }) => scaledChannels(input),
  },
  layerNorm: {
    ...plain,
    name: "Layer norm",
    fresh: () => ({ type: "layerNorm" }),
    epsilon: DEFAULT_LAYER_NORM_EPSILON,
    curved: true,
    infer: (_spec, { input }) => scaledChannels(input),
  },
  dropout: {
    ...plain,
    name: "Dropout",
    fresh: () => ({ type: "dropout", rate: 0.3 }),
    sizes: [{ key: "rate", words: "the dropout rate" }],
    infer: (_spec, { input }) => ({ outputShape: input }),
  },
  upsample: {
    ...plain,
    name: "Upsample ×2",
    fresh: () => ({ type: "upsample" }),

    infer(_spec, { input }) {
      const [height, width, channels] = input;
      if (height === undefined || width === undefined || channels === undefined) return wantsImage(input);
      return { outputShape: [2 * height, 2 * width, channels] };
    },
  },
  reshape: {
    ...plain,
    name: "Reshape",
    fresh: () => ({ type: "reshape", shape: [7, 7, 16] }),
    sizes: [{ key: "shape", kind: "sides", words: "the shape" }],

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
  flatten: {
    ...plain,
    name: "Flatten",
    fresh: () => ({ type: "flatten" }),
    infer: (_spec, { input }) => ({ outputShape: [size(input)] }),
  },
  minibatchStdDev: {
    ...plain,
    name: "Minibatch std dev",
    fresh: () => ({ type: "minibatchStdDev" }),

    mixesBatch: true,
    curved: true,
    infer: (_spec, { input }) => ({ outputShape: [...input.slice(0, -1), (input.at(-1) ?? 0) + 1] }),
  },
  pixelNorm: {
    ...plain,
    name: "Pixel norm",
    fresh: () => ({ type: "pixelNorm" }),
    curved: true,
    infer: (_spec, { input }) => ({ outputShape: input }),
  },
  groupNorm: {
    ...plain,
    name: "Group norm",
    fresh: () => ({ type: "groupNorm", groups: 8 }),
    sizes: [{ key: "groups", words: "the number of groups" }],
    epsilon: DEFAULT_GROUP_NORM_EPSILON,

    curved: true,
    infer({ groups }, { input }) {
      const channels = input.at(-1) ?? 0;
      if (channels % groups === 0) return scaledChannels(input);
      return `cannot share ${channels} channels out to ${groups} groups: choose a divisor of ${channels}.`;
    },
  },
  selfAttention: {
    ...plain,
    name: "Self-attention",
    fresh: () => ({ type: "selfAttention" }),

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
    name: "Label embedding",
    fresh: () => ({ type: "embedding", units: 16 }),
    sizes: [UNITS],

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
    name: "Conditional batch norm",
    fresh: () => ({ type: "conditionalBatchNorm" }),
    epsilon: DEFAULT_CONDITIONAL_BATCH_NORM_EPSILON,

    mixesBatch: true,
    curved: true,
    keepsMoments: true,
    conditional: true,
    products: (layer) => weightSize(layer, "gamma") + weightSize(layer, "beta"),
    infer: (_spec, { input, condition }) => (condition === 0 ? NO_CONDITION : scaledChannels(input, [condition])),
  },
  projection: {
    ...plain,
    name: "Label projection",
    fresh: () => ({ type: "projection" }),

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
    name: "Residual block",
    fresh: (input) => ({ type: "residual", layers: keepingShape(input) }),
    sizes: [INSIDE],

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
    name: "Skip connection",
    fresh: (input) => ({ type: "skip", layers: keepingShape(input) }),
    sizes: [INSIDE],

    infer(_spec, { input, inside }) {
      if (isSame(input.slice(0, -1), inside.slice(0, -1))) {
        return { outputShape: [...inside.slice(0, -1), (input.at(-1) ?? 0) + (inside.at(-1) ?? 0)] };
      }
      return `cannot put its input ${shapeText(input)} beside what its layers make of it, ${shapeText(inside)}: only the number of channels may differ.`;
    },
  },
};
