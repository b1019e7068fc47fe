/**
 * Experiments as links: readable `key=value` pairs of what differs from the default experiment, and back. Text only: no
 * window, no history, no storage. `#dataset=mnist&loss=minimax&generator.optimizer.learningRate=0.0005`; the second arm of
 * a comparison is `b.` and what differs from the first.
 */
import { withDataset } from "./architecture/adapt";
import { STACK_IDS, STACKS } from "./architecture/stacks";
import { DEFAULT_CONFIG, type ExperimentConfig, parseConfig } from "./config";
import { DATASET_IDS, type DatasetId, dataShape } from "./datasets";
import { formatLayers, parseLayers } from "./share/layer-notation";

export interface Experiment {
  readonly config: ExperimentConfig;
  /** The second arm of a comparison. */
  readonly comparison: ExperimentConfig | null;
}

export interface DecodedExperiment extends Experiment {
  /** One sentence for each thing that could not be read or was changed; empty when all was good. */
  readonly problems: readonly string[];
}

/** The experiment that a link with nothing but this dataset opens: the default, fitted to the data. */
export function startingConfig(dataset: DatasetId): ExperimentConfig {
  return withDataset(DEFAULT_CONFIG, dataset);
}

/** The text after "#"; empty for the default experiment. `decodeExperiment` gives the same experiment back. */
export function encodeExperiment({ config, comparison }: Experiment): string {
  const pairs = differences(config, startingConfig(config.dataset), config);
  if (config.dataset !== DEFAULT_CONFIG.dataset) pairs.unshift(["dataset", config.dataset]);
  if (comparison !== null) {
    const own = differences(comparison, config, comparison);
    pairs.push(...own.map(([key, value]): [string, string] => [`b.${key}`, value]));
    if (own.length === 0) pairs.push(["b", "same"]);
  }
  return pairs.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%3A", ":")}`).join("&");
}

/** Reads a link's hash, with or without "#". Keeps what can be read and says what could not. Never throws. */
export function decodeExperiment(hash: string): DecodedExperiment {
  const problems: string[] = [];
  const own = new Map<string, string>();
  const other = new Map<string, string>();
  let comparing = false;
  for (const pair of hash.replace(/^#/, "").split("&")) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const key = decode(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? "" : decode(pair.slice(at + 1));
    if (key === "b" || key.startsWith("b.")) comparing = true;
    if (key.startsWith("b.")) other.set(key.slice(2), value);
    else if (key !== "b") own.set(key, value);
  }
  const dataset = own.get("dataset");
  const start = isDataset(dataset) ? startingConfig(dataset) : DEFAULT_CONFIG;
  const config = read(own, start, problems, "");
  if (!comparing) return { config, comparison: null, problems };
  return { config, comparison: read(other, config, problems, "Arm B: "), problems };
}

type Tree = { [key: string]: unknown };

/** Leaves of `value` that differ from `base`, as readable pairs. An optimiser of another type is written whole. */
function differences(value: ExperimentConfig, base: ExperimentConfig, context: ExperimentConfig): [string, string][] {
  const pairs: [string, string][] = [];
  const visit = (path: string, now: unknown, before: unknown) => {
    if (JSON.stringify(now) === JSON.stringify(before)) return;
    if (path === "generator.layers" || path === "discriminator.layers") {
      pairs.push([path, stackOrLayers(path === "generator.layers" ? "generator" : "discriminator", context)]);
    } else if (isTree(now)) {
      const whole = !isTree(before) || ("type" in now && "learningRate" in now && now.type !== before.type);
      for (const key of Object.keys(now)) {
        visit(path === "" ? key : `${path}.${key}`, now[key], whole ? undefined : before[key]);
      }
    } else pairs.push([path, String(now)]);
  };
  visit("", value, base);
  return pairs;
}

/** The name of the stack that these layers are, otherwise the layers written out. */
function stackOrLayers(player: "generator" | "discriminator", config: ExperimentConfig): string {
  const layers = config[player].layers;
  const text = formatLayers(layers);
  const shape = dataShape(config.dataset);
  const stack = STACK_IDS.find((id) => {
    const kind = shape.length === 1 ? "points" : "images";
    if (STACKS[id].kind !== kind) return false;
    return JSON.stringify(STACKS[id][player](shape, config.latent.size)) === JSON.stringify(layers);
  });
  return stack ?? text;
}

function read(
  pairs: ReadonlyMap<string, string>,
  fallback: ExperimentConfig,
  problems: string[],
  prefix: string,
): ExperimentConfig {
  const tree: Tree = {};
  const say = (sentence: string) => problems.push(`${prefix}${sentence}`);
  const stacks: ["generator" | "discriminator", string][] = [];
  for (const [key, text] of pairs) {
    const path = key.split(".");
    if (!isKnown(path)) {
      say(`“${shorten(key)}” is not a setting of this version, so it was left out.`);
    } else if (key === "generator.layers" || key === "discriminator.layers") {
      if (isStack(text)) stacks.push([key === "generator.layers" ? "generator" : "discriminator", text]);
      else {
        try {
          setLeaf(tree, path, parseLayers(text));
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          say(`${key} could not be read (${reason}), so the default layers are used.`);
        }
      }
    } else setLeaf(tree, path, TEXT_SETTINGS.has(path.at(-1) ?? "") ? text : toNumber(text));
  }
  // A stack's layers depend on the data and the latent size, which other pairs may set.
  const context = parseConfig(tree, fallback).config;
  for (const [player, id] of stacks) {
    if (!isStack(id)) continue;
    const shape = dataShape(context.dataset);
    setLeaf(tree, [player, "layers"], STACKS[id][player](shape, context.latent.size));
  }
  const parsed = parseConfig(tree, fallback);
  for (const problem of parsed.problems) say(problem);
  return parsed.config;
}

const TEXT_SETTINGS: ReadonlySet<string> = new Set(["dataset", "prior", "loss", "initializer", "type"]);

/** Names of an optimiser's settings, of every type. */
const OPTIMIZER_SETTINGS: ReadonlySet<string> = new Set([
  "type",
  "learningRate",
  "beta1",
  "beta2",
  "epsilon",
  "momentum",
  "decay",
]);

function isKnown(path: readonly string[]): boolean {
  let tree: unknown = DEFAULT_CONFIG;
  for (const [i, key] of path.entries()) {
    if (path[i - 1] === "optimizer") return i === path.length - 1 && OPTIMIZER_SETTINGS.has(key);
    if (!isTree(tree) || !Object.hasOwn(tree, key)) return false;
    tree = tree[key];
  }
  return !isTree(tree);
}

function setLeaf(tree: Tree, path: readonly string[], leaf: unknown): void {
  let branch = tree;
  for (const key of path.slice(0, -1)) {
    const next = branch[key];
    const child: Tree = isTree(next) ? next : {};
    branch[key] = child;
    branch = child;
  }
  branch[path.at(-1) ?? ""] = leaf;
}

/** The number that a text says, or the text itself, for parseConfig to report. */
function toNumber(text: string): unknown {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : text;
}

/** Undoes percent escapes; a broken escape stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDataset(text: string | undefined): text is DatasetId {
  return text !== undefined && (DATASET_IDS as readonly string[]).includes(text);
}

function isStack(text: string): text is (typeof STACK_IDS)[number] {
  return (STACK_IDS as readonly string[]).includes(text);
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
