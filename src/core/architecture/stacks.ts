/** The named stacks: ready pairs of generator and discriminator, as courses show them. Layer specs only. */
import type { LayerSpec } from "./layers";

export const STACK_IDS = [
  "toy",
  "toy-wide",
  "mlp-small",
  "mlp-batch-norm",
  "mlp-leaky",
  "dcgan-small",
  "dcgan-colour",
] as const;
export type StackId = (typeof STACK_IDS)[number];

export interface Stack {
  readonly name: string;
  readonly description: string;
  /** Which data the stack fits: points (1-D, 2-D) or images. */
  readonly kind: "points" | "images";
  /** Layers of G, from z [batch, latentSize] to [batch, ...dataShape]. */
  generator(dataShape: readonly number[], latentSize: number): LayerSpec[];
  /** Layers of D, from [batch, ...dataShape] to one logit [batch, 1]. */
  discriminator(dataShape: readonly number[], latentSize: number): LayerSpec[];
}

const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const leaky = (units: number): LayerSpec => ({ type: "dense", units, activation: "leakyRelu", alpha: 0.2 });
const logit: LayerSpec = { type: "dense", units: 1 };

/** @param generator the hidden layers of G; D has three of leaky ReLU */
const points = (name: string, description: string, width: number, generator: readonly LayerSpec[]): Stack => ({
  name,
  description,
  kind: "points",
  generator: ([dimension = 1]) => [...generator, { type: "dense", units: dimension }],
  discriminator: () => [leaky(width), leaky(width), leaky(width), logit],
});

/** Ends of an image generator made of dense layers: tanh into [-1, 1], then the image's shape. */
const imageEnd = (shape: readonly number[]): LayerSpec[] => [
  { type: "dense", units: product(shape), activation: "tanh" },
  { type: "reshape", shape: [...shape] },
];

const DROPOUT: LayerSpec = { type: "dropout", rate: 0.3 };

/** Doublings from the smallest map, at most 8 pixels a side, to the image. Sides are multiples of 4, as of all data here. */
function doublings(side: number): number {
  let count = 2;
  while (side / 2 ** count > 8 && (side / 2 ** count) % 2 === 0) count += 1;
  return count;
}

const COLOUR_FILTERS = 48;

/** PyTorch's BatchNorm1d, which courses use, has a smaller epsilon than our default, Keras's. */
const TORCH_EPSILON = 1e-5;

// tanh is odd and the first biases are 0, so G(-z) = -G(z): the first fakes lie evenly around the middle. Those of leaky
// ReLU leave whole directions empty, and the clusters that lie there are found late or never.
export const toyStack: Stack = points(
  "Toy",
  "Layers of 64, four of tanh in G and three of leaky ReLU in D: quick on any machine.",
  64,
  Array.from({ length: 4 }, () => ({ type: "dense", units: 64, activation: "tanh" }) as const),
);

export const STACKS = {
  toy: toyStack,
  "toy-wide": points("Toy, wide", "Three layers of 128, leaky ReLU: covers harder shapes.", 128, [
    leaky(128),
    leaky(128),
    leaky(128),
  ]),
  "mlp-small": {
    name: "Small MLP",
    description: "Two hidden layers of 128 and 256 units: digits within minutes on a laptop without a GPU.",
    kind: "images",
    generator: (shape) => [leaky(128), leaky(256), ...imageEnd(shape)],
    discriminator: () => [{ type: "flatten" }, leaky(256), leaky(128), logit],
  },
  "mlp-batch-norm": {
    name: "MLP, batch norm",
    description: "The GAN of many courses: G 256-512-1024 with batch norm and ReLU, D 1024-512-256 with dropout .3.",
    kind: "images",
    generator: (shape) => [
      ...[256, 512, 1024].flatMap((units): LayerSpec[] => [
        { type: "dense", units }, // the bias does nothing before batch norm; courses have it
        { type: "batchNorm", epsilon: TORCH_EPSILON, activation: "relu" },
      ]),
      ...imageEnd(shape),
    ],
    discriminator: () => [{ type: "flatten" }, ...[1024, 512, 256].flatMap((units) => [leaky(units), DROPOUT]), logit],
  },
  "mlp-leaky": {
    name: "MLP, leaky ReLU",
    description:
      "G 256-512-1024 with leaky ReLU and no batch norm, D 1024-512-256 with dropout .3 after the first two.",
    kind: "images",
    generator: (shape) => [leaky(256), leaky(512), leaky(1024), ...imageEnd(shape)],
    discriminator: () => [{ type: "flatten" }, leaky(1024), DROPOUT, leaky(512), DROPOUT, leaky(256), logit],
  },
  "dcgan-small": {
    name: "Small DCGAN",
    description: "Two strided convolutions a side, batch norm in G (Radford et al. 2016, scaled to small images).",
    kind: "images",
    generator: ([height = 28, width = 28, channels = 1]) => [
      { type: "dense", units: (height / 4) * (width / 4) * 64, useBias: false },
      { type: "batchNorm", activation: "relu" },
      { type: "reshape", shape: [height / 4, width / 4, 64] },
      { type: "conv2dTranspose", filters: 32, kernelSize: 4, strides: 2, useBias: false },
      { type: "batchNorm", activation: "relu" },
      { type: "conv2dTranspose", filters: channels, kernelSize: 4, strides: 2, activation: "tanh" },
    ],
    discriminator: () => [
      { type: "conv2d", filters: 32, kernelSize: 4, strides: 2, activation: "leakyRelu", alpha: 0.2 },
      { type: "conv2d", filters: 64, kernelSize: 4, strides: 2, activation: "leakyRelu", alpha: 0.2 },
      { type: "flatten" },
      logit,
    ],
  },
  "dcgan-colour": {
    name: "DCGAN for colour",
    description: "Half as wide again as the small one, and a convolution more for each doubling of the image above 32.",
    kind: "images",
    generator: ([height = 32, width = 32, channels = 3]) => {
      const count = doublings(Math.min(height, width));
      const base = [height / 2 ** count, width / 2 ** count, 2 * COLOUR_FILTERS] as const;
      return [
        { type: "dense", units: product(base), useBias: false },
        { type: "batchNorm", activation: "relu" },
        { type: "reshape", shape: [...base] },
        ...Array.from({ length: count - 1 }, (): LayerSpec[] => [
          { type: "conv2dTranspose", filters: COLOUR_FILTERS, kernelSize: 4, strides: 2, useBias: false },
          { type: "batchNorm", activation: "relu" },
        ]).flat(),
        { type: "conv2dTranspose", filters: channels, kernelSize: 4, strides: 2, activation: "tanh" },
      ];
    },
    discriminator: ([height = 32, width = 32]) => {
      const count = doublings(Math.min(height, width));
      return [
        ...Array.from({ length: count }, (_, i): LayerSpec => {
          const filters = COLOUR_FILTERS * (i === count - 1 ? 2 : 1);
          return { type: "conv2d", filters, kernelSize: 4, strides: 2, activation: "leakyRelu", alpha: 0.2 };
        }),
        { type: "flatten" },
        logit,
      ];
    },
  },
} satisfies Record<StackId, Stack>;
