/** Reads links of every version. Keeps what can be read and says what could not; takes time in proportion to the length. */
import { ARM_IDS, type ArmConfig, type ArmId, armLetter } from "../arms";
import { contextOf, type ExperimentConfig } from "../config";
import { isDatasetId } from "../datasets";
import { MODEL_IDS, modelOf } from "../models";
import { fillConfig } from "../parse-config";
import { collectProblems, shorten } from "../problems";
import { SETTINGS } from "../short-names";
import { getAt, isTree, setAt, type Tree } from "../tree";
import { baseOf, CURRENT_VERSION, current, type LinkBase } from "./bases";
import type { DecodedExperiment } from "./experiment";
import { parseLayers } from "./layer-notation";

type Say = (sentence: string) => void;

/** Reads a link's hash, with or without "#". An empty one opens today's default experiment. Never throws. */
export function decodeExperiment(hash: string): DecodedExperiment {
  const problems = collectProblems();
  const { version, own, others } = sortPairs(hash, problems.say);
  // What holds no pair is no link of ours, least of all one of the time before versions.
  const base = version !== null || namesExperiment(hash) ? readVersion(version, problems.say) : current;
  const dataset = own.get("dataset");
  const start = isDatasetId(dataset) ? base.startOn(dataset, base.start.model.type) : base.start;
  const config = read(own, base, start, problems.say);
  const further = FURTHER_ARMS.flatMap((id): ArmConfig[] => {
    const pairs = others.get(id);
    if (pairs === undefined) return [];
    return [{ id, config: read(pairs, base, config, (sentence) => problems.say(`Arm ${armLetter(id)}: ${sentence}`)) }];
  });
  return { arms: [{ id: FIRST_ARM, config }, ...further], problems: problems.list() };
}

/** Whether a hash is an experiment's: it holds a pair, `key=value`. An anchor such as "#stage" is not. */
export const namesExperiment = (hash: string): boolean => hash.includes("=");

const [FIRST_ARM, ...FURTHER_ARMS] = ARM_IDS;

interface SortedPairs {
  /** What the link says behind `v`; null when it says none. */
  readonly version: string | null;
  readonly own: ReadonlyMap<string, string>;
  /** What each further arm says of its own, without "b." and the like; no entry for an arm that is not there. */
  readonly others: ReadonlyMap<ArmId, ReadonlyMap<string, string>>;
}

function sortPairs(hash: string, say: Say): SortedPairs {
  const own = new Map<string, string>();
  const others = new Map<ArmId, Map<string, string>>();
  let version: string | null = null;
  for (const pair of hash.replace(/^#/, "").split("&")) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const key = unescaped(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? "" : unescaped(pair.slice(at + 1));
    const id = FURTHER_ARMS.find((arm) => key === arm || key.startsWith(`${arm}.`));
    if (key === "v") version = value;
    else if (id === undefined) own.set(key, value);
    else {
      const arm = others.get(id) ?? new Map<string, string>();
      others.set(id, arm);
      if (key !== id) arm.set(key.slice(id.length + 1), value);
      else if (value !== "same") {
        say(`“${id}=${shorten(value)}” says nothing about arm ${armLetter(id)}, so it was read as “${id}=same”.`);
      }
    }
  }
  return { version, own, others };
}

/** What a link is a difference from. Links said no version before there was a second one. */
function readVersion(text: string | null, say: Say): LinkBase {
  const number = text === null ? 1 : /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  const base = baseOf(number);
  if (base !== null) return base;
  say(
    number > CURRENT_VERSION
      ? `The link was made by a newer version of this page (v=${number}); what that version changed may be missing.`
      : `The link's version, “${shorten(text ?? "")}”, is none; it was read as version ${CURRENT_VERSION}.`,
  );
  return current;
}

/** One arm: what the pairs say, and `fallback` where they say nothing. */
function read(
  pairs: ReadonlyMap<string, string>,
  base: LinkBase,
  fallback: ExperimentConfig,
  say: Say,
): ExperimentConfig {
  let tree: Tree = {};
  const type = MODEL_IDS.find((id) => id === pairs.get("model")) ?? fallback.model.type;
  const allStacks = base.stacks(type);
  const set = (path: readonly string[], leaf: unknown) => {
    const next = setAt(tree, path, leaf);
    if (isTree(next)) tree = next;
  };
  const stacks: [network: string, stack: string][] = [];
  /** Settings that not every type of their parent has. */
  const kindOnly: [key: string, path: readonly string[]][] = [];
  for (const [key, text] of pairs) {
    const setting = SETTINGS.get(key);
    if (setting === undefined) {
      say(`“${shorten(key)}” is not a setting of this version, so it was left out.`);
      continue;
    }
    const { path, isText } = setting;
    if (path.at(-1) !== "layers") {
      if (path[0] === "model" || path.includes("optimizer")) kindOnly.push([key, path]);
      set(path, isText ? text : toNumber(text));
    } else if (Object.hasOwn(allStacks, text)) {
      stacks.push([path[1] ?? "", text]);
    } else {
      try {
        set(path, parseLayers(text));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        say(`${key} could not be read (${reason}), so the default layers are used.`);
      }
    }
  }
  // A stack's layers depend on the data and the latent size, which other pairs may set.
  const context = fillConfig(tree, fallback, () => {});
  for (const [network, id] of stacks) {
    set(["networks", network, "layers"], allStacks[id]?.layers(contextOf(context))[network]);
  }
  const config = fillConfig(tree, fallback, say);
  for (const [key, path] of kindOnly) {
    if (getAt(config, path) !== undefined) continue;
    say(`${key} is no setting of ${typeName(config, path)}, so it was left out.`);
  }
  return config;
}

/** What has no such setting: the model's name, or the optimiser's type. */
function typeName(config: ExperimentConfig, path: readonly string[]): string {
  return path[0] === "model" ? modelOf(config).name : String(getAt(config, [...path.slice(0, -1), "type"]));
}

/** The number that a text says, or the text itself, to be reported as unreadable. */
function toNumber(text: string): unknown {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : text;
}

/** Undoes percent escapes; a broken escape stays as it is. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
