/** Good news: D can only guess because the fakes are as good as the reals, and nothing moves any more. */
import { lossOf } from "../../config";
import { formatNumber } from "../../format";
import { balanceOf } from "../../optimum";
import { MEASURES, type MeasureId, shortfall } from "../../quality/measures";
import type { Finding } from "./types";
import { lastStep, median, recent, recentMeasure } from "./window";

const LASTING_STEPS = 1_000;
/** The losses are this near to where they rest, nats. */
const NEAR = { d: 0.03, g: 0.06 } as const;
/** A measure moves by less than this over the stretch, as a share of the way from perfect to useless. */
const FLAT = 0.08;

export const equilibrium: Finding = {
  name: "Equilibrium",
  level: "good",
  why: "When the fakes are distributed as the data are, the best D says one half everywhere: D's loss is 2 ln 2, the non-saturating loss of G is ln 2, and neither player can gain by a change of its own.",
  term: "half",
  source: "Goodfellow et al. 2014, theorem 1",
  link: "https://arxiv.org/abs/1406.2661",
  look(course) {
    const { config, curves, quality } = course;
    const balance = balanceOf(config.model);
    if (balance === null || quality === null || lastStep(curves) < LASTING_STEPS) return null;
    const [d, g] = [median(recent(curves, "dLoss")), median(recent(curves, "gLoss"))];
    if (!(Math.abs(d - balance.dLoss) < NEAR.d)) return null;
    if (lossOf(config) === "non-saturating" && !(Math.abs(g - balance.gLoss) < NEAR.g)) return null;
    const ids = Object.keys(quality.latest) as MeasureId[];
    for (const id of ids) {
      const values = recentMeasure(course, id, LASTING_STEPS);
      const missing = values.map((value) => shortfall(id, value, quality.standards)).filter((x) => !Number.isNaN(x));
      if (missing.length < 2) return null;
      if (!(Math.max(...missing) <= MEASURES[id].good + FLAT)) return null;
      if (!(Math.max(...missing) - Math.min(...missing) < FLAT)) return null;
    }
    return [
      { name: "D's loss", text: `${formatNumber(d)}, at rest it is ${formatNumber(balance.dLoss)}` },
      { name: "Quality", text: `good by every measure, and flat for ${LASTING_STEPS} steps` },
    ];
  },
  remedy: () => null,
  gauge: () => null,
};
