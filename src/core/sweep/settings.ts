/** The settings that many runs can differ in: every number and every choice of the schema, none listed by hand. */
import { type Bounds, boundsOf } from "../bounds";
import type { ExperimentConfig } from "../config";
import { settingName, settingText } from "../diagnosis/differences";
import { settingsOf } from "../effects";
import { LOSSES } from "../losses";
import { modelOf } from "../models";
import { shortName } from "../short-names";
import { getAt, isTree, setAt } from "../tree";

export type SweepValue = number | string;

export interface SweepSetting {
  /** In the configuration: "players.generator.optimizer.learningRate"; with "*" for all players or networks at once. */
  readonly path: string;
  /** As people call it: "learning rate of G". */
  readonly name: string;
  /** Of a number; null for a choice. */
  readonly bounds: Bounds | null;
  /** Of a choice; empty for a number. */
  readonly options: readonly { readonly value: string; readonly name: string }[];
  /** What the experiment has there; of several at once, what the first has. */
  readonly value: SweepValue;
}

/** Every number and choice of an experiment but its seed, those of all players or networks at once first. */
export function sweepSettings(config: ExperimentConfig): readonly SweepSetting[] {
  const own = settingsOf(config).flatMap(({ path, schema, info, value }): SweepSetting[] => {
    const dotted = path.join(".");
    if (dotted === "seed" || (typeof value !== "number" && typeof value !== "string")) return [];
    const name = settingName(dotted);
    if (schema.type === "number") return [{ path: dotted, name, bounds: boundsOf(schema), options: [], value }];
    if (schema.type !== "picklist" || !Array.isArray(schema.options)) return [];
    const options = schema.options.map(String).map((option) => ({
      value: option,
      name: info.names?.[option] ?? (dotted === "model.loss" ? lossName(option) : option),
    }));
    return [{ path: dotted, name, bounds: null, options, value }];
  });
  return [...together(config, own), ...own];
}

const lossName = (id: string) => Object.entries(LOSSES).find(([known]) => known === id)?.[1].name ?? id;

const PARTS = ["players", "networks"] as const;

/** Settings that every player (or network) has, as one that changes them all. */
function together(config: ExperimentConfig, own: readonly SweepSetting[]): SweepSetting[] {
  return PARTS.flatMap((part) => {
    const [first, ...others] = Object.keys(modelOf(config)[part]);
    if (first === undefined || others.length === 0) return [];
    const prefix = `${part}.${first}.`;
    return own.flatMap((setting) => {
      if (!setting.path.startsWith(prefix)) return [];
      const rest = setting.path.slice(prefix.length);
      if (!others.every((name) => own.some(({ path }) => path === `${part}.${name}.${rest}`))) return [];
      return [{ ...setting, path: `${part}.*.${rest}`, name: togetherName(config, part, rest) }];
    });
  });
}

function togetherName(config: ExperimentConfig, part: (typeof PARTS)[number], rest: string): string {
  const symbols = Object.values(modelOf(config)[part]).map(({ symbol }) => symbol);
  const [first = ""] = Object.keys(modelOf(config)[part]);
  const [words = rest] = settingName(`${part}.${first}.${rest}`).split(" of ");
  return `${words} of ${symbols.slice(0, -1).join(", ")} and ${symbols.at(-1)}`;
}

/** The setting of a path or of a link's short name ("discriminatorSteps"); undefined where the experiment has none. */
export function findSetting(config: ExperimentConfig, name: string): SweepSetting | undefined {
  return sweepSettings(config).find(({ path }) => path === name || shortName(path.split(".")) === name);
}

/** The experiment with another value of a setting. */
export function withSetting(config: ExperimentConfig, path: string, value: SweepValue): ExperimentConfig {
  const [part = "", star, ...rest] = path.split(".");
  const paths =
    star === "*" ? Object.keys(branch(config, part)).map((name) => [part, name, ...rest]) : [path.split(".")];
  // The path is one of the schema's and the value within its bounds: what results is a configuration again.
  return paths.reduce((changed, one) => setAt(changed, one, value) as ExperimentConfig, config);
}

const branch = (config: ExperimentConfig, part: string) => {
  const found = getAt(config, [part]);
  return isTree(found) ? found : {};
};

/** A value as people read it: "0.001", "Non-saturating". */
export function valueName(config: ExperimentConfig, { path, options }: SweepSetting, value: SweepValue): string {
  const named = options.find((option) => option.value === value)?.name;
  if (named !== undefined) return named;
  const one = path.includes("*")
    ? path.replace("*", Object.keys(branch(config, path.split(".")[0] ?? ""))[0] ?? "")
    : path;
  return settingText(withSetting(config, path, value), one) ?? String(value);
}
