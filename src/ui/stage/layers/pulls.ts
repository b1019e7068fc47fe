/** Arrows on the fakes: where each loss of G would move them. Drawing only. */
import type { LossId } from "../../../core/losses";
import type { SamplePulls } from "../../../core/stage";
import type { RoleColors } from "../../theme/colors";
import type { StageLayer } from "./types";

/** The longest arrow, CSS pixels; all others are to its scale, so that a gradient that has vanished is seen to have. */
const LONGEST = 28;
/** Shorter than a line is wide: not drawn. */
const SHORTEST = 0.75;
const HEAD = 4;
/** Of the strongest loss's arrows so many may be longer: one outlier must not shrink the rest. */
const OUTLIERS = 0.05;

export const pulls: StageLayer = {
  place: "above",
  draw(context, { frame, at, loss }, colors) {
    if (frame.views.pulls !== undefined) drawArrows(context, frame.views.pulls, at, loss, colors);
  },
  legend: (several) => [
    { mark: "arrow", role: "generator", text: "the pull of its loss on a fake" },
    ...(several ? [{ mark: "outline-arrow", role: "neutral", text: "of the other loss" } as const] : []),
  ],
};

/**
 * @param at where the i-th fake lies, pixels
 * @param own the loss of this arm: drawn full, over the outlines of the others
 */
function drawArrows(
  context: CanvasRenderingContext2D,
  { losses, logits }: SamplePulls,
  at: (i: number) => readonly [number, number],
  own: LossId | null,
  colors: RoleColors,
): void {
  const dimension = (losses[0]?.arrows.length ?? 0) / Math.max(1, logits.length);
  const longest = Math.max(0, ...losses.map(({ arrows }) => longestArrow(arrows, dimension)));
  if (longest === 0) return;
  const scale = LONGEST / longest;
  const ordered = [...losses].sort((a, b) => Number(a.loss === own) - Number(b.loss === own));
  for (const { loss, arrows } of ordered) {
    const full = loss === own;
    context.strokeStyle = full ? colors.text.generator : colors.ink;
    context.lineWidth = full ? 1.5 : 1;
    context.setLineDash(full ? [] : [2, 2]);
    context.beginPath();
    for (let i = 0; i < logits.length; i++) {
      const dx = (arrows[i * dimension] ?? 0) * scale;
      const dy = dimension > 1 ? -(arrows[i * dimension + 1] ?? 0) * scale : 0;
      addArrow(context, at(i), dx, dy);
    }
    context.stroke();
  }
  context.setLineDash([]);
}

function addArrow(context: CanvasRenderingContext2D, [x, y]: readonly [number, number], dx: number, dy: number): void {
  const length = Math.hypot(dx, dy);
  if (!(length > SHORTEST)) return;
  const [endX, endY] = [x + dx, y + dy];
  const head = Math.min(HEAD, 0.5 * length) / length;
  context.moveTo(x, y);
  context.lineTo(endX, endY);
  context.moveTo(endX - head * (dx + 0.6 * dy), endY - head * (dy - 0.6 * dx));
  context.lineTo(endX, endY);
  context.lineTo(endX - head * (dx - 0.6 * dy), endY - head * (dy + 0.6 * dx));
}

/** The length of a loss's longest arrow but for outliers, in the units of the data; 0 where there is none. */
export function longestArrow(arrows: Float32Array, dimension: number): number {
  const lengths: number[] = [];
  for (let i = 0; i + dimension <= arrows.length; i += Math.max(1, dimension)) {
    const length = Math.hypot(...arrows.subarray(i, i + dimension));
    if (Number.isFinite(length)) lengths.push(length);
  }
  lengths.sort((a, b) => a - b);
  return lengths[Math.floor((1 - OUTLIERS) * (lengths.length - 1))] ?? 0;
}
