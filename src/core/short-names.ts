/**
 * The short names that settings have in links and in older files, and their paths in the configuration: `generator.layers` is
 * `networks.generator.layers`, `loss` is `model.loss`. The one table of them, read off the schema. Links are read and written in share/.
 */
import { MODELS } from "./models";
import { type Way, walkSchema } from "./schema-walk";
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
export const SETTINGS: ReadonlyMap<string, NamedSetting> = allSettings();

function allSettings(): Map<string, NamedSetting> {
  const found = new Map<string, NamedSetting>();
  const way: Way = {
    kinds: (kinds) => kinds,
    names([part]) {
      const all = Object.values(MODELS).flatMap(({ networks, players }) =>
        Object.keys(part === "networks" ? networks : players),
      );
      return new Set(all);
    },
  };
  walkSchema(way, ({ type }, path) =>
    found.set(shortName(path), { path, isText: type === "picklist" || type === "literal" }),
  );
  return found;
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
