/** Contours of p_g: lines of equal density of the fakes, by Gaussian kernels. */
import { kernelDensityPlane } from "../../../core/plane-density";
import { contour, refine } from "../heat-map";
import type { StageLayer } from "./types";

const CELLS = 48;
const FINER = 2;
/** Shares of the highest density, a line each. */
const LEVELS = [0.5, 0.25, 0.125, 0.0625, 0.03125] as const;

/** The latest picture's lines: a redraw for another reason finds them here. */
const known = new WeakMap<Float32Array, { readonly size: number; readonly lines: readonly number[][] }>();

export const density: StageLayer = {
  place: "above",
  draw(context, { frame, rect }, colors) {
    const { size, lines } = linesOf(frame.fakes, frame.extent);
    const cell = rect.width / (size - 1);
    context.strokeStyle = colors.text.fake;
    lines.forEach((segments, i) => {
      context.lineWidth = 1.6 - 0.22 * i;
      context.globalAlpha = 1 - 0.13 * i;
      context.beginPath();
      for (let at = 0; at < segments.length; at += 4) {
        context.moveTo(rect.left + (segments[at] ?? 0) * cell, rect.top + (segments[at + 1] ?? 0) * cell);
        context.lineTo(rect.left + (segments[at + 2] ?? 0) * cell, rect.top + (segments[at + 3] ?? 0) * cell);
      }
      context.stroke();
    });
    context.globalAlpha = 1;
  },
  legend: () => [{ mark: "contour", role: "fake", text: "contours of p_g" }],
};

function linesOf(fakes: Float32Array, extent: number) {
  const found = known.get(fakes);
  if (found !== undefined) return found;
  const cells = Float32Array.from(kernelDensityPlane(fakes, extent, CELLS));
  const { values, size } = refine(cells, CELLS, FINER);
  const top = values.reduce((most, value) => Math.max(most, value), 0);
  const lines = top === 0 ? [] : LEVELS.map((share) => contour(values, size, share * top));
  const made = { size, lines };
  known.set(fakes, made);
  return made;
}
