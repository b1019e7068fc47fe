/** The final picture of one of many runs: fakes over the data, or the first images. A small canvas; the button around it has the name. */
import { useEffect, useRef } from "react";
import type { ExperimentConfig } from "../../core/config";
import type { RunPicture as Picture } from "../../worker/protocol-sweep";
import { realPoints } from "../stage/real-samples";
import type { RoleColors } from "../theme/colors";
import { smallCanvas } from "../theme/small-canvas";
import { useRoleColors } from "../theme/use-role-colors";

/** CSS pixels. */
const SIZE = 120;
const BINS = 40;
/** Images a side. */
const GRID = 4;
const DOT = 1.6;
const DOTS = 500;

interface Props {
  readonly picture: Picture;
  readonly config: ExperimentConfig;
}

export function RunPicture({ picture, config: { dataset, seed } }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colors = useRoleColors();
  useEffect(() => {
    const context = smallCanvas(canvas.current, SIZE);
    if (context === null) return;
    if (picture.kind === "images") drawImages(context, picture);
    else if (picture.dimension === 2) drawPlane(context, picture, realPoints(dataset, seed), colors);
    else drawLine(context, picture, realPoints(dataset, seed), colors);
  }, [picture, dataset, seed, colors]);
  return <canvas ref={canvas} style={{ width: SIZE, height: SIZE }} />;
}

type Points = Extract<Picture, { readonly kind: "points" }>;

function drawPlane(
  context: CanvasRenderingContext2D,
  { fakes, extent }: Points,
  reals: Float32Array | null,
  { real, fake }: RoleColors,
): void {
  const scale = SIZE / (2 * extent);
  const dots = (points: Float32Array, color: string) => {
    context.fillStyle = color;
    for (let i = 0; i < Math.min(DOTS, points.length / 2); i++) {
      const [x = 0, y = 0] = [points[2 * i], points[2 * i + 1]];
      context.fillRect((x + extent) * scale - DOT / 2, (extent - y) * scale - DOT / 2, DOT, DOT);
    }
  };
  if (reals !== null) dots(reals, real);
  dots(fakes, fake);
}

function drawLine(
  context: CanvasRenderingContext2D,
  { fakes, extent }: Points,
  reals: Float32Array | null,
  { real, fake }: RoleColors,
): void {
  const [of, against] = [shares(fakes, extent), reals === null ? [] : shares(reals, extent)];
  const highest = Math.max(...of, ...against, Number.MIN_VALUE);
  const width = SIZE / BINS;
  context.fillStyle = fake;
  for (const [i, share] of of.entries()) context.fillRect(i * width, SIZE * (1 - (0.9 * share) / highest), width, SIZE);
  context.strokeStyle = real;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const [i, share] of against.entries()) context.lineTo((i + 0.5) * width, SIZE * (1 - (0.9 * share) / highest));
  context.stroke();
}

function shares(points: Float32Array, extent: number): number[] {
  const counts = Array.from({ length: BINS }, () => 0);
  for (const x of points) {
    const bin = Math.floor(((x + extent) / (2 * extent)) * BINS);
    if (bin >= 0 && bin < BINS) counts[bin] = (counts[bin] ?? 0) + 1 / points.length;
  }
  return counts;
}

function drawImages(context: CanvasRenderingContext2D, picture: Extract<Picture, { readonly kind: "images" }>): void {
  const { height, width, fakes } = picture;
  const size = height * width * 4;
  const side = SIZE / GRID;
  const one = new OffscreenCanvas(width, height);
  const pixels = one.getContext("2d");
  if (pixels === null) return;
  context.imageSmoothingEnabled = false;
  for (let i = 0; i < Math.min(GRID * GRID, fakes.length / size); i++) {
    pixels.putImageData(new ImageData(fakes.slice(i * size, (i + 1) * size), width, height), 0, 0);
    context.drawImage(one, (i % GRID) * side, Math.floor(i / GRID) * side, side, side);
  }
}
