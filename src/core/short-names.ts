/**
 * The short names that settings have in links and in older files, and their paths in the configuration: `generator.layers` is
 * `networks.generator.layers`, `loss` is `model.loss`. The one table of them, read off the schema. Links are read and written in share/.
 */
import { ExperimentConfigSchema } from "./config";
import { MODELS } from "./models";
import { getAt, isTree, type Path, setAt, type Tree } from "./tree";

/** What had a name before there was a place for it. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  "model.type": "model",
  "players.discriminator.turns": "discriminatorSteps",
};

const GROUPS: ReadonlySet<string> = new Set(["model", "networks", "players"]);

/** How links and sentences call the setting (or the part of one) at a path. */
export function shortName(path: Path): string {
  const whole = path.join(".");
  const [first = "", ...rest] = path;
  return OWN_NAMES[whole] ?? (GROUPS.has(String(first)) && rest.length > 0 ? rest.join(".") : whole);
}

export interface NamedSetting {
  readonly path: readonly string[];
  /** Its values are texts, not numbers. */
  readonly isText: boolean;
}

/** Every setting of every model by its short name. Built once, so that what a link says never decides how long that takes. */
export const SETTINGS: ReadonlyMap<string, NamedSetting> = new Map(
  settingsIn(ExperimentConfigSchema, []).map((setting) => [shortName(setting.path), setting]),
);

function settingsIn(schema: unknown, path: readonly string[]): NamedSetting[] {
  if (!isTree(schema)) return [];
  const below = (entries: unknown) =>
    isTree(entries) ? Object.entries(entries).flatMap(([key, entry]) => settingsIn(entry, [...path, key])) : [];
  if (schema.type === "object") return below(schema.entries);
  if (schema.type === "variant" && Array.isArray(schema.options)) {
    const all = schema.options.filter(isTree).flatMap(({ entries }) => below(entries));
    return [...new Map(all.map((found) => [found.path.join("."), found])).values()];
  }
  if (schema.type === "record") {
    const part = path[0] === "networks" ? "networks" : "players";
    const names = new Set(Object.values(MODELS).flatMap((model) => Object.keys(model[part])));
    return [...names].flatMap((name) => settingsIn(schema.value, [...path, name]));
  }
  return [{ path, isText: schema.type === "picklist" || schema.type === "literal" }];
}

/** The form of today of a configuration as files had it before models had networks and players; what has today's form stays as it is. */
export function fromShortNames(input: Tree): Tree {
  if ([...GROUPS].some((group) => Object.hasOwn(input, group))) return input;
  let out: Tree = {};
  for (const { path } of SETTINGS.values()) {
    const value = getAt(input, shortName(path).split("."));
    const next = value === undefined ? out : setAt(out, path, value);
    if (isTree(next)) out = next;
  }
  return out;
}
