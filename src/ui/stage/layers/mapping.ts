/** From z to x: the arrows of figure 1 of Goodfellow et al. 2014. Latents evenly apart above, where G sends them below. */
import type { StageLayer } from "./types";

/** The line of latents stands at this share of the plot's height above the line of samples. */
const HEIGHT = 0.24;
const HEAD = 4;

export const mapping: StageLayer = {
  place: "above",
  draw(context, { frame, rect, x }, colors) {
    const line = frame.views.mapping;
    if (line === undefined) return;
    const { reach, samples } = line;
    const bottom = rect.top + rect.height;
    const top = bottom - HEIGHT * rect.height;
    const [left, right] = [rect.left + 0.08 * rect.width, rect.left + 0.92 * rect.width];
    context.strokeStyle = colors.text.generator;
    context.fillStyle = colors.text.generator;
    context.lineWidth = 1.25;
    context.beginPath();
    context.moveTo(left, top);
    context.lineTo(right, top);
    context.stroke();
    context.font = "italic 13px serif";
    context.fillText("z", right + 5, top + 4);
    context.font = "10px sans-serif";
    context.textAlign = "center";
    for (const z of [-reach, 0, reach]) {
      context.fillText(String(z).replace("-", "−"), left + ((z + reach) / (2 * reach)) * (right - left), top - 4);
    }
    context.textAlign = "start";
    context.lineWidth = 0.9;
    context.globalAlpha = 0.75;
    context.beginPath();
    samples.forEach((sample, i) => {
      const from = left + (i / (samples.length - 1)) * (right - left);
      const to = x(sample);
      const length = Math.hypot(to - from, bottom - top);
      const [dx, dy] = [(to - from) / length, (bottom - top) / length];
      context.moveTo(from, top);
      context.lineTo(to, bottom);
      context.moveTo(to - HEAD * (dx + 0.6 * dy), bottom - HEAD * (dy - 0.6 * dx));
      context.lineTo(to, bottom);
      context.lineTo(to - HEAD * (dx - 0.6 * dy), bottom - HEAD * (dy + 0.6 * dx));
    });
    context.stroke();
    context.globalAlpha = 1;
  },
  legend: () => [{ mark: "arrow", role: "generator", text: "from z to G(z)" }],
};
