/**
 * What a comparison of two arms shows, in words: what differs between them, and one plain sentence about what is
 * happening, from the latest numbers. No history, no findings about a single run.
 */
import type { ExperimentConfig } from "../config";
import { formatNumber, formatProbability } from "../format";
import { LOSSES, type LossId, type LossInfo } from "../losses";

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

/** Top-level parts of an experiment by the names that the page gives them. */
const PARTS: Readonly<Record<keyof ExperimentConfig, string>> = {
  seed: "seed",
  dataset: "dataset",
  latent: "latent",
  batchSize: "batch size",
  discriminatorSteps: "D steps per G step",
  loss: "generator loss",
  generator: "generator",
  discriminator: "discriminator",
  penalties: "penalties",
  labelSmoothing: "label smoothing",
  instanceNoise: "instance noise",
  packing: "packing",
  unrolledSteps: "unrolled steps",
  schedule: "schedule",
};

/** Names of the parts in which two experiments differ, in the order of the experiment panel; empty when they are the same. */
export function differences(a: ExperimentConfig, b: ExperimentConfig): string[] {
  const names: string[] = [];
  for (const [key, name] of Object.entries(PARTS)) {
    if (JSON.stringify(part(a, key)) !== JSON.stringify(part(b, key))) names.push(name);
  }
  return names;
}

function part(config: ExperimentConfig, key: string): unknown {
  return Object.entries(config).find(([name]) => name === key)?.[1];
}

/** What to call each arm, by what sets it apart: ["Non-saturating", "Minimax (saturating)"] or ["batch size 64", ...]. */
export function armTitles(a: ExperimentConfig, b: ExperimentConfig): readonly [string, string] {
  const [first, ...more] = differences(a, b);
  if (first === undefined) return [lossInfo(a.loss).name, lossInfo(b.loss).name];
  if (a.loss !== b.loss) return [lossInfo(a.loss).name, lossInfo(b.loss).name];
  if (more.length === 0) {
    const key = Object.entries(PARTS).find(([, name]) => name === first)?.[0] ?? "";
    const [x, y] = [part(a, key), part(b, key)];
    if (typeof x !== "object" && typeof y !== "object") return [`${first} ${x}`, `${first} ${y}`];
  }
  return [`${first} as set`, `other ${first}`];
}

/** What differs, as a sentence. */
export function differenceSentence(a: ExperimentConfig, b: ExperimentConfig): string {
  const names = differences(a, b);
  if (names.length === 0) return "Both arms run the same experiment, so their numbers are the same too.";
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  const rest =
    names.length === 1 ? "Weights at the start, minibatches and noise are the same." : "All else is the same.";
  return `The arms differ in the ${list}. ${rest}`;
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
