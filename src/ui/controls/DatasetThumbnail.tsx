/** A small picture of a dataset: real samples in the colour of reals, or the first images of a set. Not the stage. */
import { useEffect, useRef } from "react";
import { useOwnPictures } from "../../client/pictures/use-own-pictures";
import { type DatasetId, datasetOf, type PointDataset } from "../../core/datasets";
import { STREAMS } from "../../core/rng";
import { smallCanvas } from "../theme/small-canvas";
import { useRoleColors } from "../theme/use-role-colors";

const SIZE = 44; // CSS pixels
const POINTS = 500;
const LINE_SAMPLES = 4000;
const LINE_BINS = 40;
const SEED = 1; // a thumbnail looks the same every time

// The button around it carries the name; a canvas inside a button is presentational to screen readers anyway.
export function DatasetThumbnail({ id }: { id: DatasetId }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { real } = useRoleColors();
  const kept = useOwnPictures((state) => state.kept.find((entry) => entry.id === id)?.thumbnail);
  useEffect(() => {
    const context = smallCanvas(canvas.current, SIZE);
    if (context === null) return;
    context.fillStyle = real;
    const dataset = datasetOf(id);
    if (dataset.kind === "images") {
      if (dataset.origin === null && kept === undefined) return; // another browser's own pictures
      const picture = new Image();
      picture.src = kept ?? `${dataset.path}/thumbnail.png`;
      let wanted = true;
      picture.decode().then(
        () => wanted && drawPicture(context, picture, dataset.origin !== null && dataset.shape[2] === 1),
        () => {}, // where it cannot be had the frame stays empty; the name is on the button
      );
      return () => {
        wanted = false;
      };
    }
    if (dataset.dimension === 1) drawLine(context, dataset);
    else drawPlane(context, dataset);
  }, [id, real, kept]);
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

/** The set's own picture: in its colours, or, where it is ink alone, in the colour of reals. */
function drawPicture(context: CanvasRenderingContext2D, picture: HTMLImageElement, ink: boolean): void {
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, 0, 0, SIZE, SIZE);
  if (!ink) return;
  context.globalCompositeOperation = "source-in";
  context.fillRect(0, 0, SIZE, SIZE);
}
