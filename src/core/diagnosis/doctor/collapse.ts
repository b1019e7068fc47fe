/** G makes a few kinds of samples well, and no others. */
import { formatNumber } from "../../format";
import { changePacking, packingOf } from "./settings";
import type { Course, Evidence, Finding, Gauge } from "./types";
import { median, recentMeasure } from "./window";

/** It counts when it has lasted so many steps: on its way to the data every G is in few places. */
const LASTING_STEPS = 1_000;
/** Clusters found, of those that there are, up to which it is a collapse: one of two is one. */
const FEW = 0.5;
/**
 * Share of the fakes on clusters, in the middle of the looks, above which G has arrived: before that it is on its way. A G that has
 * collapsed jumps to another cluster now and then, and a look may meet it between the two.
 */
const ARRIVED = 0.25;
/** The fakes' mean distance from each other, of the reals'. */
const ALIKE = 0.3;
/** Packing beyond this helps no more. */
const MOST_PACKED = 4;

export const collapse: Finding = {
  name: "Mode collapse",
  level: "problem",
  why: "D judges one sample at a time, so it never sees that all fakes are alike, and nothing pushes them apart. G gains most by making what fools D best just now, over and over.",
  term: "modeCollapse",
  source: "Lin et al. 2018, PacGAN: the power of two samples in generative adversarial networks",
  link: "https://arxiv.org/abs/1712.04086",
  look: (course) => fewClusters(course) ?? allAlike(course),
  remedy(config) {
    const packing = 2 * packingOf(config);
    if (packing > MOST_PACKED) return null;
    return changePacking(
      config,
      packing,
      `Let D judge ${packing} samples at once (packing), so that fakes that are alike give each other away.`,
    );
  },
  gauge,
};

function fewClusters(course: Course): readonly Evidence[] | null {
  const clusters = course.quality?.standards.clusters ?? 0;
  const found = recentMeasure(course, "modes20", LASTING_STEPS);
  const onTarget = recentMeasure(course, "highQuality", LASTING_STEPS);
  if (clusters < 2 || found.length < 2 || onTarget.length < 2) return null;
  const most = Math.max(...found);
  if (!(most <= FEW * clusters && median(onTarget) > ARRIVED)) return null;
  return [
    {
      name: "Clusters found",
      text: `${found.at(-1)} of ${clusters}, at most ${most} in the last ${LASTING_STEPS} steps`,
    },
    {
      name: "On target",
      text: `${Math.round(100 * median(onTarget))} % of the fakes, in the middle of these looks: G has arrived, but only there`,
    },
  ];
}

function allAlike(course: Course): readonly Evidence[] | null {
  const ratios = recentMeasure(course, "pairwiseDistanceRatio", LASTING_STEPS);
  if (ratios.length < 2 || !(Math.max(...ratios) < ALIKE)) return null;
  const text = `${formatNumber(ratios.at(-1) ?? 0, 2)} of the reals', for ${LASTING_STEPS} steps`;
  return [{ name: "Distance between fakes", text }];
}

function gauge({ quality }: Course): Gauge | null {
  const { modes20, pairwiseDistanceRatio } = quality?.latest ?? {};
  if (modes20 !== undefined) {
    const text = `${modes20} of ${quality?.standards.clusters}`;
    return { name: "clusters found", value: modes20, text, better: "higher" };
  }
  if (pairwiseDistanceRatio === undefined) return null;
  const text = formatNumber(pairwiseDistanceRatio, 2);
  return { name: "diversity", value: pairwiseDistanceRatio, text, better: "higher" };
}
