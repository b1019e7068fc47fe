/**
 * What a comparison of two arms shows, in words: what differs between them, and one plain sentence about what is
 * happening, from the latest numbers. No history, no findings about a single run.
 */
import { type ArmId, armLetter, type Experiment } from "../arms";
import { type ExperimentConfig, lossOf } from "../config";
import { formatNumber } from "../format";
import { LOSSES, type LossId, type LossInfo } from "../losses";
import { modelOf } from "../models";
import { differences, differenceText, settingName, settingText } from "./differences";

/** One arm at one moment. NaN stands for a number that no step of its own has computed yet. */
export interface ArmReading {
  readonly id: ArmId;
  readonly config: ExperimentConfig;
  readonly step: number;
  /** Why the arm was stopped, or null. */
  readonly stopped: string | null;
  /** L2 norm of G's gradients in the latest step. */
  readonly gGradNorm: number;
}

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

/** What to call each arm, by what sets it apart: "Minimax (saturating)", "learning rate of G 0.004"; "same as B" where nothing does. */
export function armTitles(experiment: Experiment): Readonly<Partial<Record<ArmId, string>>> {
  const [first, ...others] = experiment.arms;
  const own = others.map(({ config }) => differences(first.config, config).map(({ path }) => path));
  const all = [...new Set(own.flat())];
  const titles = experiment.arms.map(({ id, config }, i) => {
    const twin = experiment.arms.slice(0, i).find((arm) => differences(arm.config, config).length === 0);
    return [id, twin === undefined ? titleOf(config, own[i - 1] ?? all) : `same as ${armLetter(twin.id)}`];
  });
  return Object.fromEntries(titles);
}

function titleOf(config: ExperimentConfig, paths: readonly string[]): string {
  const texts = paths.flatMap((path) => {
    const value = settingText(config, path);
    if (value === null) return [];
    return [path === "model.loss" ? value : `${settingName(path)} ${value}`];
  });
  if (texts.length === 0) return gameName(config);
  const more = texts.length - MOST_IN_TITLE;
  return `${texts.slice(0, MOST_IN_TITLE).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** What one plays: the loss of the game, or the model where there is none. */
export function gameName(config: ExperimentConfig): string {
  const loss = lossOf(config);
  return loss === null ? modelOf(config).name : lossInfo(loss).name;
}

/** What an arm's weights at the start depend on besides the seed. */
const SHAPES_WEIGHTS = /model\.type|layers|initializer|latent\.size|dataset|packing/;

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

/** One plain sentence of what the latest numbers of two arms say. Its form does not change from one step to the next. */
export function comparisonSentence(a: ArmReading, b: ArmReading): string {
  const stopped = a.stopped !== null ? a : b.stopped !== null ? b : null;
  if (a.stopped !== null && b.stopped !== null) return "Both arms were stopped.";
  if (stopped !== null) return `Arm ${armLetter(stopped.id)} was stopped; the other one goes on alone.`;
  if (differences(a.config, b.config).length === 0) {
    return `Both arms have the same settings: every number must be identical. Change one setting of arm ${armLetter(b.id)}.`;
  }
  const [first, second] = [modelOf(a.config), modelOf(b.config)];
  if (first.judge === null || second.judge === null) {
    if (first.id === second.id) return `Both arms are a ${first.name}: watch how their samples and their quality part.`;
    return `Arm ${armLetter(a.id)} is a ${first.name}, arm ${armLetter(b.id)} a ${second.name}: each minimises something else, so compare their samples and their quality, not their losses.`;
  }
  if (!Number.isFinite(a.gGradNorm) || !Number.isFinite(b.gGradNorm)) {
    return Math.max(a.step, b.step) === 0
      ? "Both arms start from the same place. Press Train and watch the two gradients of G part."
      : `Arm ${armLetter(b.id)} begins at this step: it has no numbers of its own yet. Press Train and watch the two gradients of G part.`;
  }
  const other = comparedWith(a.gGradNorm, b.gGradNorm);
  const [lossA, lossB] = [lossOf(a.config), lossOf(b.config)];
  if (lossA !== null && lossB !== null && lossA !== lossB) {
    return `G's gradient is ${formatNumber(a.gGradNorm)} with the ${shortName(lossA)} loss and ${formatNumber(b.gGradNorm)} with the ${shortName(lossB)} one: ${other}.`;
  }
  return `G's gradient is ${formatNumber(a.gGradNorm)} in arm ${armLetter(a.id)} and ${formatNumber(b.gGradNorm)} in arm ${armLetter(b.id)}: ${other}.`;
}

/** "about as large", "30 times as large", "a thousand times smaller": the second against the first. */
function comparedWith(first: number, second: number): string {
  const [low, high] = first <= second ? [first, second] : [second, first];
  if (high === 0) return "both have vanished";
  if (low === 0) return `the ${first === 0 ? "first" : "second"} has vanished`;
  if (high / low < ALIKE) return "about as large";
  return `${timesWords(high / low)} ${second > first ? "as large" : "smaller"}`;
}

/** A factor as one says it, to one digit: minibatches scatter too much for more. Beyond a million a number tells nothing. */
export function timesWords(factor: number): string {
  if (factor >= 1e6) return "more than a million times";
  const rounded = Number(factor.toPrecision(1));
  if (rounded >= 1e6) return "a million times";
  if (rounded < 1000) return `${rounded} times`;
  const thousands = rounded / 1000;
  const count = { 1: "a", 10: "ten", 100: "a hundred" }[thousands] ?? String(thousands);
  return `${count} thousand times`;
}

/** How the clusters that two arms cover compare, as the end of the story; null where nothing is known of them. */
export function coverageSentence(a: ArmCoverage, b: ArmCoverage): string | null {
  if (a.clusters === null || b.clusters === null || a.of === 0) return null;
  const fakes = ({ name, clusters, of }: ArmCoverage) => `${name} covers ${clusters} of ${of} clusters`;
  return `${fakes(a)}, ${fakes(b)}.`;
}

/** What is known of the clusters that one arm's fakes cover. */
export interface ArmCoverage {
  /** What the arm is called: its title. */
  readonly name: string;
  readonly clusters: number | null;
  readonly of: number;
}
