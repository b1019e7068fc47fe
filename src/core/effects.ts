/**
 * What a change of a configuration means for a run, and what a step's operations and their time depend on: read off what the schema's
 * entries say of themselves (setting.ts), here and nowhere else.
 */
import * as v from "valibot";
import { type ExperimentConfig, ExperimentConfigSchema } from "./config";
import type { Effect, SettingInfo } from "./setting";
import { isTree, sameValue, type Tree } from "./tree";

const RANK = { none: 0, live: 1, record: 2, restart: 3 } as const satisfies Record<Effect | "none", number>;

/** What applying `next` to a run of `current` means; "none" when nothing changes. The largest effect of all changed settings. */
export function changeKind(current: ExperimentConfig, next: ExperimentConfig): Effect | "none" {
  let most: Effect | "none" = "none";
  visit(ExperimentConfigSchema, current, next, (info, before, after) => {
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
  visit(ExperimentConfigSchema, undefined, config, (info, _, value, schema, path) =>
    found.push({ path, schema, info, value }),
  );
  return found;
}

/** Tells of every setting that `before` and `after` do not share; parts that are the same object are passed over. */
function visit(
  schema: unknown,
  before: unknown,
  after: unknown,
  tell: (info: SettingInfo, before: unknown, after: unknown, schema: Tree, path: readonly string[]) => void,
  path: readonly string[] = [],
): void {
  if (before === after || !isTree(schema)) return;
  const [old, now] = [isTree(before) ? before : {}, isTree(after) ? after : {}];
  if (schema.type === "object" && isTree(schema.entries)) {
    for (const [key, entry] of Object.entries(schema.entries)) visit(entry, old[key], now[key], tell, [...path, key]);
  } else if (schema.type === "record") {
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)]))
      visit(schema.value, old[key], now[key], tell, [...path, key]);
  } else if (schema.type === "variant" && Array.isArray(schema.options)) {
    const options = schema.options.filter(isTree);
    const isOf = ({ entries }: (typeof options)[number]) =>
      isTree(entries) && isTree(entries.type) && entries.type.literal === now.type;
    visit(options.find(isOf) ?? options[0], old, now, tell, path);
  } else if (!sameValue(before, after)) tell(infoOf(schema), before, after, schema, path);
}

const known = new WeakMap<object, SettingInfo>();

/** What an entry says of itself; one that says nothing restarts, as a variant's type does. */
export function infoOf(schema: object): SettingInfo {
  const found = known.get(schema) ?? { effect: "restart", ...v.getMetadata(schema as v.GenericSchema) };
  known.set(schema, found);
  return found;
}
