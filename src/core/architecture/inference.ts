/** What several layers' shapes are inferred with: weights of channels, and sentences about inputs that do not fit. */
import type { LayerSpec } from "./layers";
import { type Shape, shapeText, size, type WeightShape } from "./shape";

/** What a layer gives: a shape, and the weights that it needs for it. */
export interface Inferred {
  readonly outputShape: Shape;
  readonly weights?: readonly WeightShape[];
}

export const isSame = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((side, i) => side === b[i]);

export const NO_CONDITION = "wants a condition, such as a label, which this model does not give its network.";

export const biasOf = (useBias: boolean | undefined, units: number): WeightShape[] =>
  useBias === false ? [] : [{ name: "bias", shape: [units] }];

/** A scale and a shift for each channel, and for each of the numbers before. */
export function scaledChannels(input: Shape, before: Shape = []): Inferred {
  const shape = [...before, input.at(-1) ?? 0];
  return {
    outputShape: input,
    weights: [
      { name: "gamma", shape },
      { name: "beta", shape },
    ],
  };
}

export function wantsImage(input: Shape): string {
  const side = Math.max(1, Math.round(Math.sqrt(size(input))));
  const square = side * side === size(input);
  return `wants an image [height, width, channels] but gets ${shapeText(input)}: put a reshape layer before it${
    square ? `, for example to [${side}, ${side}, 1]` : ""
  }.`;
}

/** Two layers that keep the input's shape, of the kind that its shape asks for. */
export function keepingShape(input: Shape): LayerSpec[] {
  const channels = Math.min(input.at(-1) ?? 1, 1024);
  if (input.length !== 3) {
    return [
      { type: "dense", units: channels, activation: "leakyRelu" },
      { type: "dense", units: channels },
    ];
  }
  return [
    { type: "conv2d", filters: channels, kernelSize: 3, strides: 1, activation: "leakyRelu" },
    { type: "conv2d", filters: channels, kernelSize: 3, strides: 1 },
  ];
}
