/** D can only guess, but not because G is good: it learns too slowly to be a judge. */
import { formatNumber } from "../../format";
import { balanceOf } from "../../optimum";
import { shortfall } from "../../quality/measures";
import { changeRate, rateOf } from "./settings";
import type { Course, Evidence, Finding, Gauge } from "./types";
import { lastStep, median, recent, recentMeasure } from "./window";

/** It counts when it has lasted so many steps. */
const LASTING_STEPS = 1_000;
/** D's loss is this near to what guessing costs, nats. */
const NEAR = 0.05;
/** The most of the way from perfect to useless that is still fair. */
const FAR = 0.35;
/** In the second half of the stretch G is closer than in the first by less than this share. */
const CLOSER = 0.1;

export const weak: Finding = {
  name: "D is too weak",
  level: "problem",
  why: "D says one half to everything although the fakes are nowhere near the data: it lags behind. G follows a judge who cannot judge, so it learns nothing of use.",
  term: "discriminator",
  source: "Arjovsky, Chintala and Bottou 2017, Wasserstein GAN, section 3: train the critic till optimality",
  link: "https://arxiv.org/abs/1701.07875",
  look: (course) => guessesInVain(course, FAR),
  remedy(config) {
    const [d, g] = [rateOf(config, "discriminator"), rateOf(config, "generator")];
    return changeRate(config, "discriminator", d < g ? Math.max(4, g / d) : 4);
  },
  gauge: distanceGauge,
};

/** D guesses, G is far from the data and comes no closer. @param far of the way from perfect to useless */
export function guessesInVain(course: Course, far: number): readonly Evidence[] | null {
  const { config, curves, quality } = course;
  const balance = balanceOf(config.model);
  if (balance === null || quality === null || lastStep(curves) < LASTING_STEPS) return null;
  const loss = median(recent(curves, "dLoss"));
  const distances = recentMeasure(course, "slicedWasserstein", LASTING_STEPS, 4);
  const missing = distances.map((value) => shortfall("slicedWasserstein", value, quality.standards));
  if (missing.length < 4) return null;
  const middle = missing.length >> 1;
  const [first, last] = [mean(missing.slice(0, middle)), mean(missing.slice(middle))];
  const near = Math.abs(loss - balance.dLoss) < NEAR;
  if (!(near && Math.min(...missing) > far && last > (1 - CLOSER) * first)) return null;
  return [
    { name: "D's loss", text: `${formatNumber(loss)}, which is what guessing costs` },
    {
      name: "Distance",
      text: `${formatNumber(distances.at(-1) ?? Number.NaN, 2)}, real data read ${formatNumber(quality.standards.floor.slicedWasserstein ?? 0, 2)}`,
    },
  ];
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

export function distanceGauge({ quality }: Course): Gauge | null {
  const value = quality?.latest.slicedWasserstein;
  if (value === undefined) return null;
  return { name: "distance", value, text: formatNumber(value, 2), better: "lower" };
}
