/** Marks of clusters on the 2-D stage: a thin ring where one is still missed, a bright one where it is found. Drawing only. */
import type { RoleColors } from "../theme/colors";
import type { ClusterLight } from "./cluster-lights";

type Scale = (value: number) => number;

/** Radius of a ring, as a share of the plot's side and in CSS pixels. */
const SHARE = 0.028;
const LEAST = 6;
const SPARKS = 8;

export function drawClusters(
  context: CanvasRenderingContext2D,
  clusters: readonly ClusterLight[],
  x: Scale,
  y: Scale,
  side: number,
  colors: RoleColors,
): void {
  const radius = Math.max(LEAST, SHARE * side);
  for (const { x: cx, y: cy, found, age } of clusters) {
    const [px, py] = [x(cx), y(cy)];
    if (!found) {
      context.setLineDash([3, 3]);
      circle(context, px, py, radius, 1.25, colors.muted);
      context.setLineDash([]);
      continue;
    }
    circle(context, px, py, radius, 4, colors.surface);
    circle(context, px, py, radius, 2, colors.ink);
    if (age < 1) drawCelebration(context, px, py, radius, age, colors);
  }
}

/** A ring that opens and eight sparks that fly, fading. */
function drawCelebration(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  age: number,
  colors: RoleColors,
): void {
  const out = 1 - (1 - age) ** 3;
  context.globalAlpha = 1 - age;
  circle(context, x, y, radius * (1 + 1.6 * out), 3, colors.fake);
  context.strokeStyle = colors.real;
  context.lineWidth = 2.5;
  context.beginPath();
  for (let i = 0; i < SPARKS; i++) {
    const [dx, dy] = [Math.cos((2 * Math.PI * i) / SPARKS), Math.sin((2 * Math.PI * i) / SPARKS)];
    const [from, to] = [radius * (1.3 + 1.6 * out), radius * (1.6 + 2 * out)];
    context.moveTo(x + dx * from, y + dy * from);
    context.lineTo(x + dx * to, y + dy * to);
  }
  context.stroke();
  context.globalAlpha = 1;
}

function circle(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  width: number,
  color: string,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.lineWidth = width;
  context.strokeStyle = color;
  context.stroke();
}
