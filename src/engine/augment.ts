/**
 * Augmentation of what D sees (core/augment.ts), differentiable and the same list of operations at every step: what differs is drawn.
 * Flips and shifts are products with matrices of zeros and ones, cutout is a mask, so that gradients are those of plain products.
 */
import * as tf from "@tensorflow/tfjs";
import { AUGMENT_DRAWS, type Augment, type ImageAugment, imageAugment } from "../core/augment";
import { STREAMS, subStream, uniforms } from "../core/rng";
import type { TakeIn } from "./draws";

/** What augments a batch of images [batch, height, width, channels]; null for what is off. */
export interface AugmentFeed {
  /** [batch, 1, 1] each. */
  readonly colour: {
    readonly brightness: tf.Tensor;
    readonly saturation: tf.Tensor;
    readonly contrast: tf.Tensor;
  } | null;
  /** [batch, height, height]: rows of what D sees from rows of the image. */
  readonly rows: tf.Tensor | null;
  /** [batch, width · channels, width · channels]: columns of the image to columns of what D sees. */
  readonly columns: tf.Tensor | null;
  /** [batch, height, width · channels]: 0 where it is cut out. */
  readonly mask: tf.Tensor | null;
}

/** Fills `out` [batch, AUGMENT_DRAWS.length] with numbers uniform in (0, 1), the same ones for a step. */
export type AugmentNumbers = (out: Float32Array, step: number) => void;

/**
 * The numbers of a seed.
 * @param k tells updates of a step apart
 * @param part tells reals from fakes
 */
export function augmentNumbers(seed: number, k: number, part: number): AugmentNumbers {
  const stream = subStream(STREAMS.augment, k, part);
  return (out, step) => void uniforms(out, seed, stream, step);
}

/** @param shape of one image @returns null for points, and where all is off */
export function feedAugment(
  augment: Augment,
  batch: number,
  shape: readonly number[],
  draw: AugmentNumbers,
  take: TakeIn,
): AugmentFeed | null {
  const { flip, shift, colour, cutout } = augment;
  if (flip + shift + colour + cutout === 0 || shape.length !== 3) return null;
  const [height = 1, width = 1, channels = 1] = shape;
  const line = width * channels;
  const numbers = new Float32Array(batch * AUGMENT_DRAWS.length);
  /** A draw made of each image's augmentation. */
  const drawn = (size: readonly number[], write: (out: Float32Array, one: ImageAugment) => void) => {
    const each = size.reduce((a, b) => a * b, 1);
    return take({
      shape: [batch, ...size],
      fill(out, { step }) {
        draw(numbers, step);
        out.fill(0);
        for (let i = 0; i < batch; i++) {
          const own = (which: (typeof AUGMENT_DRAWS)[number]) =>
            numbers[i * AUGMENT_DRAWS.length + AUGMENT_DRAWS.indexOf(which)] ?? 0;
          write(out.subarray(i * each, (i + 1) * each), imageAugment(augment, own, height, width));
        }
      },
    });
  };
  const factor = (of: (one: ImageAugment) => number) => drawn([1, 1], (out, one) => void out.fill(of(one)));
  return {
    colour:
      colour === 0
        ? null
        : {
            brightness: factor((one) => one.brightness),
            saturation: factor((one) => one.saturation),
            contrast: factor((one) => one.contrast),
          },
    rows:
      shift === 0
        ? null
        : drawn([height, height], (out, { down }) => {
            for (let y = 0; y < height; y++) if (y + down >= 0 && y + down < height) out[y * height + y + down] = 1;
          }),
    columns:
      flip + shift === 0
        ? null
        : drawn([line, line], (out, { across, flipped }) => {
            for (let x = 0; x < width; x++) {
              const from = x + across;
              if (from < 0 || from >= width) continue;
              const source = flipped ? width - 1 - from : from;
              for (let c = 0; c < channels; c++) out[(source * channels + c) * line + x * channels + c] = 1;
            }
          }),
    mask:
      cutout === 0
        ? null
        : drawn([height, line], (out, { rows, columns }) => {
            out.fill(1);
            for (let y = rows[0]; y < rows[1]; y++) {
              out.fill(0, y * line + columns[0] * channels, y * line + columns[1] * channels);
            }
          }),
  };
}

/** Images [batch, height, width, channels] as D is to see them. */
export function augmented(x: tf.Tensor, feed: AugmentFeed | null): tf.Tensor {
  if (feed === null) return x;
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  let y = x;
  if (feed.colour !== null) {
    const { brightness, saturation, contrast } = feed.colour;
    // [batch, pixels, channels], so that each image's numbers and each pixel's mean stretch over what is theirs
    y = tf.add(tf.reshape(y, [batch, height * width, channels]), brightness);
    if (channels > 1) y = around(y, tf.mean(y, 2, true), saturation);
    y = around(y, tf.mean(tf.mean(y, 2, true), 1, true), contrast);
  }
  y = tf.reshape(y, [batch, height, width * channels]);
  if (feed.rows !== null) y = tf.matMul(feed.rows, y);
  if (feed.columns !== null) y = tf.matMul(y, feed.columns);
  if (feed.mask !== null) y = tf.mul(y, feed.mask);
  return tf.reshape(y, x.shape);
}

/** What is `factor` times as far from the middle. */
const around = (x: tf.Tensor, middle: tf.Tensor, factor: tf.Tensor): tf.Tensor =>
  tf.add(tf.mul(tf.sub(x, middle), factor), middle);
