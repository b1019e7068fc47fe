/**
 * The marks of samples in the plane, drawn so that many pictures a second cost little: reals lie still and are kept as one picture,
 * fakes are stamps of one dot. Without a graphics card a browser strokes hundreds of small paths for ten milliseconds a frame.
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
  unscaled(context, () => context.drawImage(own.picture, left, top));
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

/** Places within a pixel at which a stamp is kept, each way: a dot moves by no more than an eighth of a pixel. */
const PLACES = 4;

/** A dot at every place within a pixel, in squares of `side` pixels each; it stands in the pixel right below its square's middle. */
interface Stamp {
  readonly picture: HTMLCanvasElement;
  readonly side: number;
}

/** Of every radius and colour that is in use; a palette has few. */
const stamps = new Map<string, Stamp>();
const MOST_STAMPS = 300;

function stampOf(radius: number, color: string): Stamp {
  const key = `${radius} ${color}`;
  const known = stamps.get(key);
  if (known !== undefined) return known;
  const side = 2 * Math.ceil(radius) + 2;
  const picture = document.createElement("canvas");
  Object.assign(picture, { width: PLACES * side, height: PLACES * side });
  const context = picture.getContext("2d");
  if (context !== null) {
    context.fillStyle = color;
    for (let row = 0; row < PLACES; row++) {
      for (let column = 0; column < PLACES; column++) {
        const centre = (place: number) => place * side + side / 2 + (place + 0.5) / PLACES;
        context.beginPath();
        context.arc(centre(column), centre(row), radius, 0, 2 * Math.PI);
        context.fill();
      }
    }
  }
  if (stamps.size >= MOST_STAMPS) stamps.clear();
  const stamp = { picture, side };
  stamps.set(key, stamp);
  return stamp;
}

/** Fakes [n, 2], data units, as dots with a rim of the page's ground. The context must be upright: scaled and moved only. */
export function drawDots(
  context: CanvasRenderingContext2D,
  points: ArrayLike<number>,
  x: Scale,
  y: Scale,
  fill: string,
  colors: RoleColors,
): void {
  const { a, d, e, f } = context.getTransform();
  const { width, height } = context.canvas;
  const draw = (radius: number, color: string) => {
    const { picture, side } = stampOf(radius * a, color);
    for (let i = 0; i + 1 < points.length; i += 2) {
      const px = a * x(points[i] ?? 0) + e;
      const py = d * y(points[i + 1] ?? 0) + f;
      if (!(px > -side && py > -side && px < width + side && py < height + side)) continue;
      const [left, top] = [Math.floor(px), Math.floor(py)];
      const column = Math.floor((px - left) * PLACES);
      const row = Math.floor((py - top) * PLACES);
      const [fromX, fromY] = [column * side, row * side];
      context.drawImage(picture, fromX, fromY, side, side, left - side / 2, top - side / 2, side, side);
    }
  };
  // All rims first: none lies over another dot.
  unscaled(context, () => {
    draw(DOT + RIM, colors.plot);
    draw(DOT, fill);
  });
}

/** Draws in the canvas's own pixels, which pictures of them then hit exactly. */
function unscaled(context: CanvasRenderingContext2D, draw: () => void): void {
  context.save();
  context.resetTransform();
  draw();
  context.restore();
}
