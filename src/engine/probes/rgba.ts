/** Image samples as bytes for a canvas. Numbers only. */

/**
 * RGBA bytes [count, height, width, 4] of samples [count, height, width, channels] whose values lie in `range`; one channel
 * is shown as grey. Values outside are clamped, what is not a number is black.
 */
export function toRgba(
  samples: Float32Array,
  channels: number,
  range: readonly [low: number, high: number] = [-1, 1],
): Uint8ClampedArray {
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

/**
 * The reverse: samples [count, height, width, channels] with values in `range`, of RGBA bytes; one channel is their lightness (the
 * luma of Rec. 601), which grey has in all three.
 */
export function fromRgba(
  bytes: Uint8ClampedArray,
  channels: number,
  range: readonly [low: number, high: number] = [-1, 1],
): Float32Array {
  const [low, high] = range;
  const scale = (high - low) / 255;
  const pixels = bytes.length / 4;
  const samples = new Float32Array(pixels * channels);
  const [red, green, blue] = [0.299, 0.587, 0.114];
  for (let i = 0; i < pixels; i++) {
    const [r = 0, g = 0, b = 0] = bytes.subarray(4 * i, 4 * i + 3);
    if (channels === 1) samples[i] = low + scale * (red * r + green * g + blue * b);
    else for (let c = 0; c < channels; c++) samples[i * channels + c] = low + scale * ([r, g, b][c] ?? 0);
  }
  return samples;
}
