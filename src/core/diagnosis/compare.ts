/**
 * What a comparison of two arms shows, in words: what differs between them, and one plain sentence about what is
 * happening, from the latest numbers. No history, no findings about a single run.
 */
import { type ArmId, armLetter, type Experiment } from "../arms";
import type { ExperimentConfig } from "../config";
import { formatNumber, formatProbability } from "../format";
import { LOSSES, type LossId, type LossInfo } from "../losses";
import { differences, differenceText, settingName, settingText } from "./differences";

/** One arm at one moment. NaN stands for a number that no step has computed yet. */
export interface ArmReading {
  readonly config: ExperimentConfig;
  readonly step: number;
  /** Why the arm was stopped, or null. */
  readonly stopped: string | null;
  /** Mean sigmoid(D(G(z))) and L2 norm of G's gradients in the latest step of G. */
  readonly dFake: number;
  readonly gGradNorm: number;
}

/** D rejects the fakes "with confidence" below this mean probability: the saturating loss's slope in b is D(G(z)) itself. */
const CONFIDENT = 0.1;
/** Gradients that differ by less than this factor are told as alike: minibatches scatter by as much. */
const ALIKE = 1.5;

const lossInfo = (id: LossId): LossInfo => LOSSES[id];

/** A loss's name inside a sentence: "the saturating loss". */
const SHORT_NAMES: Partial<Record<LossId, string>> = {
  minimax: "saturating",
  "non-saturating": "non-saturating",
};
const shortName = (id: LossId) => SHORT_NAMES[id] ?? lossInfo(id).name;

/** Settings in a title at most: a title is to be read at a glance. */
const MOST_IN_TITLE = 2;

/** What to call each arm, by what sets it apart: "Minimax (saturating)", "learning rate of G 0.004". */
export function armTitles(experiment: Experiment): Readonly<Partial<Record<ArmId, string>>> {
  const [first, ...others] = experiment.arms;
  const own = others.map(({ config }) => differences(first.config, config).map(({ path }) => path));
  const all = [...new Set(own.flat())];
  const titles = experiment.arms.map(({ id, config }, i) => [id, titleOf(config, own[i - 1] ?? all)]);
  return Object.fromEntries(titles);
}

function titleOf(config: ExperimentConfig, paths: readonly string[]): string {
  const texts = paths.flatMap((path) => {
    const value = settingText(config, path);
    if (value === null) return [];
    return [path === "loss" ? value : `${settingName(path)} ${value}`];
  });
  if (texts.length === 0) return lossInfo(config.loss).name;
  const more = texts.length - MOST_IN_TITLE;
  return `${texts.slice(0, MOST_IN_TITLE).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** What an arm's weights at the start depend on besides the seed. */
const SHAPES_WEIGHTS = /layers|initializer|latent\.size|dataset|packing/;

/** What differs, and what for that reason does not, as sentences. */
export function differenceSentence({ arms: [first, ...others] }: Experiment): string {
  const lists = others.map(({ id, config }) => ({ id, list: differences(first.config, config) }));
  const paths = lists.flatMap(({ list }) => list.map(({ path }) => path));
  if (paths.length === 0) return "All arms run the same experiment, so their numbers are the same too.";
  const told = lists.map(({ id, list }) =>
    list.length === 0 ? `${armLetter(id)} is the same` : `${armLetter(id)}: ${list.map(differenceText).join(", ")}`,
  );
  const shared = [
    ...(paths.some((path) => path === "seed" || SHAPES_WEIGHTS.test(path)) ? [] : ["weights at the start"]),
    ...(paths.some((path) => /^(seed|dataset|batchSize)$/.test(path)) ? [] : ["minibatches"]),
    ...(paths.some((path) => /^(seed|batchSize|latent\..*)$/.test(path)) ? [] : ["noise"]),
  ];
  const rest = shared.length === 0 ? "" : ` The same: ${shared.join(", ")}.`;
  return `Against A, ${told.join("; ")}.${rest}`;
}

/** One plain sentence of what the latest numbers of both arms say. */
export function comparisonSentence(a: ArmReading, b: ArmReading): string {
  const stopped = a.stopped !== null ? "A" : b.stopped !== null ? "B" : null;
  if (stopped !== null) return `Arm ${stopped} was stopped; the other one goes on alone.`;
  if (differences(a.config, b.config).length === 0) {
    return "Both arms have the same settings: every number must be identical. Choose another loss for arm B.";
  }
  if (!Number.isFinite(a.gGradNorm) || !Number.isFinite(b.gGradNorm)) {
    return "Both arms start from the same weights, minibatches and noise. Press Train and watch the two gradients of G part.";
  }
  if (Math.max(a.step, b.step) <= 1 && a.config.loss !== b.config.loss) {
    return `On the very same batch, ${lossSays(a)} and ${lossSays(b)}.`;
  }
  return a.config.loss === b.config.loss ? sameLoss(a, b) : twoLosses(a, b);
}

const lossSays = (arm: ArmReading) =>
  `the ${shortName(arm.config.loss)} loss gives G a gradient of ${formatNumber(arm.gGradNorm)}`;

function sameLoss(a: ArmReading, b: ArmReading): string {
  return `G's gradient is ${formatNumber(a.gGradNorm)} in arm A and ${formatNumber(b.gGradNorm)} in arm B${ratio(a, b)}.`;
}

function twoLosses(a: ArmReading, b: ArmReading): string {
  const [weak, strong] = a.gGradNorm <= b.gGradNorm ? [a, b] : [b, a];
  const gradients = `the ${shortName(weak.config.loss)} loss gives G a gradient of ${formatNumber(weak.gGradNorm)}, the ${shortName(strong.config.loss)} one ${formatNumber(strong.gGradNorm)}${ratio(weak, strong)}`;
  const probability = lossInfo(a.config.loss).probability && lossInfo(b.config.loss).probability;
  if (!probability || !Number.isFinite(weak.dFake)) return `${capital(gradients)}.`;
  if (weak.dFake < CONFIDENT && strong.dFake < CONFIDENT) {
    return `D rejects the fakes with confidence (${opinions(weak, strong)}): ${gradients}.`;
  }
  if (weak.dFake < CONFIDENT) {
    return `In the ${shortName(weak.config.loss)} arm D rejects the fakes (D(G(z)) = ${formatProbability(weak.dFake)}, in the other ${formatProbability(strong.dFake)}): ${gradients}.`;
  }
  return `D is not sure of the fakes (${opinions(weak, strong)}), so both losses still teach: ${gradients}.`;
}

function opinions(weak: ArmReading, strong: ArmReading): string {
  const [low, high] = [formatProbability(weak.dFake), formatProbability(strong.dFake)];
  return low === high ? `D(G(z)) = ${low}` : `D(G(z)) = ${low} and ${high}`;
}

/** " — 130 times more", or that the two are alike. */
function ratio(weak: ArmReading, strong: ArmReading): string {
  const low = Math.min(weak.gGradNorm, strong.gGradNorm);
  const high = Math.max(weak.gGradNorm, strong.gGradNorm);
  if (low === 0) return high === 0 ? " — both vanished" : " — the weaker one has vanished";
  const factor = high / low;
  if (factor < ALIKE) return " — about the same";
  return ` — ${factor < 10 ? factor.toFixed(1) : formatNumber(Number(factor.toPrecision(2)), 2)} times ${weak.gGradNorm <= strong.gGradNorm ? "more" : "less"}`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
