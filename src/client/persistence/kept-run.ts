/**
 * The form of a kept run, and the check of what a disk gives back: only a run that is whole, finite and of this version is
 * taken up. No storage (kept-runs.ts).
 */
import * as v from "valibot";
import { ARM_IDS } from "../../core/arms";
import type { PlayerName, Players } from "../../core/config";
import { MODELS } from "../../core/models";
import { parseConfig } from "../../core/parse-config";
import type { RunSnapshot } from "../../core/snapshot";
import { copyRows } from "../../core/step-table";
import { joinRows } from "./run-copy";

/** Raised when the form of what is kept changes; runs of other forms are refused. */
export const VERSION = 2;

const PLAYERS: readonly Players[] = [
  "all",
  ...Object.values(MODELS).flatMap(({ players }) => Object.keys(players) as PlayerName[]), // a model's players are those of its words
];

const CountSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What is known of a kept run without reading it. */
const OutlineSchema = v.object({
  version: v.literal(VERSION),
  id: v.string(),
  /** Milliseconds since 1970. */
  savedAt: v.number(),
  /** Training steps of the arm that has gone farthest. */
  step: CountSchema,
  /** About how much it takes on disk. */
  bytes: CountSchema,
  arms: v.array(
    v.object({
      id: v.picklist(ARM_IDS),
      config: v.unknown(),
      columns: v.array(v.string()),
      rows: CountSchema,
      changes: v.array(v.object({ step: CountSchema, text: v.string() })),
      turns: v.optional(v.array(v.object({ step: CountSchema, players: v.picklist(PLAYERS) })), []),
    }),
  ),
});
export type Outline = v.InferOutput<typeof OutlineSchema>;

const RowsSchema = v.object({ steps: v.instance(Float64Array), values: v.instance(Float32Array) });

const StateSchema = v.object({
  id: v.picklist(ARM_IDS),
  snapshot: v.object({
    step: CountSchema,
    config: v.unknown(),
    tensors: v.array(
      v.object({
        name: v.string(),
        shape: v.array(CountSchema),
        values: v.instance(Float32Array),
      }),
    ),
  }),
  quality: v.exactOptional(v.object({ columns: v.array(v.string()), ...RowsSchema.entries })),
});

/** The outline of a kept run, or null where it is something else. */
export function parseOutline(value: unknown): Outline | null {
  const parsed = v.safeParse(OutlineSchema, value);
  return parsed.success ? parsed.output : null;
}

/**
 * Puts a kept run together.
 * @param states the arms' states as they were read
 * @param chunks the stretches of each arm's curves, in order
 * @throws Error in a sentence when it is not whole, not finite or not of this version
 */
export function parseKeptRun(outline: Outline, states: unknown, chunks: readonly unknown[][]): RunSnapshot {
  const parsed = v.safeParse(v.array(StateSchema), states);
  if (!parsed.success) throw new Error("it is not whole");
  return {
    arms: outline.arms.map(({ id, columns, rows, changes, turns }, i) => {
      const state = parsed.output.find((one) => one.id === id);
      const parts = v.safeParse(v.array(RowsSchema), chunks[i] ?? []);
      if (state === undefined || !parts.success) throw new Error("it is not whole");
      const { config, problems } = parseConfig(state.snapshot.config);
      if (problems.length > 0) throw new Error("its settings are of another version of this page");
      for (const { name, shape, values } of state.snapshot.tensors) {
        if (values.length !== shape.reduce((a, b) => a * b, 1)) throw new Error(`its numbers “${name}” are not whole`);
        if (!values.every(Number.isFinite)) throw new Error(`its numbers “${name}” are not finite`);
      }
      const tables = parts.output.map((part) => ({ columns, ...part }));
      for (const table of [...tables, ...(state.quality === undefined ? [] : [state.quality])]) {
        const whole = table.values.length === table.steps.length * table.columns.length;
        if (!whole) throw new Error("its curves are not whole");
      }
      const curves = joinRows(columns, tables);
      if (curves.steps.length < rows) throw new Error("its curves are not whole");
      return {
        ...state,
        snapshot: { ...state.snapshot, config },
        history: { ...copyRows(curves, 0, rows), changes, turns },
      };
    }),
  };
}
