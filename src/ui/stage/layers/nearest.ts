/** Nearest reals: from each of some fakes to the real point that is next to it. Long lines are fakes that lie beside the data. */
import type { StageLayer } from "./types";

const SHOWN = 64;

export const nearest: StageLayer = {
  place: "below",
  draw(context, { frame: { fakes }, reals, x, y }, colors) {
    if (reals === null) return;
    context.strokeStyle = colors.text.real;
    context.globalAlpha = 0.8;
    context.lineWidth = 1;
    context.beginPath();
    for (let i = 0; i < 2 * SHOWN && i + 1 < fakes.length; i += 2) {
      const [fx, fy] = [fakes[i] ?? 0, fakes[i + 1] ?? 0];
      const k = nearestOf(reals, fx, fy);
      context.moveTo(x(fx), y(fy));
      context.lineTo(x(reals[k] ?? 0), y(reals[k + 1] ?? 0));
    }
    context.stroke();
    context.globalAlpha = 1;
  },
  legend: () => [{ mark: "line", role: "real", text: "to the nearest real point" }],
};

/** Index of the first number of the point next to (x, y). */
function nearestOf(points: Float32Array, x: number, y: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 1 < points.length; i += 2) {
    const distance = ((points[i] ?? 0) - x) ** 2 + ((points[i + 1] ?? 0) - y) ** 2;
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}
