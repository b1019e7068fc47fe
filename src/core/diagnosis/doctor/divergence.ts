/** Numbers run away: steps are too large for the slopes that they meet. */
import { lossOf } from "../../config";
import { formatNumber } from "../../format";
import { opinionOf } from "../../opinion";
import { changeRates } from "./settings";
import type { Course, Evidence, Finding } from "./types";
import { median, recent, whole } from "./window";

/** A player's gradient, in multiples of its median over the run. */
const MANIFOLD = 100;
/** A logit of this size is a certainty of one in 10²¹. */
const SENSELESS_LOGIT = 50;

export const divergence: Finding = {
  name: "Divergence",
  level: "problem",
  why: "An update that is too large for the slope overshoots and lands where the slope is steeper, so the next one is larger still. It feeds itself until numbers have no end.",
  term: "learningRate",
  source: "Mescheder, Nowozin and Geiger 2017, The numerics of GANs",
  link: "https://arxiv.org/abs/1705.10461",
  look(course) {
    if (course.stopped !== null) return [{ name: "Stopped", text: course.stopped }];
    return steepGradient(course) ?? sureBeyondSense(course);
  },
  remedy: (config) => changeRates(config, 0.1),
  gauge({ curves }) {
    const value = median([...recent(curves, "gGradNorm"), ...recent(curves, "dGradNorm")]);
    return Number.isNaN(value)
      ? null
      : { name: "gradient norms", value, text: formatNumber(value, 2), better: "lower" };
  },
};

function steepGradient({ curves }: Course): readonly Evidence[] | null {
  for (const [reading, name] of [
    ["dGradNorm", "D's gradient"],
    ["gGradNorm", "G's gradient"],
  ] as const) {
    const [now, usual] = [median(recent(curves, reading)), median(whole(curves, reading))];
    const start = median(whole(curves, reading).slice(0, START_ROWS));
    const basis = Math.min(usual, Number.isNaN(start) ? usual : start);
    if (now > MANIFOLD * basis && now > LARGE)
      return [{ name, text: `${formatNumber(now, 2)}, ${Math.round(now / basis)} times what it was` }];
  }
  return null;
}

/** Rows at the beginning of a run: when it runs away soon, the median over the whole of it has run away too. */
const START_ROWS = 8;
/** Below this a gradient is not large, whatever it was before. */
const LARGE = 100;

function sureBeyondSense({ config, curves }: Course): readonly Evidence[] | null {
  if (!opinionOf(lossOf(config)).probability) return null;
  const [real, fake] = [median(recent(curves, "dLogitReal")), median(recent(curves, "dLogitFake"))];
  const most = Math.max(Math.abs(real), Math.abs(fake));
  if (!(most > SENSELESS_LOGIT)) return null;
  return [{ name: "D's logits", text: `${formatNumber(real, 2)} for reals, ${formatNumber(fake, 2)} for fakes` }];
}
