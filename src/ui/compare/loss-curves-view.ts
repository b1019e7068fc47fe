/** Losses of G over a fake's logit, with each arm's fakes as dots on its own curve. Drawing and its scales; no React. */
import type { ArmId } from "../../core/arms";
import { roundTicks } from "../../core/format";
import { ARM_DASHES } from "../charts/arm-dashes";
import { crisp, drawFrame, drawXAxis, drawYAxis, linearScale, plotFont, type Rect } from "../stage/axes";
import type { RoleColors } from "../theme/colors";

export interface LossOfArm {
  readonly id: ArmId;
  readonly letter: string;
  /** The loss of one fake; null where it is no function of its logit. */
  readonly curve: ((logit: number) => number) | null;
  /** D's logits of some of the arm's fakes. */
  readonly logits: Float32Array;
}

/** Logits and losses beyond these are drawn at the edge: past them every curve of the 2014 paper is a straight line. */
const ENDS = [6, 12, 25, 50, 100] as const;
const DOT = 3;

/**
 * The smallest of the round ranges that holds nine tenths of the fakes: one far outlier must not squeeze the picture.
 * @param former what is shown now: it is kept until the fakes need clearly less, so that the scale does not tremble
 */
export function logitRange(arms: readonly Pick<LossOfArm, "logits">[], former: number): number {
  const sizes = arms.flatMap(({ logits }) => Array.from(logits, Math.abs)).filter(Number.isFinite);
  sizes.sort((a, b) => a - b);
  const most = sizes[Math.floor(0.9 * (sizes.length - 1))] ?? 0;
  const wanted = ENDS.find((end) => end >= most) ?? ENDS[ENDS.length - 1] ?? 100;
  return wanted < former && most > 0.4 * former ? former : wanted;
}

/** Draws into a canvas of width × height CSS pixels. */
export function drawLossCurves(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  arms: readonly LossOfArm[],
  range: number,
  colors: RoleColors,
): void {
  const rect: Rect = { left: 34, top: 8, width: Math.max(20, width - 44), height: Math.max(20, height - 44) };
  const x = linearScale(-range, range, rect.left, rect.left + rect.width);
  const y = linearScale(-range, range, rect.top + rect.height, rect.top);
  context.fillStyle = colors.plot;
  context.fillRect(rect.left, rect.top, rect.width, rect.height);
  context.strokeStyle = colors.line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(rect.left, crisp(y(0)));
  context.lineTo(rect.left + rect.width, crisp(y(0)));
  context.moveTo(crisp(x(0)), rect.top);
  context.lineTo(crisp(x(0)), rect.top + rect.height);
  context.stroke();

  context.save();
  context.beginPath();
  context.rect(rect.left, rect.top, rect.width, rect.height);
  context.clip();
  for (const arm of arms) drawCurve(context, rect, arm, range, y, colors);
  context.restore();
  const inside = (logit: number) => Math.min(range, Math.max(-range, logit));
  for (const arm of arms) drawDots(context, arm, inside, x, y, colors);

  drawFrame(context, rect, colors);
  drawXAxis(context, rect, { ticks: roundTicks(-range, range, 6), scale: x, title: "D's logit of a fake" }, colors);
  drawYAxis(context, rect, "left", { ticks: roundTicks(-range, range, 4), scale: y }, colors);
  context.font = plotFont(context);
  context.textBaseline = "top";
  context.fillStyle = colors.muted;
  context.textAlign = "left";
  context.fillText("← D: fake", rect.left + 2, rect.top + rect.height + 21);
}

type Scale = (value: number) => number;

function drawCurve(
  context: CanvasRenderingContext2D,
  rect: Rect,
  { id, letter, curve }: LossOfArm,
  range: number,
  y: Scale,
  colors: RoleColors,
): void {
  if (curve === null) return;
  context.strokeStyle = colors.generator;
  context.lineWidth = 2;
  context.setLineDash(ARM_DASHES[id].split(" ").filter(Boolean).map(Number));
  context.beginPath();
  for (let pixel = 0; pixel <= rect.width; pixel += 2) {
    const logit = -range + (2 * range * pixel) / rect.width;
    const at = [rect.left + pixel, y(Math.max(-2 * range, Math.min(2 * range, curve(logit))))] as const;
    if (pixel === 0) context.moveTo(...at);
    else context.lineTo(...at);
  }
  context.stroke();
  context.setLineDash([]);
  // The letter stands where the curve enters the picture.
  const start = y(Math.max(-range, Math.min(range, curve(-range))));
  context.font = `600 ${plotFont(context)}`;
  context.fillStyle = colors.text.generator;
  context.textAlign = "left";
  context.textBaseline = start < rect.top + 20 ? "top" : "bottom";
  context.fillText(letter, rect.left + 5 + 14 * (letter.charCodeAt(0) % 4), start + (start < rect.top + 20 ? 4 : -4));
}

function drawDots(
  context: CanvasRenderingContext2D,
  { id, curve, logits }: LossOfArm,
  inside: Scale,
  x: Scale,
  y: Scale,
  colors: RoleColors,
): void {
  if (curve === null) return;
  context.strokeStyle = colors.surface;
  context.fillStyle = colors.fake;
  context.lineWidth = 1;
  context.globalAlpha = 0.8;
  for (const logit of logits) {
    if (!Number.isFinite(logit)) continue;
    const [px, py] = [x(inside(logit)), y(inside(curve(logit)))];
    context.beginPath();
    mark(context, id, px, py);
    context.fill();
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** A shape for each arm: their colour is that of fakes. */
function mark(context: CanvasRenderingContext2D, id: ArmId, x: number, y: number): void {
  switch (id) {
    case "a":
      context.arc(x, y, DOT, 0, 2 * Math.PI);
      return;
    case "b":
      context.rect(x - DOT, y - DOT, 2 * DOT, 2 * DOT);
      return;
    case "c":
      polygon(context, x, y, 3, -Math.PI / 2);
      return;
    case "d":
      polygon(context, x, y, 4, 0);
      return;
    default:
      id satisfies never;
  }
}

function polygon(context: CanvasRenderingContext2D, x: number, y: number, corners: number, turn: number): void {
  for (let i = 0; i < corners; i++) {
    const angle = turn + (2 * Math.PI * i) / corners;
    const at = [x + 1.35 * DOT * Math.cos(angle), y + 1.35 * DOT * Math.sin(angle)] as const;
    if (i === 0) context.moveTo(...at);
    else context.lineTo(...at);
  }
  context.closePath();
}
