/** Real points and what a model makes of their codes: a line from each to its copy, in the hue of its code's place. Drawing only. */
import type { RemadePoints } from "../../core/stage";
import type { RoleColors } from "../theme/colors";
import { latentHue } from "./latent-hue";

/** Half the height of a tick on the line, CSS pixels. */
const TICK = 4;

/** Lines from real points to their copies, in the plane. */
export function drawPlanePairs(
  context: CanvasRenderingContext2D,
  pairs: RemadePoints,
  x: (value: number) => number,
  y: (value: number) => number,
): void {
  context.lineWidth = 1.25;
  eachPair(pairs, 2, (real, copy, hue) => {
    context.strokeStyle = hue;
    context.beginPath();
    context.moveTo(x(real[0] ?? 0), y(real[1] ?? 0));
    context.lineTo(x(copy[0] ?? 0), y(copy[1] ?? 0));
    context.stroke();
  });
}

/**
 * Numbers have no second direction for a line: reals are ticks at one height, their copies at another, and lines lead from one to the other.
 * @param reals height of the reals' ticks, CSS pixels from the top
 * @param copies of the copies' ticks
 */
export function drawLinePairs(
  context: CanvasRenderingContext2D,
  pairs: RemadePoints,
  x: (value: number) => number,
  { reals, copies }: { readonly reals: number; readonly copies: number },
  colors: RoleColors,
): void {
  context.lineWidth = 1.25;
  eachPair(pairs, 1, (real, copy, hue) => {
    const [from, to] = [x(real[0] ?? 0), x(copy[0] ?? 0)];
    stroke(context, hue, [from, reals - TICK], [to, copies + TICK]);
    stroke(context, colors.real, [from, reals + TICK], [from, reals - TICK]);
    stroke(context, colors.fake, [to, copies + TICK], [to, copies - TICK]);
  });
}

type Place = readonly [x: number, y: number];

function stroke(context: CanvasRenderingContext2D, color: string, from: Place, to: Place): void {
  context.strokeStyle = color;
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

function eachPair(
  { reals, remade, codes }: RemadePoints,
  dimension: 1 | 2,
  draw: (real: Float32Array, copy: Float32Array, hue: string) => void,
): void {
  const count = reals.length / dimension;
  const latent = codes.length / Math.max(1, count);
  for (let i = 0; i < count; i++) {
    const of = (points: Float32Array, size: number) => points.subarray(i * size, (i + 1) * size);
    draw(of(reals, dimension), of(remade, dimension), latentHue(of(codes, latent), 0.9));
  }
}
