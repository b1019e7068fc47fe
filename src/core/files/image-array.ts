/** Arrays of numbers as pictures: which dimension is what, and what the numbers mean. Whatever file they come from. */

export interface ImageArray {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** Picture i as RGBA bytes [height, width, 4]. */
  rgba(i: number): Uint8ClampedArray<ArrayBuffer>;
}

/** How many distinct numbers of an array are looked at to find what they mean. */
const LOOKED_AT = 100_000;

/**
 * [n, h, w], [n, h, w, c] or [n, c, h, w] with one, three or four channels. Numbers are bytes, or from 0 to 1, or from -1 to 1.
 * @throws Error in a sentence
 */
export function imagesOf(shape: readonly number[], data: ArrayLike<number>): ImageArray {
  const [count = 0, a = 0, b = 0, c = 1] = shape;
  const isChannels = (n: number) => n === 1 || n === 3 || n === 4;
  const first = shape.length === 4 && isChannels(a) && !isChannels(c);
  if ((shape.length !== 3 && shape.length !== 4) || (shape.length === 4 && !first && !isChannels(c))) {
    throw new Error(
      `An array of shape ${shape.join(" × ")} is no list of pictures: n × height × width is, or that with 1, 3 or 4 channels.`,
    );
  }
  const [height, width, channels] = first ? [b, c, a] : [a, b, c];
  if (count < 1 || height < 1 || width < 1) throw new Error("The array holds no pictures.");
  const size = height * width;
  const toByte = scaleOf(data);
  const at = (i: number, pixel: number, channel: number) =>
    toByte(data[i * size * channels + (first ? channel * size + pixel : pixel * channels + channel)] ?? 0);
  return {
    count,
    height,
    width,
    rgba(i) {
      const out = new Uint8ClampedArray(4 * size);
      for (let pixel = 0; pixel < size; pixel++) {
        for (let k = 0; k < 3; k++) out[4 * pixel + k] = at(i, pixel, channels < 3 ? 0 : k);
        out[4 * pixel + 3] = channels === 4 ? at(i, pixel, 3) : 255;
      }
      return out;
    },
  };
}

/** What turns a number of the array into one from 0 to 255, by the range that the numbers have. */
function scaleOf(data: ArrayLike<number>): (value: number) => number {
  if (data instanceof Uint8Array) return (value) => value;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const every = Math.max(1, Math.floor(data.length / LOOKED_AT));
  for (let i = 0; i < data.length; i += every) {
    low = Math.min(low, data[i] ?? 0);
    high = Math.max(high, data[i] ?? 0);
  }
  if (high > 1) return (value) => value;
  return low < 0 ? (value) => 127.5 * (value + 1) : (value) => 255 * value;
}
