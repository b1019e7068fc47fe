/**
 * What a change of a configuration means for a run, and what a step's operations and their time depend on: read off what the schema's
 * entries say of themselves (setting.ts), here and nowhere else.
 */
import * as v from "valibot";
import type { ExperimentConfig } from "./config";
import { type Way, walkSchema } from "./schema-walk";
import type { Effect, SettingInfo } from "./setting";
import { getAt, isTree, type Path, sameValue, type Tree } from "./tree";

const RANK = { none: 0, live: 1, record: 2, restart: 3 } as const satisfies Record<Effect | "none", number>;

/** What applying `next` to a run of `current` means; "none" when nothing changes. The largest effect of all changed settings. */
export function changeKind(current: ExperimentConfig, next: ExperimentConfig): Effect | "none" {
  let most: Effect | "none" = "none";
  visit(current, next, (info, before, after) => {
    const { effect, off, switchRestarts } = info;
    const switched = switchRestarts === true && (before === off) !== (after === off);
    const own = switched ? "restart" : effect;
    if (RANK[own] > RANK[most]) most = own;
  });
  return most;
}

/** Whether the networks of a run of `current` can go on with `next`. */
export const goesOn = (current: ExperimentConfig, next: ExperimentConfig): boolean =>
  changeKind(current, next) !== "restart";

/** A text of everything that a step's list of operations depends on: all settings but those that are read when something is drawn. */
export function recordKey(config: ExperimentConfig): string {
  return JSON.stringify(settingsOf(config).map(({ info, value }) => (info.effect === "live" ? null : value)));
}

/** The values that a step's time depends on, in the order of the schema; of what is free it counts whether it is on. */
export function costs(config: ExperimentConfig): readonly unknown[] {
  return settingsOf(config).flatMap(({ info: { free, off }, value }) => {
    if (free !== true) return [value];
    return off === undefined ? [] : [value !== off];
  });
}

/** A setting of an experiment: where it is, the schema's entry for it, what that says of itself, and the value. */
export interface FoundSetting {
  readonly path: readonly string[];
  readonly schema: Tree;
  readonly info: SettingInfo;
  readonly value: unknown;
}

/** All settings of an experiment, in the order of the schema. */
export function settingsOf(config: ExperimentConfig): readonly FoundSetting[] {
  const found: FoundSetting[] = [];
  visit(undefined, config, (info, _, value, schema, path) => found.push({ path, schema, info, value }));
  return found;
}

/** Tells of every setting that `before` and `after` do not share; parts that are the same object are passed over. */
function visit(
  before: ExperimentConfig | undefined,
  after: ExperimentConfig,
  tell: (info: SettingInfo, before: unknown, after: unknown, schema: Tree, path: readonly string[]) => void,
): void {
  const keysAt = (root: unknown, path: Path) => {
    const here = getAt(root, path);
    return isTree(here) ? Object.keys(here) : [];
  };
  const way: Way = {
    enters: (path) => getAt(before, path) !== getAt(after, path),
    kinds(kinds, path) {
      const type = getAt(after, [...path, "type"]);
      const own = kinds.find((kind) => getAt(kind, ["entries", "type", "literal"]) === type) ?? kinds[0];
      return own === undefined ? [] : [own];
    },
    names: (path) => new Set([...keysAt(before, path), ...keysAt(after, path)]),
  };
  walkSchema(way, (schema, path) => {
    const [old, now] = [getAt(before, path), getAt(after, path)];
    if (!sameValue(old, now)) tell(infoOf(schema), old, now, schema, path);
  });
}

const known = new WeakMap<object, SettingInfo>();

/** What an entry says of itself; one that says nothing restarts, as a variant's type does. */
export function infoOf(schema: object): SettingInfo {
  const found = known.get(schema) ?? { effect: "restart", ...v.getMetadata(schema as v.GenericSchema) };
  known.set(schema, found);
  return found;
}
