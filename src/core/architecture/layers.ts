/**
 * Layer specifications: what a network is made of, and what the page says of its numbers. Schemas and types only; no tensors,
 * no shape inference.
 */
import * as v from "valibot";

export const ACTIVATIONS = ["linear", "relu", "leakyRelu", "tanh", "sigmoid", "elu", "softplus", "swish"] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/**
 * Kernel initialisers: Glorot uniform, He normal (gain √2), DCGAN's N(0, 0.02²), PyTorch's default U(±1/√fan in), and orthogonal
 * columns. Biases start at zero, but with PyTorch's they are drawn as the kernel is.
 */
export const INITIALIZERS = ["glorot", "he", "dcgan", "pytorch", "orthogonal"] as const;
export type InitializerId = (typeof INITIALIZERS)[number];

export const LAYER_TYPES = [
  "dense",
  "conv2d",
  "conv2dTranspose",
  "batchNorm",
  "layerNorm",
  "dropout",
  "upsample",
  "reshape",
  "flatten",
  "minibatchStdDev",
  "pixelNorm",
  "groupNorm",
  "selfAttention",
  "embedding",
  "conditionalBatchNorm",
  "projection",
  "residual",
  "skip",
] as const;
export type LayerType = (typeof LAYER_TYPES)[number];

/** What the page says of a number of layers, and how its control steps. */
export interface LayerNumber {
  readonly label: string;
  readonly definition: string;
  readonly step: number;
  readonly stepping: "linear" | "log";
}

/** By the schema's entry of the number. */
const NUMBERS = new Map<object, LayerNumber>();

/** A number that the page shows. */
function shown<S extends object>(
  entry: S,
  label: string,
  definition: string,
  step: number,
  stepping: LayerNumber["stepping"] = "linear",
): S {
  NUMBERS.set(entry, { label, definition, step, stepping });
  return entry;
}

const integer = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const real = (min: number, max: number) => v.pipe(v.number(), v.minValue(min), v.maxValue(max));

/** Turns a list of more than `max` away before anything in it is looked at, so that a list cannot cost more than its length. */
export function shortList(max: number) {
  return v.pipe(
    v.unknown(),
    v.check((input) => !Array.isArray(input) || input.length <= max),
  );
}

const activation = {
  activation: v.exactOptional(v.picklist(ACTIVATIONS)), // default linear; applied after the layer
  // default 0.2
  alpha: shown(v.exactOptional(real(0, 1)), "Leak α", "Slope of leaky ReLU for negative inputs.", 0.05),
};
const weights = {
  useBias: v.exactOptional(v.boolean()), // default true
  spectralNorm: v.exactOptional(v.boolean()), // default false; divides the kernel by its largest singular value
};
const kernel = {
  filters: shown(integer(1, 1024), "Filters", "How many channels the layer gives.", 8),
  kernelSize: shown(integer(1, 9), "Kernel size", "Side of the square that each output looks at, in pixels.", 1),
  strides: shown(
    integer(1, 4),
    "Stride",
    "Pixels from one window to the next: how much smaller (or, transposed, larger) the image gets. It should divide the kernel size, or a checkerboard shows.",
    1,
  ),
};
const units = (most: number) => shown(integer(1, most), "Units", "How many numbers the layer gives.", 8);
const epsilon = shown(
  v.exactOptional(real(1e-8, 1)),
  "ε",
  "Added to the variance, so that nothing is divided by zero.",
  1,
  "log",
);
const rate = shown(real(0, 0.95), "Rate", "Share of the inputs that are set to zero while training.", 0.1);
const groups = shown(
  integer(1, 1024),
  "Groups",
  "Groups of channels that are normalised together; a divisor of the channels.",
  1,
);

/** The layers inside another one. How many there may be in all: layerCount, and config.ts. */
const inside: v.GenericSchema<unknown, LayerSpec[]> = v.lazy(() => v.pipe(v.array(LayerSpecSchema), v.minLength(1)));

