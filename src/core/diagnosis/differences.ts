/** What sets one experiment apart from another, setting by setting, in words that stand on the page. No sentences. */
import { type ExperimentConfig, type NetworkConfig, OPTIMIZER_NAMES } from "../config";
import { LOSSES } from "../losses";
import { MODEL_IDS, MODELS, modelInfo } from "../models";
import { formatLayers } from "../share/layer-notation";
import { changedLeaves, getAt, sameValue } from "../tree";

export interface Difference {
  /** Of the setting, in the configuration: "players.generator.optimizer.learningRate". */
  readonly path: string;
  /** As people call it: "learning rate of G". */
  readonly name: string;
  /** Both values as they are shown: "0.001". */
  readonly before: string;
  readonly after: string;
}

/** Names of settings. What stands for a network's or a player's own is completed with "of G" or "of D". */
const NAMES: Readonly<Record<string, string>> = {
  seed: "seed",
  dataset: "data",
  "latent.size": "latent size",
  "latent.prior": "latent prior",
  batchSize: "batch size",
  type: "model",
  loss: "loss",
  layers: "layers",
  initializer: "initial weights",
  "optimizer.type": "optimiser",
  "optimizer.learningRate": "learning rate",
  "optimizer.beta1": "β₁",
  "optimizer.beta2": "β₂",
  "optimizer.epsilon": "ε",
  "optimizer.momentum": "momentum",
  "optimizer.decay": "decay",
  turns: "updates a step",
  ema: "weight averaging",
  "penalties.clip": "weight clipping",
  "penalties.wganGp": "gradient penalty",
  "penalties.dragan": "DRAGAN",
  "penalties.r1": "R1",
  "penalties.r2": "R2",
  labelSmoothing: "label smoothing",
  instanceNoise: "instance noise",
  "augment.flip": "flips",
  "augment.shift": "shifts",
  "augment.colour": "colour changes",
  "augment.cutout": "cutout",
  packing: "packing",
  unrolledSteps: "unrolled steps",
  likelihood: "likelihood",
  sigma: "σ of the likelihood",
  beta: "β",
  classWeight: "weight of the class loss",
  "schedule.type": "schedule",
  "schedule.steps": "schedule's steps",
  "schedule.finalRatio": "schedule's final rate",
};

/** Every setting in which `after` is not as `before`, in the order of the configuration. */
export function differences(before: ExperimentConfig, after: ExperimentConfig): readonly Difference[] {
  // What only another type of optimiser has is said by the type.
  const common = changedLeaves(before, after).filter((leaf) => leaf.before !== undefined);
  const changed = common.filter((leaf) => !sameValue(leaf.before, leaf.after));
  return changed.map(({ path, before: old, after: now }) => {
    const [from, to] = path.endsWith(".layers")
      ? layersTexts(layersOf(before, path), layersOf(after, path))
      : [valueText(path, old), valueText(path, now)];
    return { path, name: settingName(path), before: from, after: to };
  });
}

/** "learning rate of G 0.001 → 0.004". */
export const differenceText = ({ name, before, after }: Difference) => `${name} ${before} → ${after}`;

/** What people call a setting: "learning rate of G". */
export function settingName(path: string): string {
  const [part, name = "", ...rest] = path.split(".");
  if (part === "model") return NAMES[[name, ...rest].join(".")] ?? [name, ...rest].join(".");
  if (part !== "networks" && part !== "players") return NAMES[path] ?? path;
  const own = rest.join(".");
  return `${NAMES[own] ?? own} of ${symbolOf(part, name)}`;
}

function symbolOf(part: "networks" | "players", name: string): string {
  const roles = MODEL_IDS.map((id) => modelInfo(id)[part][name]);
  return roles.find((role) => role !== undefined)?.symbol ?? name;
}

/** A setting's value as people read it; null where the configuration has no such setting. */
export function settingText(config: ExperimentConfig, path: string): string | null {
  const value = getAt(config, path.split("."));
  if (path.endsWith(".layers")) return layersText(layersOf(config, path));
  return value === undefined ? null : valueText(path, value);
}

type Layers = NetworkConfig["layers"];

const layersOf = ({ networks }: ExperimentConfig, path: string): Layers =>
  networks[path.split(".")[1] ?? ""]?.layers ?? [];

function valueText(path: string, value: unknown): string {
  if (path === "model.type") return named(MODELS, value)?.name ?? String(value);
  if (path === "model.loss") return named(LOSSES, value)?.name ?? String(value);
  if (path.endsWith("optimizer.type")) return named(OPTIMIZER_NAMES, value) ?? String(value);
  return typeof value === "number" ? numberText(value) : String(value);
}

function named<T>(table: Readonly<Record<string, T>>, key: unknown): T | undefined {
  return typeof key === "string" ? table[key] : undefined;
}

/** Longest list of layers that is written out. */
const SHORT_LIST = 32;

/** Short stacks are written out, long ones counted. */
function layersText(layers: Layers): string {
  const texts = layerTexts(layers);
  const text = texts.join(", ");
  return text.length <= SHORT_LIST ? text : `${texts.length} layers`;
}

/** Of two lists of the same length, only the layers that are not alike. */
function layersTexts(before: Layers, after: Layers): readonly [string, string] {
  const [old, now] = [layerTexts(before), layerTexts(after)];
  const other = now.flatMap((text, i) => (text === old[i] ? [] : [i]));
  if (old.length !== now.length || other.length > 2) return [layersText(before), layersText(after)];
  const of = (texts: readonly string[]) => other.map((i) => texts[i]).join(", ");
  return [of(old), of(now)];
}

const layerTexts = (layers: Layers) => layers.map((layer) => formatLayers([layer]));

/** A number as people type it: "0.001", "2e-4". */
function numberText(value: number): string {
  const short = Number(value.toPrecision(4));
  return Math.abs(short) > 0 && Math.abs(short) < 1e-3 ? short.toExponential() : String(short);
}
