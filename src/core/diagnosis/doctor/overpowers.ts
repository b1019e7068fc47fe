/** D wins every time, and what G learns from has all but gone. */
import { lossOf } from "../../config";
import { formatNumber } from "../../format";
import { opinionOf } from "../../opinion";
import { addAugment, changePenalty, changeRate, hasFewImages, penaltyOf } from "./settings";
import type { Course, Evidence, Finding } from "./types";
import { median, recent, whole } from "./window";

/** D is right about so many of reals and of fakes. */
const RIGHT = 0.95;
/** G's gradient is this share of what it was at its strongest, or less. */
const GONE = 0.01;

export const overpowers: Finding = {
  name: "D overpowers G",
  level: "problem",
  why: "D learned faster than G and is right about almost every sample. Where D is sure it is flat, so its slope, the only thing that G learns from, is next to nothing.",
  term: "vanishingGradient",
  source: "Arjovsky and Bottou 2017, Towards principled methods for training GANs, section 2",
  link: "https://arxiv.org/abs/1701.04862",
  look: (course) => (lossOf(course.config) === "minimax" ? null : sureAndFlat(course)),
  remedy(config) {
    const augmented = hasFewImages(config) ? addAugment(config) : null;
    if (augmented !== null) return augmented;
    if (penaltyOf(config, "r1") === 0)
      return changePenalty(
        config,
        "r1",
        0.1,
        "Add the gradient penalty R1 with strength 0.1: it keeps D from getting steep and sure.",
      );
    return changeRate(config, "discriminator", 0.25);
  },
  gauge: gradientGauge,
};

/** The rule that this finding and the vanishing gradient share. */
export function sureAndFlat({ config, curves }: Course): readonly Evidence[] | null {
  if (!opinionOf(lossOf(config)).probability) return null;
  const [reals, fakes] = [median(recent(curves, "dReal")), median(recent(curves, "dFake"))];
  const [gradient, strongest] = [median(recent(curves, "gGradNorm")), Math.max(...whole(curves, "gGradNorm"))];
  if (!(reals > RIGHT && fakes < 1 - RIGHT && gradient < GONE * strongest)) return null;
  return [
    { name: "D(x) and D(G(z))", text: `${formatNumber(reals, 2)} and ${formatNumber(fakes, 2)}: D is sure of both` },
    {
      name: "G's gradient",
      text: `${formatNumber(gradient, 2)}, at its strongest it was ${formatNumber(strongest, 2)}`,
    },
  ];
}

export function gradientGauge({ curves }: Course) {
  const value = median(recent(curves, "gGradNorm"));
  if (Number.isNaN(value)) return null;
  return { name: "G's gradient norm", value, text: formatNumber(value, 2), better: "higher" } as const;
}
