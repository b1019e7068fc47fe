/** A small picture of a dataset: real samples from core's own samplers, in the colour of reals. Not the stage. */
import { useEffect, useRef } from "react";
import { type DatasetId, datasetOf, type PointDataset } from "../../core/datasets";
import { STREAMS } from "../../core/rng";
import { useRoleColors } from "../theme/use-role-colors";
import { MNIST_THUMBNAIL_SIZE, mnistThumbnail } from "./mnist-thumbnail";

const SIZE = 44; // CSS pixels
const POINTS = 500;
const LINE_SAMPLES = 4000;
const LINE_BINS = 40;
const SEED = 1; // a thumbnail looks the same every time

// The button around it carries the name; a canvas inside a button is presentational to screen readers anyway.
export function DatasetThumbnail({ id }: { id: DatasetId }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { real } = useRoleColors();
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    context.canvas.width = SIZE * ratio;
    context.canvas.height = SIZE * ratio;
    context.scale(ratio, ratio);
    context.fillStyle = real;
    const dataset = datasetOf(id);
    if (dataset.kind === "images") drawDigits(context);
    else if (dataset.dimension === 1) drawLine(context, dataset);
    else drawPlane(context, dataset);
  }, [id, real]);
  return <canvas ref={canvas} style={{ width: SIZE, height: SIZE, display: "block" }} />;
}

function drawPlane(context: CanvasRenderingContext2D, dataset: PointDataset): void {
  const samples = new Float32Array(2 * POINTS);
  dataset.sample(samples, SEED, STREAMS.view, 0);
  const scale = SIZE / (2 * dataset.extent);
  context.globalAlpha = 0.6;
  for (let i = 0; i < POINTS; i++) {
    const x = SIZE / 2 + (samples[2 * i] ?? 0) * scale;
    const y = SIZE / 2 - (samples[2 * i + 1] ?? 0) * scale;
    context.fillRect(x - 0.6, y - 0.6, 1.2, 1.2);
  }
}

function drawLine(context: CanvasRenderingContext2D, dataset: PointDataset): void {
  const samples = new Float32Array(LINE_SAMPLES);
  dataset.sample(samples, SEED, STREAMS.view, 0);
  const bins = new Float32Array(LINE_BINS);
  for (const x of samples) {
    const bin = Math.floor(((x + dataset.extent) / (2 * dataset.extent)) * LINE_BINS);
    if (bin >= 0 && bin < LINE_BINS) bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const tallest = Math.max(...bins);
  const width = SIZE / LINE_BINS;
  context.globalAlpha = 0.8;
  bins.forEach((count, i) => {
    const height = (count / tallest) * (SIZE - 10);
    context.fillRect(i * width, SIZE - 4 - height, width + 0.1, height);
  });
}

function drawDigits(context: CanvasRenderingContext2D): void {
  const pixel = SIZE / MNIST_THUMBNAIL_SIZE;
  mnistThumbnail().forEach((ink, i) => {
    context.globalAlpha = ink;
    const x = i % MNIST_THUMBNAIL_SIZE;
    context.fillRect(x * pixel, Math.floor(i / MNIST_THUMBNAIL_SIZE) * pixel, pixel, pixel);
  });
}
