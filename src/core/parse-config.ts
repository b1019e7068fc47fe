/**
 * Reads configurations from the outside world (link, file, storage, message) and mends what does not fit the schema. What
 * the schema is: config.ts. Time grows with the input's length and no faster.
 */
import * as v from "valibot";
import { withModel } from "./architecture/adapt";
import { DEFAULT_CONFIG, type ExperimentConfig, ExperimentConfigSchema } from "./config";
import { MODEL_IDS, modelOf } from "./models";
import { collectProblems, shorten } from "./problems";
import { fromShortNames, shortName } from "./short-names";
import { getAt, isTree, merged, type Path, setAt, type Tree } from "./tree";

export interface ParsedConfig {
  readonly config: ExperimentConfig;
  /** A few sentences on what was clamped or replaced (see problems.ts); empty when all was good. */
  readonly problems: readonly string[];
}

/**
 * Reads a configuration. What is missing comes from `fallback`, numbers out of bounds are clamped, what cannot be read is
 * replaced by the fallback's value; such changes are told in sentences. Never throws.
 */
export function parseConfig(input: unknown, fallback: ExperimentConfig = DEFAULT_CONFIG): ParsedConfig {
  const problems = collectProblems();
  const config = fillConfig(input, fallback, problems.say);
  return { config, problems: problems.list() };
}

/** As `parseConfig`; every change is told to `say`. */
export function fillConfig(
  input: unknown,
  fallback: ExperimentConfig,
  say: (sentence: string) => void,
): ExperimentConfig {
  if (input !== undefined && !isTree(input)) {
    say("The experiment could not be read, so the default was opened instead.");
    return fallback;
  }
  const given = ofKnownModel(fromShortNames(input ?? {}), fallback, say);
  const base = ofSameModel(given, fallback);
  const whole = merged(base, given);
  let draft: unknown = isTree(whole) ? withoutStrangers(whole, base, say) : base;
  // Every round mends at least one value; the bound only guards against a schema that contradicts its defaults.
  for (let round = 0; round < 64; round++) {
    const result = v.safeParse(ExperimentConfigSchema, draft);
    if (result.success) return result.output;
    for (const issue of result.issues) {
      const mend = mendIssue(issue, base);
      if (mend === null) continue;
      draft = setAt(draft, mend.path, mend.value);
      say(mend.sentence);
    }
  }
  say("The experiment could not be mended, so the default was opened.");
  return fallback;
}

interface Mend {
  readonly path: Path;
  readonly value: unknown;
  readonly sentence: string;
}

function mendIssue(issue: v.BaseIssue<unknown>, fallback: ExperimentConfig): Mend | null {
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  const name = shortName(path);
  if ((issue.type === "min_value" || issue.type === "max_value") && typeof issue.requirement === "number") {
    return {
      path,
      value: issue.requirement,
      sentence: `${name} was ${String(issue.input)}; the ${issue.type === "min_value" ? "smallest" : "largest"} allowed is ${issue.requirement}, which is used instead.`,
    };
  }
  if (issue.type === "integer" && typeof issue.input === "number" && Number.isFinite(issue.input)) {
    const value = Math.round(issue.input);
    return { path, value, sentence: `${name} was ${issue.input}; it must be a whole number, so ${value} is used.` };
  }
  // An unreadable value is replaced where it stands; inside a layer list or a union the whole list or union is.
  for (let depth = path.length; depth > 0; depth--) {
    const head = path.slice(0, depth);
    const value = getAt(fallback, head);
    if (value === undefined || head.some((key) => typeof key === "number")) continue;
    // A union's members differ by type: mend the whole object, so that no mixture of two kinds results.
    const inUnion = depth > 1 && head.at(-2) === "optimizer";
    if (inUnion) continue;
    return {
      path: head,
      value,
      sentence: `${name} could not be read (${inputText(issue.input)}); the default is used.`,
    };
  }
  return null;
}

function inputText(input: unknown): string {
  if (typeof input === "string") return `"${shorten(input)}"`;
  if (Array.isArray(input)) return input.length === 1 ? "a list of one" : `a list of ${input.length}`;
  return typeof input === "object" && input !== null ? "an object" : String(input);
}

/** With the fallback's model in place of one that there is not. */
function ofKnownModel(input: Tree, { model }: ExperimentConfig, say: (sentence: string) => void): Tree {
  const type = getAt(input, ["model", "type"]);
  if (type === undefined || MODEL_IDS.some((id) => id === type)) return input;
  say(`There is no model ${inputText(type)}, so ${modelOf({ model }).name} is used.`);
  const known = setAt(input, ["model", "type"], model.type);
  return isTree(known) ? known : {};
}

/** The fallback for a configuration of a model: the same experiment with that model, where it is of another. */
function ofSameModel(input: Tree, fallback: ExperimentConfig): ExperimentConfig {
  const type = getAt(input, ["model", "type"]);
  const id = MODEL_IDS.find((known) => known === type);
  return id === undefined || id === fallback.model.type ? fallback : withModel(fallback, id);
}

/** Without networks and players that the model does not have, each of them told. */
function withoutStrangers(
  draft: Tree,
  { model, networks, players }: ExperimentConfig,
  say: (sentence: string) => void,
) {
  const kept = (part: "networks" | "players", what: string, known: Tree): unknown => {
    const given = draft[part];
    if (!isTree(given)) return given;
    for (const name of Object.keys(given)) {
      if (Object.hasOwn(known, name)) continue;
      say(`The model ${modelOf({ model }).name} has no ${what} “${shorten(name)}”, so it was left out.`);
    }
    return Object.fromEntries(Object.keys(known).map((name) => [name, given[name]]));
  };
  return { ...draft, networks: kept("networks", "network", networks), players: kept("players", "player", players) };
}
