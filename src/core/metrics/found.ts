/** From how many samples on a cluster or a class counts as found. By itself, since the page's first view lights up what is found. */

/** A cluster's threshold, of 2,500 samples: one lucky point is no captured mode. */
export const SOLID_MODE_SAMPLES = 20;

/** A class counts as found with this share of the samples that it would have if all were equally common. */
const FOUND_SHARE = 0.2;

/** How many of so many samples a class needs to count as found. */
export const foundCount = (samples: number, classes: number): number => Math.ceil((FOUND_SHARE * samples) / classes);
