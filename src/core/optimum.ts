/**
 * What theory says of a game: the D that is best against a fixed G, and where the losses stand when D cannot tell. Says nothing
 * where a setting makes it untrue.
 */
import { sheatherJonesBandwidth } from "./bandwidth";
import { type AdversarialConfig, type ExperimentConfig, isAdversarial } from "./config";
import { kernelDensity, noisedDensity } from "./density";
import { isCrossEntropy, LOSSES } from "./losses";
import { judgesByClass } from "./models";

/** The settings that theory depends on. */
export type Game = Pick<AdversarialConfig["model"], "type" | "loss" | "labelSmoothing" | "instanceNoise" | "packing">;

/** Those of an experiment; null for models without a discriminator. */
export function gameOf(config: ExperimentConfig): Game | null {
  if (!isAdversarial(config)) return null;
  const { type, loss, labelSmoothing, instanceNoise, packing } = config.model;
  return { type, loss, labelSmoothing, instanceNoise, packing };
}

/**
 * D*(x) = s · p_data(x) / (p_data(x) + p_g(x)), the discriminator that is best against a fixed G; s is the target of one-sided
 * label smoothing. NaN where both densities are below `floor`: there D is never asked, and a ratio of two estimates near 0
 * is noise.
 * @see Goodfellow et al. 2014, proposition 1; Salimans et al. 2016, section 3.4
 */
export function optimalDiscriminator(
  pData: ArrayLike<number>,
  pG: ArrayLike<number>,
  floor = 1e-4,
  smoothing = 1,
): Float64Array {
  return Float64Array.from(pData, (data, i) => {
    const sum = data + (pG[i] ?? 0);
    return sum > floor ? (smoothing * data) / sum : Number.NaN;
  });
}

/**
 * Whether there is one function of a sample that D would best be: not with packing, where D judges several at once, and not where D
 * is told the class, by which it judges otherwise.
 */
export function hasOptimum(game: Game): boolean {
  return game.packing === 1 && LOSSES[game.loss].probability && !judgesByClass({ model: game });
}

/** Where both densities are below this share of the data's highest, D* would be a ratio of noise. */
const NOTHING = 0.01;

/**
 * D* on the grid of a picture, from the data's density and samples of G; null where there is none. With instance noise D sees
 * both through it, so D* is the ratio of the noised densities.
 */
export function drawnOptimum(
  game: Game,
  density: (x: number) => number,
  fakes: ArrayLike<number>,
  extent: number,
  count: number,
): Float64Array | null {
  if (!hasOptimum(game)) return null;
  const sigma = game.instanceNoise;
  const pData = noisedDensity(density, sigma, extent, count);
  const pG = kernelDensity(fakes, extent, count, Math.hypot(sheatherJonesBandwidth(fakes), sigma));
  const smoothing = isCrossEntropy(game.loss) ? game.labelSmoothing : 1;
  return optimalDiscriminator(pData, pG, NOTHING * Math.max(...pData), smoothing);
}

/** Where a game rests when D cannot tell reals from fakes. */
export interface Balance {
  /** D's output everywhere, s / 2. */
  readonly opinion: number;
  /** Loss of D, nats: 2 ln 2 without label smoothing. */
  readonly dLoss: number;
  /** Non-saturating loss of G, nats: ln 2 without label smoothing. */
  readonly gLoss: number;
}

/** The balance of a loss that D minimises as a cross-entropy; null for other losses. */
export function balanceOf({ loss, labelSmoothing: s }: Game): Balance | null {
  if (!isCrossEntropy(loss)) return null;
  const opinion = s / 2;
  const [real, fake] = [-Math.log(opinion), -Math.log(1 - opinion)];
  return { opinion, dLoss: s * real + (1 - s) * fake + fake, gLoss: real };
}

/** Whether D's loss is minus the value function of the 2014 paper, of what D is shown: with label smoothing it is another loss. */
export function isValueGame({ loss, labelSmoothing }: Game): boolean {
  return isCrossEntropy(loss) && labelSmoothing === 1;
}

/**
 * Whether that value bounds the Jensen-Shannon divergence of data and fakes from below. Instance noise only lowers the
 * divergence, so the bound stays one; with packing it is of packs, whose divergence is larger.
 */
export function boundsDivergence(game: Game): boolean {
  return isValueGame(game) && game.packing === 1;
}
