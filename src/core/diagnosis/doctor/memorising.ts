/** D knows its training images by heart: it tells them from others that are just as real. */
import type { AdversarialConfig } from "../../config";
import { formatNumber } from "../../format";
import { memoryGap } from "../../memory";
import { addAugment, changeInstanceNoise, changeRate, instanceNoiseOf } from "./settings";
import type { Finding, Gauge } from "./types";
import { lastStep, WINDOW_STEPS } from "./window";

/** Standard deviations between D's scores of training images and of images held back: 256 of each tell 0.1 from 0. */
const APART = 0.5;
/** Of noise that is put on everything D sees, in the data's units: enough to blur single pixels, not what the image shows. */
const NOISE = 0.1;

export const memorising: Finding = {
  name: "Memorising",
  level: "warning",
  why: "There are few training images for so large a D, or it has seen them too often: it learns them one by one instead of what they have in common. G can then only please it with copies of them. Images that were held back show it: they are as real, and D doubts them.",
  term: "memorising",
  source: "Karras et al. 2020, Training generative adversarial networks with limited data, section 2",
  link: "https://arxiv.org/abs/2006.06676",
  look({ curves, memory }) {
    if (memory === null || lastStep(curves) < WINDOW_STEPS) return null;
    const gap = memoryGap(memory);
    if (!(gap > APART)) return null;
    const { train, heldBack, nearest, among } = memory;
    const text = (value: number) => formatNumber(value, 2);
    return [
      {
        name: "D's score",
        text: `${text(train.mean)} of training images, ${text(heldBack.mean)} of images held back: ${text(gap)} standard deviations apart`,
      },
      {
        name: "Nearest training image",
        text: `${text(nearest.fakes)} from the fakes, ${text(nearest.heldBack)} from images held back (median, among ${among.toLocaleString("en")})`,
      },
    ];
  },
  remedy(config: AdversarialConfig) {
    const augmented = addAugment(config);
    if (augmented !== null) return augmented;
    if (instanceNoiseOf(config) === 0) {
      const words = `Add instance noise of ${NOISE}: what D sees is then never twice the same.`;
      return changeInstanceNoise(config, NOISE, words);
    }
    return changeRate(config, "discriminator", 0.25);
  },
  gauge({ memory }): Gauge | null {
    if (memory === null) return null;
    const value = memoryGap(memory);
    const text = `${formatNumber(value, 2)} standard deviations`;
    return { name: "D's gap between training images and others", value, text, better: "lower" };
  },
};
