/**
 * Many runs of one experiment: under several seeds, over a grid of one or two settings. What is to be run, as values; what came of it is
 * summary.ts, who runs it is the page's background workers or the terminal.
 */
import type { ExperimentConfig } from "../config";
import { findSetting, type SweepSetting, type SweepValue, valueName, withSetting } from "./settings";

/** A setting and the values that it is to have. */
export interface SweepAxis {
  readonly setting: SweepSetting;
  readonly values: readonly SweepValue[];
}

export interface Sweep {
  readonly base: ExperimentConfig;
  /** Training steps of every run. */
  readonly steps: number;
  readonly seeds: readonly number[];
  /** None: seeds only. One or two: every value, or every pair of values, under every seed. */
  readonly axes: readonly SweepAxis[];
}

/** One cell of the grid: the values that its runs have in common. */
export interface SweepCell {
  readonly index: number;
  /** A value for each axis. */
  readonly values: readonly SweepValue[];
  /** As people read it: "learning rate of G 0.001, updates a step of D 2"; empty where there is no grid. */
  readonly name: string;
}

export interface SweepRun {
  readonly index: number;
  readonly seed: number;
  readonly cell: SweepCell;
  readonly config: ExperimentConfig;
}

/** What whoever makes a run is told of it. */
export interface RunOrder {
  /** Its place among all runs of the sweep. */
  readonly index: number;
  readonly config: ExperimentConfig;
  readonly steps: number;
}

/** More runs than anybody looks at, and an evening's work for a laptop. */
export const MOST_RUNS = 200;
export const MOST_AXES = 2;
export const MOST_STEPS = 1_000_000;

/** The cells of the grid, row by row: the last axis changes fastest. */
export function cellsOf({ base, axes }: Sweep): readonly SweepCell[] {
  const combinations = axes.reduce<readonly (readonly SweepValue[])[]>(
    (rows, { values }) => rows.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  );
  return combinations.map((values, index) => {
    const parts = axes.map(({ setting }, i) => `${setting.name} ${valueName(base, setting, values[i] ?? "")}`);
    return { index, values, name: parts.join(", ") };
  });
}

/** All runs, seed after seed, so that every cell has a first result early. */
export function runsOf(sweep: Sweep): readonly SweepRun[] {
  const cells = cellsOf(sweep);
  return sweep.seeds.flatMap((seed, s) =>
    cells.map((cell, c) => {
      const values = sweep.axes.reduce(
        (config, { setting }, i) => withSetting(config, setting.path, cell.values[i] ?? setting.value),
        sweep.base,
      );
      return { index: s * cells.length + c, seed, cell, config: { ...values, seed } };
    }),
  );
}

/** What keeps a sweep from being run, as sentences; empty when nothing does. */
export function sweepProblems(sweep: Sweep): readonly string[] {
  const { seeds, axes, steps, base } = sweep;
  const runs = seeds.length * axes.reduce((product, { values }) => product * values.length, 1);
  const problems: string[] = [];
  if (!Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS)
    problems.push(`The steps of a run must be a whole number from 1 to ${MOST_STEPS}.`);
  if (seeds.length === 0) problems.push("There is no seed: give at least one.");
  if (new Set(seeds).size < seeds.length) problems.push("A seed is there twice: the same run would be made twice.");
  if (axes.length > MOST_AXES) problems.push(`A grid has one or two settings, not ${axes.length}.`);
  const [first, second] = axes;
  if (first !== undefined && first.setting.path === second?.setting.path)
    problems.push(`Both settings of the grid are the same, the ${first.setting.name}.`);
  for (const { setting, values } of axes) {
    if (findSetting(base, setting.path) === undefined) problems.push(`This experiment has no ${setting.name}.`);
    if (values.length === 0) problems.push(`There is no value for the ${setting.name}: give at least one.`);
    if (new Set(values).size < values.length) problems.push(`A value of the ${setting.name} is there twice.`);
    problems.push(...values.flatMap((value) => valueProblem(setting, value) ?? []));
  }
  if (runs > MOST_RUNS)
    problems.push(`That would be ${runs} runs; at most ${MOST_RUNS} can be made at once. Take fewer seeds or values.`);
  return problems;
}

/** Why a setting cannot have a value, a sentence; null when it can. */
export function valueProblem({ name, bounds, options }: SweepSetting, value: SweepValue): string | null {
  if (bounds === null) {
    const ids = options.map((option) => option.value);
    if (ids.some((id) => id === value)) return null;
    return `“${value}” is none of the choices of the ${name}: ${ids.join(", ")}.`;
  }
  const { min, max, integer } = bounds;
  const fits = typeof value === "number" && value >= min && value <= max && (!integer || Number.isInteger(value));
  if (fits) return null;
  return `The ${name} must be a ${integer ? "whole number" : "number"} from ${min} to ${max}, but “${value}” was given.`;
}
