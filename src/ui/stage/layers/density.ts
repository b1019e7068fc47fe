/** Contours of p_g: lines of equal density of the fakes, by Gaussian kernels. */
import { kernelDensityPlane, planeBandwidth, windowKernelDensity } from "../../../core/plane-density";
import { isWhole, type PlaneWindow } from "../../../core/plane-window";
import { contour, refine } from "../heat-map";
import type { StageLayer } from "./types";

const CELLS = 48;
const FINER = 2;
/** Shares of the highest density, a line each. */
const LEVELS = [0.5, 0.25, 0.125, 0.0625, 0.03125] as const;

interface Lines {
  readonly window: PlaneWindow;
  readonly size: number;
  readonly lines: readonly number[][];
}

interface Estimate {
  readonly bandwidth: number;
  /** Over the whole picture. */
  readonly cells: Float32Array;
  /** The highest density, which the lines are shares of wherever one looks. */
  readonly top: number;
}

/** The latest picture's: a redraw for another reason finds them here. */
const estimates = new WeakMap<Float32Array, Estimate>();
const drawn = new WeakMap<Float32Array, Lines>();

export const density: StageLayer = {
  place: "above",
  draw(context, { frame, window, rect }, colors) {
    const { size, lines } = linesOf(frame.fakes, frame.extent, window);
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

function linesOf(fakes: Float32Array, extent: number, window: PlaneWindow): Lines {
  const before = drawn.get(fakes);
  if (before !== undefined && before.window.half === window.half && before.window.x === window.x) {
    if (before.window.y === window.y) return before;
  }
  const { bandwidth, cells, top } = estimateOf(fakes, extent);
  const seen = isWhole(window, extent) ? cells : windowKernelDensity(fakes, window, CELLS, bandwidth);
  const { values, size } = refine(Float32Array.from(seen), CELLS, FINER);
  const lines = top === 0 ? [] : LEVELS.map((share) => contour(values, size, share * top));
  const made = { window, size, lines };
  drawn.set(fakes, made);
  return made;
}

function estimateOf(fakes: Float32Array, extent: number): Estimate {
  const before = estimates.get(fakes);
  if (before !== undefined) return before;
  const bandwidth = planeBandwidth(fakes);
  const cells = Float32Array.from(kernelDensityPlane(fakes, extent, CELLS, bandwidth));
  const top = refine(cells, CELLS, FINER).values.reduce((most, value) => Math.max(most, value), 0);
  const made = { bandwidth, cells, top };
  estimates.set(fakes, made);
  return made;
}
