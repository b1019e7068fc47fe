/** The menu of presets. To add one: a file here, its id in PRESET_IDS, its line in PRESETS. */
import { type Experiment, singleArm, withArm } from "../arms";
import type { ExperimentConfig } from "../config";
import { checkerboardPreset } from "./checkerboard";
import { circlesPreset } from "./circles";
import { faces32Dcgan } from "./faces-32";
import { facesDcgan } from "./faces-dcgan";
import { fashionDcgan } from "./fashion-dcgan";
import { gaussian1dPreset } from "./gaussian-1d";
import { gridNonSaturating } from "./grid-non-saturating";
import { gridRelativistic } from "./grid-relativistic";
import { gridWganGp } from "./grid-wgan-gp";
import { linePreset } from "./line";
import { mixture1dPreset } from "./mixture-1d";
import { mnistAcgan } from "./mnist-acgan";
import { mnistCgan } from "./mnist-cgan";
import { mnistDcgan } from "./mnist-dcgan";
import { mnistMlp } from "./mnist-mlp";
import { mnistMlpBatchNorm } from "./mnist-mlp-batch-norm";
import { mnistSpectralNorm } from "./mnist-spectral-norm";
import { mnistVae } from "./mnist-vae";
import { mnistWganGp } from "./mnist-wgan-gp";
import { modeCollapse } from "./mode-collapse";
import { modeCollapseCured } from "./mode-collapse-cured";
import { moonsPreset } from "./moons";
import { ringCgan } from "./ring-cgan";
import { ringLeastSquares } from "./ring-least-squares";
import { ringNonSaturating } from "./ring-non-saturating";
import { ringRelativistic } from "./ring-relativistic";
import { ringVae } from "./ring-vae";
import { ringWganGp } from "./ring-wgan-gp";
import { spiralPreset } from "./spiral";
import { swissRollPreset } from "./swiss-roll";
import { twoGaussiansPreset } from "./two-gaussians";
import type { Preset } from "./types";
import { uniform1dPreset } from "./uniform-1d";
import { vanishingGradient } from "./vanishing-gradient";

export { PRESET_GROUPS, type PresetGroupId } from "./groups";
export type { Preset } from "./types";

/** In the order in which a list shows them, group by group; the first is the default. */
export const PRESET_IDS = [
  "ring-non-saturating",
  "gaussian-1d",
  "faces-dcgan",
  "vanishing-gradient",
  "mode-collapse",
  "mode-collapse-cured",
  "ring-least-squares",
  "ring-wgan-gp",
  "ring-relativistic",
  "grid-non-saturating",
  "grid-wgan-gp",
  "grid-relativistic",
  "uniform-1d",
  "mixture-1d",
  "two-gaussians",
  "line",
  "moons",
  "circles",
  "spiral",
  "swiss-roll",
  "checkerboard",
  "mnist-dcgan",
  "mnist-spectral-norm",
  "mnist-wgan-gp",
  "mnist-mlp",
  "mnist-mlp-batch-norm",
  "fashion-dcgan",
  "faces-32",
  "ring-vae",
  "ring-cgan",
  "mnist-vae",
  "mnist-cgan",
  "mnist-acgan",
] as const;
export type PresetId = (typeof PRESET_IDS)[number];

export const PRESETS: Record<PresetId, Preset> = {
  "ring-non-saturating": ringNonSaturating,
  "gaussian-1d": gaussian1dPreset,
  "uniform-1d": uniform1dPreset,
  "faces-dcgan": facesDcgan,
  "vanishing-gradient": vanishingGradient,
  "mode-collapse": modeCollapse,
  "mode-collapse-cured": modeCollapseCured,
  "ring-least-squares": ringLeastSquares,
  "ring-wgan-gp": ringWganGp,
  "ring-relativistic": ringRelativistic,
  "grid-non-saturating": gridNonSaturating,
  "grid-wgan-gp": gridWganGp,
  "grid-relativistic": gridRelativistic,
  "mixture-1d": mixture1dPreset,
  "two-gaussians": twoGaussiansPreset,
  line: linePreset,
  moons: moonsPreset,
  circles: circlesPreset,
  spiral: spiralPreset,
  "swiss-roll": swissRollPreset,
  checkerboard: checkerboardPreset,
  "mnist-dcgan": mnistDcgan,
  "mnist-spectral-norm": mnistSpectralNorm,
  "mnist-wgan-gp": mnistWganGp,
  "mnist-mlp": mnistMlp,
  "mnist-mlp-batch-norm": mnistMlpBatchNorm,
  "fashion-dcgan": fashionDcgan,
  "faces-32": faces32Dcgan,
  "ring-vae": ringVae,
  "ring-cgan": ringCgan,
  "mnist-vae": mnistVae,
  "mnist-cgan": mnistCgan,
  "mnist-acgan": mnistAcgan,
};

/** The picture of a preset's outcome, made by `npm run results`: its path relative to the page. */
export const presetPicture = (id: PresetId): string => `presets/${id}.png`;

/** A preset as it is opened: with its other arm where it brings one, and with a seed of one's own if given. */
export function presetExperiment(id: PresetId, seed?: number): Experiment {
  const { config, comparison } = PRESETS[id];
  const seeded = (one: ExperimentConfig) => (seed === undefined ? one : { ...one, seed });
  const alone = singleArm(seeded(config));
  return comparison === undefined ? alone : withArm(alone, "b", seeded(comparison));
}

/**
 * The experiment that shows why G's loss is not the one of the game: from the same start, the saturating loss stays where
 * it is and the non-saturating one moves.
 */
export const saturatingStory = (seed?: number): Experiment => presetExperiment("vanishing-gradient", seed);

const found = new WeakMap<ExperimentConfig, PresetId | null>();

/** The preset that a configuration is, whatever its seed; null when it is none of them. Looked for once: it is asked with every event. */
export function presetOf(config: ExperimentConfig): PresetId | null {
  const known = found.get(config);
  if (known !== undefined) return known;
  const text = canonical(config);
  const preset = PRESET_IDS.find((id) => canonical(PRESETS[id].config) === text) ?? null;
  found.set(config, preset);
  return preset;
}

/** A configuration without its seed, as text that does not depend on the order of keys. */
export function canonical(config: ExperimentConfig): string {
  return JSON.stringify({ ...config, seed: 0 }, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
