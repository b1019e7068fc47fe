/** Samples of image networks as bytes for a canvas. Numbers only. */

/**
 * RGBA bytes [count, height, width, 4] of samples [count, height, width, channels] whose values lie in `range`; one channel
 * is shown as grey. Values outside are clamped.
 */
export function toRgba(samples: Float32Array, channels: number, range: readonly [number, number]): Uint8ClampedArray {
  const [low, high] = range;
  const scale = 255 / (high - low);
  const pixels = samples.length / channels;
  const bytes = new Uint8ClampedArray(pixels * 4);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) {
      const value = samples[i * channels + (channels === 3 ? c : 0)] ?? low;
      bytes[4 * i + c] = (value - low) * scale;
    }
    bytes[4 * i + 3] = 255;
  }
  return bytes;
}
