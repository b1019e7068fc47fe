/** Makes a GIF that loops. Each frame has colours of its own, so that grey and few-coloured pictures stay as they are. */
import { applyPalette, GIFEncoder, quantize } from "gifenc";
import type { FilmShape } from "../protocol-media";
import type { FilmMaker } from "./film";

const MOST_COLOURS = 256; // the format's
/** GIF counts time in hundredths of a second; browsers slow down what is faster than two of them. */
const TICK_MS = 10;

export function makeGif({ width, height, framesPerSecond }: FilmShape): FilmMaker {
  const encoder = GIFEncoder();
  const delay = Math.max(2, Math.round(1000 / framesPerSecond / TICK_MS)) * TICK_MS;
  return {
    async add(pixels) {
      const palette = quantize(pixels, MOST_COLOURS);
      encoder.writeFrame(applyPalette(pixels, palette), width, height, { palette, delay });
    },
    async finish() {
      encoder.finish();
      return encoder.bytes();
    },
  };
}
