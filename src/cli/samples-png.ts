/** A picture of generated samples as PNG bytes: a grid of images, or points on a plane. No canvas. */
import { encode } from "fast-png";
import type { Dataset } from "../core/datasets/types";

export const GRID = 8; // images a row, and rows at most
const ZOOM = 2; // pixels an image pixel
const SIDE = 512; // pixels of a plot's side
const FAKE = [230, 120, 20] as const; // orange, as everywhere

/** @param samples [n, ...shape], data scale. */
export function samplesPng(dataset: Dataset, samples: Float32Array): Uint8Array {
  return dataset.kind === "images"
    ? imageGrid(dataset.shape, samples)
    : plot(dataset.dimension, dataset.extent, samples);
}

function imageGrid([height, width, channels]: readonly [number, number, number], samples: Float32Array): Uint8Array {
  const rows = Math.min(GRID, Math.ceil(samples.length / (GRID * height * width * channels)));
  const [outWidth, outHeight] = [GRID * width * ZOOM, rows * height * ZOOM];
  const data = new Uint8Array(outWidth * outHeight * 3);
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      const [row, column] = [Math.floor(y / ZOOM), Math.floor(x / ZOOM)];
      const image = Math.floor(row / height) * GRID + Math.floor(column / width);
      const pixel = (image * height + (row % height)) * width + (column % width);
      for (let c = 0; c < 3; c++) {
        const value = samples[pixel * channels + Math.min(c, channels - 1)] ?? -1; // in [-1, 1]
        data[(y * outWidth + x) * 3 + c] = Math.max(0, Math.min(255, Math.round((value + 1) * 127.5)));
      }
    }
  }
  return encode({ width: outWidth, height: outHeight, data, channels: 3 });
}

/** 2-D: a dot a sample. 1-D: a histogram with a bar for each pixel column of four. */
function plot(dimension: 1 | 2, extent: number, samples: Float32Array): Uint8Array {
  const data = new Uint8Array(SIDE * SIDE * 3).fill(255);
  const paint = (x: number, y: number) => {
    if (x >= 0 && x < SIDE && y >= 0 && y < SIDE) data.set(FAKE, (y * SIDE + x) * 3);
  };
  const toPixel = (value: number) => Math.floor(((value + extent) / (2 * extent)) * SIDE);
  if (dimension === 2) {
    for (let i = 0; i + 1 < samples.length; i += 2) {
      const [x, y] = [toPixel(samples[i] ?? Number.NaN), SIDE - 1 - toPixel(samples[i + 1] ?? Number.NaN)];
      for (const [dx, dy] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ] as const)
        paint(x + dx, y + dy);
    }
  } else {
    const barWidth = 4;
    const bars = new Uint32Array(SIDE / barWidth);
    for (const value of samples) {
      const bar = Math.floor(toPixel(value) / barWidth);
      if (bar >= 0 && bar < bars.length) bars[bar] = (bars[bar] ?? 0) + 1;
    }
    const highest = Math.max(1, ...bars);
    for (let x = 0; x < SIDE; x++) {
      const top = SIDE - Math.round((0.95 * SIDE * (bars[Math.floor(x / barWidth)] ?? 0)) / highest);
      for (let y = top; y < SIDE; y++) paint(x, y);
    }
  }
  return encode({ width: SIDE, height: SIDE, data, channels: 3 });
}
