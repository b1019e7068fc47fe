/** What is on the stage in words, for those who do not see it. Pure; no React. */
import { sigmoid } from "../../core/density";
import { formatNumber, formatStep } from "../../core/format";
import { LOSSES } from "../../core/losses";
import type { Opinion } from "../../core/opinion";
import type { SamplePulls, StageFrame } from "../../core/stage";

/** A few sentences about a picture. */
export function describeFrame(frame: StageFrame, step: number, opinion: Opinion): string {
  const pulls = frame.kind === "images" ? undefined : frame.views.pulls;
  return pulls === undefined
    ? pictureWords(frame, step, opinion)
    : `${pictureWords(frame, step, opinion)} ${pullWords(pulls)}`;
}

/** How long the arrows are: what the eye compares. */
function pullWords({ logits, losses }: SamplePulls): string {
  const parts = losses.map(({ loss, arrows }) => {
    const dimension = Math.max(1, arrows.length / Math.max(1, logits.length));
    const lengths: number[] = [];
    for (let i = 0; i + dimension <= arrows.length; i += dimension) {
      lengths.push(Math.hypot(...arrows.subarray(i, i + dimension)));
    }
    lengths.sort((a, b) => a - b);
    return `${LOSSES[loss].name} ${formatNumber(lengths[Math.floor(lengths.length / 2)] ?? Number.NaN, 2)}`;
  });
  return `The median pull on a fake, by loss: ${parts.join(", ")}.`;
}

function pictureWords(frame: StageFrame, step: number, opinion: Opinion): string {
  const when = `Step ${formatStep(step)}.`;
  switch (frame.kind) {
    case "line": {
      const { mean, deviation } = moments(frame.fakes, 1, 0);
      return `${when} ${frame.fakes.length} generated numbers with mean ${formatNumber(mean)} and standard deviation ${formatNumber(deviation)}. ${judgedWords(frame, 1, opinion)}`;
    }
    case "plane": {
      const x = moments(frame.fakes, 2, 0);
      const y = moments(frame.fakes, 2, 1);
      return `${when} ${frame.fakes.length / 2} generated points around (${formatNumber(x.mean, 2)}, ${formatNumber(y.mean, 2)}), spread ${formatNumber(x.deviation, 2)} by ${formatNumber(y.deviation, 2)}. ${judgedWords(frame, 2, opinion)}`;
    }
    case "images": {
      if (frame.fakeLogits.length === 0) {
        const shown = frame.reals.length / (frame.height * frame.width * 4);
        const made = frame.fakes.length / (frame.height * frame.width * 4);
        return `${when} ${made} generated images beside ${shown} real ones${frame.remade === undefined ? "" : ", and these coded and made again"}.`;
      }
      const of = (logits: Float32Array) => opinion.format(mean(Array.from(logits, opinion.value)));
      return `${when} ${frame.fakeLogits.length} generated images beside ${frame.realLogits.length} real ones. D's mean ${opinion.probability ? "probability" : "score"} is ${of(frame.fakeLogits)} for the generated and ${of(frame.realLogits)} for the real ones.`;
    }
    default:
      return frame satisfies never;
  }
}

/** What a judge says over the picture; without one, how near copies are to what was coded. */
function judgedWords(
  { logits, pairs }: Extract<StageFrame, { kind: "line" | "plane" }>,
  dimension: 1 | 2,
  opinion: Opinion,
): string {
  if (logits.length > 0) return mapWords(logits, opinion);
  if (pairs === undefined) return "";
  const count = pairs.reals.length / dimension;
  const distances = Array.from({ length: count }, (_, i) => {
    const off = (axis: number) => (pairs.remade[i * dimension + axis] ?? 0) - (pairs.reals[i * dimension + axis] ?? 0);
    return Math.hypot(off(0), dimension === 2 ? off(1) : 0);
  });
  return `${count} real samples were coded and made again; a copy is ${formatNumber(mean(distances), 2)} away on average.`;
}

function mapWords(logits: Float32Array, opinion: Opinion): string {
  if (!opinion.probability) return "D is a critic here: its score has no fixed ends.";
  let least = 1;
  let most = 0;
  for (const logit of logits) {
    const value = sigmoid(logit);
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return `D's probability "real" goes from ${opinion.format(least)} to ${opinion.format(most)} over the picture.`;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Mean and standard deviation of column `offset` of rows of `stride` numbers. */
function moments(values: Float32Array, stride: number, offset: number): { mean: number; deviation: number } {
  const column: number[] = [];
  for (let i = offset; i < values.length; i += stride) column.push(values[i] ?? Number.NaN);
  const center = mean(column);
  return { mean: center, deviation: Math.sqrt(mean(column.map((value) => (value - center) ** 2))) };
}
