/** The menu of presets. To add one: a file here, its id in PRESET_IDS, its line in PRESETS. */
import type { ExperimentConfig } from "../config";
import { checkerboardPreset } from "./checkerboard";
import { gaussian1dPreset } from "./gaussian-1d";
import { gridNonSaturating } from "./grid-non-saturating";
import { mnistMlp } from "./mnist-mlp";
import { moonsPreset } from "./moons";
import { ringNonSaturating } from "./ring-non-saturating";
import { spiralPreset } from "./spiral";
import { swissRollPreset } from "./swiss-roll";
import type { Preset } from "./types";
import { vanishingGradient } from "./vanishing-gradient";

export type { Preset } from "./types";

/** In the order in which a menu shows them; the first is the default. */
export const PRESET_IDS = [
  "ring-non-saturating",
  "gaussian-1d",
  "grid-non-saturating",
  "moons",
  "spiral",
  "swiss-roll",
  "checkerboard",
  "vanishing-gradient",
  "mnist-mlp",
] as const;
export type PresetId = (typeof PRESET_IDS)[number];

export const PRESETS: Record<PresetId, Preset> = {
  "ring-non-saturating": ringNonSaturating,
  "gaussian-1d": gaussian1dPreset,
  "grid-non-saturating": gridNonSaturating,
  moons: moonsPreset,
  spiral: spiralPreset,
  "swiss-roll": swissRollPreset,
  checkerboard: checkerboardPreset,
  "vanishing-gradient": vanishingGradient,
  "mnist-mlp": mnistMlp,
};

/** The preset that a configuration is, whatever its seed; null when it is none of them. */
export function presetOf(config: ExperimentConfig): PresetId | null {
  const text = canonical(config);
  return PRESET_IDS.find((id) => canonical(PRESETS[id].config) === text) ?? null;
}

/** A configuration without its seed, as text that does not depend on the order of keys. */
function canonical(config: ExperimentConfig): string {
  return JSON.stringify({ ...config, seed: 0 }, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
