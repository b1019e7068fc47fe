/**
 * The marks of samples in the plane, drawn so that many pictures a second cost little: reals lie still and are kept as one picture, fakes and
 * their rims are filled. Without a graphics card a browser takes ten milliseconds a frame to stroke hundreds of small paths.
 */
import type { RoleColors } from "../theme/colors";
import type { Rect } from "./axes";

type Scale = (value: number) => number;

const CROSS = 3.2; // half size of a real's cross, CSS pixels
const DOT = 1.9; // radius of a fake's dot
const RIM = 0.7; // what its rim adds

interface Kept {
  readonly points: Float32Array;
  /** What else the picture depends on. */
  readonly key: string;
  readonly picture: HTMLCanvasElement;
}

/** The reals of each canvas as they were drawn last. */
const kept = new WeakMap<CanvasRenderingContext2D, Kept>();

/**
 * Reals [n, 2], data units, as crosses with a rim of the page's ground: they stay apart from each other and from a map of their own colour.
 * The context must be upright: scaled and moved only.
 * @param rect the plot, CSS pixels
 */
export function drawCrosses(
  context: CanvasRenderingContext2D,
  points: Float32Array,
  rect: Rect,
  x: Scale,
  y: Scale,
  colors: RoleColors,
): void {
  const { a, d, e, f } = context.getTransform();
  const [left, top] = [Math.floor(a * rect.left + e), Math.floor(d * rect.top + f)];
  const width = Math.ceil(a * (rect.left + rect.width) + e) - left;
  const height = Math.ceil(d * (rect.top + rect.height) + f) - top;
  const corners = [x(0), x(1), y(0), y(1)];
  const key = [a, d, e, f, left, top, width, height, ...corners, colors.plot, colors.real].join();
  let own = kept.get(context);
  if (own?.points !== points || own.key !== key) {
    const picture = own?.picture ?? document.createElement("canvas");
    Object.assign(picture, { width, height }); // clears it
    const inner = picture.getContext("2d");
    if (inner === null) return;
    inner.setTransform(a, 0, 0, d, e - left, f - top);
    strokeCrosses(inner, points, x, y, colors);
    own = { points, key, picture };
    kept.set(context, own);
  }
  context.save();
  context.resetTransform(); // in the canvas's own pixels, which the picture then hits exactly
  context.drawImage(own.picture, left, top);
  context.restore();
}

function strokeCrosses(
  context: CanvasRenderingContext2D,
  points: Float32Array,
  x: Scale,
  y: Scale,
  colors: RoleColors,
) {
  context.beginPath();
  for (let i = 0; i + 1 < points.length; i += 2) {
    const px = x(points[i] ?? 0);
    const py = y(points[i + 1] ?? 0);
    context.moveTo(px - CROSS, py - CROSS);
    context.lineTo(px + CROSS, py + CROSS);
    context.moveTo(px - CROSS, py + CROSS);
    context.lineTo(px + CROSS, py - CROSS);
  }
  context.lineCap = "butt";
  context.strokeStyle = colors.plot;
  context.globalAlpha = 0.5;
  context.lineWidth = 2.6;
  context.stroke();
  context.strokeStyle = colors.real;
  context.globalAlpha = 0.85;
  context.lineWidth = 1.2;
  context.stroke();
}

/** Fakes [n, 2], data units, as dots with a rim of the page's ground. All rims come first: none lies over another dot. */
export function drawDots(
  context: CanvasRenderingContext2D,
  points: ArrayLike<number>,
  x: Scale,
  y: Scale,
  fill: string,
  colors: RoleColors,
): void {
  fillCircles(context, points, x, y, DOT + RIM, colors.plot);
  fillCircles(context, points, x, y, DOT, fill);
}

function fillCircles(
  context: CanvasRenderingContext2D,
  points: ArrayLike<number>,
  x: Scale,
  y: Scale,
  radius: number,
  color: string,
): void {
  context.beginPath();
  for (let i = 0; i + 1 < points.length; i += 2) {
    const px = x(points[i] ?? 0);
    const py = y(points[i + 1] ?? 0);
    context.moveTo(px + radius, py);
    context.arc(px, py, radius, 0, 2 * Math.PI);
  }
  context.fillStyle = color;
  context.fill();
}