const simple = [
  v.object({ type: v.literal("dense"), units: units(65536), ...weights, ...activation }),
  v.object({ type: v.literal("conv2d"), ...kernel, ...weights, ...activation }),
  v.object({ type: v.literal("conv2dTranspose"), ...kernel, ...weights, ...activation }),
  v.object({ type: v.literal("batchNorm"), epsilon, ...activation }), // default 1e-3
  v.object({ type: v.literal("layerNorm"), epsilon, ...activation }), // default 1e-5
  v.object({ type: v.literal("dropout"), rate }),
  v.object({ type: v.literal("upsample"), ...activation }), // nearest neighbour, ×2
  v.object({ type: v.literal("reshape"), shape: v.pipe(shortList(3), v.array(integer(1, 65536)), v.minLength(1)) }),
  v.object({ type: v.literal("flatten") }),
  v.object({ type: v.literal("minibatchStdDev") }), // appends one channel: the minibatch's mean standard deviation
  v.object({ type: v.literal("pixelNorm"), ...activation }),
  // groups of channels that are normalised together; default epsilon 1e-5
  v.object({
    type: v.literal("groupNorm"),
    groups,
    epsilon,
    ...activation,
  }),
  v.object({ type: v.literal("selfAttention") }),
  // appends so many channels that are learned for each class
  v.object({ type: v.literal("embedding"), units: units(1024) }),
  v.object({ type: v.literal("conditionalBatchNorm"), epsilon, ...activation }), // default 1e-5
  v.object({ type: v.literal("projection") }), // a score of features that says how well they fit their class
] as const;

/** Its input plus what its layers make of it (He et al. 2016). */
interface ResidualSpec {
  type: "residual";
  layers: LayerSpec[];
  activation?: Activation;
  alpha?: number;
}
/** Its input beside what its layers make of it, as more channels: one in another is a U-Net (Ronneberger et al. 2015). */
interface SkipSpec {
  type: "skip";
  layers: LayerSpec[];
}

export type LayerSpec = v.InferOutput<(typeof simple)[number]> | ResidualSpec | SkipSpec;

/**
 * One layer. Tensors are [batch, ...shape]; images are NHWC; convolutions use "same" padding.
 * The format is that of the PyTorch fixtures, so a fixture's layers are valid specs.
 */
export const LayerSpecSchema = v.variant("type", [
  ...simple,
  v.object({ type: v.literal("residual"), layers: inside, ...activation }),
  v.object({ type: v.literal("skip"), layers: inside }),
]);
type SpecMap = { [T in LayerType]: Extract<LayerSpec, { type: T }> };
export type SpecOf<T extends LayerType> = SpecMap[T];

/** The numbers of a type of layer, by their names in the spec, in its order. */
export function layerNumbers(type: LayerType): readonly (readonly [key: string, LayerNumber])[] {
  const entries: Readonly<Record<string, object>> =
    LayerSpecSchema.options.find((option) => option.entries.type.literal === type)?.entries ?? {};
  return Object.entries(entries).flatMap(([key, entry]) => {
    const number = NUMBERS.get(entry);
    return number === undefined ? [] : [[key, number] as const];
  });
}

/** The layers with those inside them, each before its own. */
export function flatSpecs(layers: readonly LayerSpec[]): LayerSpec[] {
  return layers.flatMap((layer) => ("layers" in layer ? [layer, ...flatSpecs(layer.layers)] : [layer]));
}

/** How many layers unknown input has, those inside others counted; stops counting above `most`. Never recurses: depth is unknown too. */
export function layerCount(input: unknown, most: number): number {
  const lists: unknown[] = [input];
  let count = 0;
  for (let list = lists.pop(); list !== undefined && count <= most; list = lists.pop()) {
    if (!Array.isArray(list)) continue;
    count += list.length;
    if (count > most) break;
    for (const layer of list)
      if (typeof layer === "object" && layer !== null && "layers" in layer) lists.push(layer.layers);
  }
  return count;
}

export const DEFAULT_ALPHA = 0.2; // leakyRelu's slope in DCGAN (Radford et al. 2016, section 3)
export const DEFAULT_BATCH_NORM_EPSILON = 1e-3;
export const DEFAULT_LAYER_NORM_EPSILON = 1e-5;
export const DEFAULT_GROUP_NORM_EPSILON = 1e-5;
export const DEFAULT_CONDITIONAL_BATCH_NORM_EPSILON = 1e-5;
