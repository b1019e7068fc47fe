/** Trails: the way that some of the fakes have come. Each fake is of one fixed latent, so a line is one sample's life. */
import type { StageLayer } from "./types";

/** As many lines as one can follow, and as many pictures back. */
const FOLLOWED = 40;
const PICTURES = 40;

interface Past {
  readonly frames: { readonly step: number; readonly points: Float32Array }[];
}
const pasts = new Map<string, Past>();

export const trails: StageLayer = {
  place: "below",
  draw(context, { frame, arm, step, x, y }, colors) {
    const { frames } = pastOf(arm, step, frame.fakes);
    context.strokeStyle = colors.text.fake;
    context.lineWidth = 1.2;
    for (let i = 1; i < frames.length; i++) {
      const [from, to] = [frames[i - 1]?.points, frames[i]?.points];
      if (from === undefined || to === undefined) continue;
      context.globalAlpha = 0.08 + (0.6 * i) / frames.length;
      context.beginPath();
      for (let k = 0; k < 2 * FOLLOWED; k += 2) {
        context.moveTo(x(from[k] ?? 0), y(from[k + 1] ?? 0));
        context.lineTo(x(to[k] ?? 0), y(to[k + 1] ?? 0));
      }
      context.stroke();
    }
    context.globalAlpha = 1;
  },
  legend: () => [{ mark: "trail", role: "fake", text: "where 40 fakes came from" }],
};

/** The pictures up to this one. A run that goes back, or another one, begins anew there. */
function pastOf(arm: string, step: number, fakes: Float32Array): Past {
  const past = pasts.get(arm) ?? { frames: [] };
  pasts.set(arm, past);
  while ((past.frames.at(-1)?.step ?? -1) > step) past.frames.pop();
  if (past.frames.at(-1)?.step === step) past.frames.pop(); // the same step, seen with other weights or another reach
  past.frames.push({ step, points: fakes.slice(0, 2 * FOLLOWED) });
  if (past.frames.length > PICTURES) past.frames.shift();
  return past;
}
