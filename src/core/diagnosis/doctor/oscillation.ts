/** G goes from cluster to cluster instead of covering them: the two players chase each other. */

import { formatNumber } from "../../format";
import { shortfall } from "../../quality/measures";
import { rateFactor } from "../../schedule";
import { changePenalty, changeRates, penaltyOf } from "./settings";
import type { Course, Evidence, Finding } from "./types";
import { lastStep, recentMeasure } from "./window";

/** Looks and steps that it has to go on for. */
const LOOKS = 5;
const LASTING_STEPS = 1_000;
/** Of every run, in which G looks for the data and nothing can be said of circling. */
const BEGINNING = 500;
/** Share of the fakes that are in other clusters than at the look before. */
const MOVED = 0.5;
/** Of the way from perfect to useless: how far away G stays on average, and how far it moves from look to look. */
const FAR = 0.3;
const SWING = 0.1;
/**
 * Learning rates that fall damp the circling by themselves: while they are above this share of the first ones, and will be below it, a G
 * that comes near the data now and then is left to them. One that never comes near has lost its way at any rate.
 */
const SMALL_RATE = 0.2;
/** Of the looks, so many at which it turned round. */
const TURNS = 0.35;
/** Samples in clusters at all, of 2,500, below which nothing is said. */
const FEWEST = 500;

export const oscillation: Finding = {
  name: "Oscillation",
  level: "problem",
  why: "Gradient steps of two players against each other need not come to rest: they can circle around the balance. G moves to where D does not look, D follows, and G moves on. Steeper turns are damped by a penalty on D's slope at the reals.",
  term: "gradientPenalty",
  source: "Mescheder, Geiger and Nowozin 2018, Which training methods for GANs do actually converge?",
  link: "https://arxiv.org/abs/1801.04406",
  look: (course) =>
    lastStep(course.curves) < BEGINNING + LASTING_STEPS ? null : (changesClusters(course) ?? swings(course)),
  remedy(config) {
    if (penaltyOf(config, "r1") === 0)
      return changePenalty(
        config,
        "r1",
        0.1,
        "Add the gradient penalty R1 with strength 0.1, which damps the circling.",
      );
    return changeRates(config, 0.5);
  },
  gauge({ quality }) {
    const value = quality?.latest.slicedWasserstein;
    return value === undefined ? null : { name: "distance", value, text: formatNumber(value, 2), better: "lower" };
  },
};

/** G has arrived, but each time at other clusters. */
function changesClusters(course: Course): readonly Evidence[] | null {
  const moved = movedShares(course);
  if (moved === null || !(Math.min(...moved) > MOVED)) return null;
  const text = `${Math.round(100 * mean(moved))} % between two looks, ${moved.length} times in a row`;
  return [{ name: "Fakes that changed clusters", text }];
}

/** G comes and goes without arriving: its distance to the data rises and falls, and stays large. */
function swings(course: Course): readonly Evidence[] | null {
  const { quality } = course;
  const distances = recentMeasure(course, "slicedWasserstein", LASTING_STEPS, LOOKS + 1);
  if (quality === null || distances.length <= LOOKS) return null;
  const missing = distances.map((value) => shortfall("slicedWasserstein", value, quality.standards));
  const steps = missing.slice(1).map((value, i) => value - (missing[i] ?? value));
  const turns = steps.slice(1).filter((step, i) => step * (steps[i] ?? 0) < 0).length;
  const size = mean(steps.map(Math.abs));
  if (!(mean(missing) > FAR && size > SWING && turns >= TURNS * (steps.length - 1))) return null;
  if (Math.min(...missing) <= FAR && willBeDamped(course)) return null;
  const [least, most] = [Math.min(...distances), Math.max(...distances)];
  return [
    {
      name: "Distance",
      text: `between ${formatNumber(least, 2)} and ${formatNumber(most, 2)}, up and down ${turns} times`,
    },
  ];
}

/** Whether the schedule of the learning rates has yet to make steps small. */
function willBeDamped({ config: { schedule }, curves }: Course): boolean {
  const [now, last] = [rateFactor(schedule, lastStep(curves)), rateFactor(schedule, schedule.steps)];
  return now > SMALL_RATE && last <= SMALL_RATE;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Between each two of the latest looks, the share of fakes that are elsewhere (total variation); null before enough of them. */
function movedShares({ counts, curves }: Course): readonly number[] | null {
  const from = lastStep(curves) - LASTING_STEPS;
  const latest = counts.filter((look, i) => look.step >= from || i >= counts.length - LOOKS - 1);
  if (latest.length <= LOOKS || (latest[0]?.step ?? 0) > from) return null;
  const shares = latest.map(({ counts: each }) => {
    const total = each.reduce((sum, count) => sum + count, 0);
    return total < FEWEST ? null : each.map((count) => count / total);
  });
  if (shares.some((share) => share === null)) return null;
  return shares.slice(1).map((after, i) => {
    const before = shares[i];
    return 0.5 * (after ?? []).reduce((sum, share, k) => sum + Math.abs(share - (before?.[k] ?? 0)), 0);
  });
}
