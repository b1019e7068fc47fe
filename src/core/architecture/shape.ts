/** Shapes of examples and of weights. No inference: shapes.ts. */

/** Shapes are those of one example: [features] or [height, width, channels]; the batch axis is left out. */
export type Shape = readonly number[];

export const WEIGHT_NAMES = [
  "kernel",
  "bias",
  "gamma",
  "beta",
  "query",
  "key",
  "value",
  "projection",
  "scale",
  "embedding",
] as const;
export type WeightName = (typeof WEIGHT_NAMES)[number];

/**
 * A trainable tensor of a layer. Kernels: dense [in, out], conv2d HWIO, conv2dTranspose HWOI; an attention's four [in, out]. What
 * depends on the condition has a row for each of the condition's numbers.
 */
export interface WeightShape {
  readonly name: WeightName;
  readonly shape: Shape;
}

export const size = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);
/** A shape for people: "[28, 28, 1]". */
export const shapeText = (shape: Shape): string => `[${shape.join(", ")}]`;
