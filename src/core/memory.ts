/** What tells whether the networks know their training images by heart: how D judges them and images held back, how near the fakes come. */

export interface Memory {
  /** D's scores of training images and of images that were held back, both classes of real ones; logits. */
  readonly train: Scores;
  readonly heldBack: Scores;
  /** Median distances to the nearest training image, root mean square over pixels, in the data's units: of fakes, and of images held back. */
  readonly nearest: { readonly fakes: number; readonly heldBack: number };
  /** Training images among which the nearest were looked for, evenly spread over all. */
  readonly among: number;
}

export interface Scores {
  readonly mean: number;
  readonly deviation: number;
}

export function scoresOf(logits: ArrayLike<number>): Scores {
  const values = Array.from(logits);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { mean, deviation };
}

/** How far D's scores of training images lie above those of images held back, in standard deviations of both: 0 where D cannot tell. */
export function memoryGap({ train, heldBack }: Memory): number {
  const deviation = Math.sqrt((train.deviation ** 2 + heldBack.deviation ** 2) / 2);
  return deviation === 0 ? 0 : (train.mean - heldBack.mean) / deviation;
}
