/** What a run keeps stays within its budgets however long it is: curves, moments, and what branches had become. */
import { expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/core/config";
import { FILM_BYTES, Film } from "../../src/core/film";
import { HISTORY_BYTES, History } from "../../src/core/history";
import { LeftBranches } from "../../src/core/left-branches";
import { readingIds } from "../../src/core/models";
import type { ArmSnapshot, FullHistory } from "../../src/core/snapshot";
import { sizeOf } from "../../src/core/snapshot";

const COLUMNS = readingIds(DEFAULT_CONFIG);
/** Of a preset in the plane, with the memory of both optimisers: about what one is. */
const FLOATS = 30_000;

const stateAt = (step: number) => ({
  step,
  config: DEFAULT_CONFIG,
  tensors: [{ name: "w", shape: [FLOATS], values: new Float32Array(FLOATS) }],
});

function rows(steps: number): FullHistory {
  return {
    columns: COLUMNS,
    steps: Float64Array.from({ length: steps }, (_, i) => i + 1),
    values: new Float32Array(steps * COLUMNS.length),
    changes: [],
  };
}

const armAt = (steps: number): ArmSnapshot => ({ id: "a", snapshot: stateAt(steps), history: rows(steps) });

it("curves of an hour of steps keep their budget, with the first and the latest step", () => {
  const history = new History(COLUMNS);
  const steps = 3_600 * 1_000;
  const row = new Float32Array(COLUMNS.length);
  for (let step = 1; step <= steps; step++) history.append(step, row);
  expect(history.length * (8 + 4 * COLUMNS.length)).toBeLessThanOrEqual(HISTORY_BYTES);
  expect(history.length * (8 + 4 * COLUMNS.length)).toBeGreaterThan(HISTORY_BYTES / 4);
  const { steps: shown } = history.curves();
  expect([shown[0], shown.at(-1), shown.length <= 300]).toEqual([1, steps, true]);
});

it("moments of a million steps and of branches keep theirs, what branches had become counted", () => {
  const film = new Film();
  const left = new LeftBranches();
  let most = 0;
  const train = (from: number, to: number) => {
    for (let step = from; step <= to; step += 10) {
      film.reached(step);
      if (!film.wants(step)) continue; // its bytes change with moments alone
      film.add({ step, arms: [{ id: "a", snapshot: stateAt(step) }] });
      most = Math.max(most, film.bytes);
    }
  };
  train(10, 1_000_000);
  for (const [branch, from] of [
    [1, 400_000],
    [2, 200_000],
    [3, 100_000],
  ] as const) {
    left.set(branch, [armAt(branch === 1 ? 1_000_000 : from + 200_000)]);
    film.fork(from);
    film.beside = left.bytes;
    train(from + 10, from + 200_000);
  }
  expect(most).toBeLessThanOrEqual(FILM_BYTES);
  expect(film.bytes).toBeLessThanOrEqual(FILM_BYTES);
  expect(left.bytes).toBeGreaterThan(1e6);
  expect(film.bytes, "what branches had become is counted").toBeGreaterThan(left.bytes + 1e6);
  expect(film.path().length).toBeGreaterThan(50);
});

it("branches that were left are thinned, never forgotten: states whole, curves with both ends", () => {
  const left = new LeftBranches(2e6);
  for (const branch of [1, 2, 3]) left.set(branch, [armAt(20_000 * branch)]);
  expect(left.bytes).toBeLessThanOrEqual(2e6);
  expect(left.bytes).toBe(left.all().reduce((sum, { arms }) => sum + sizeOf({ arms }), 0));
  for (const { branch, arms } of left.all()) {
    const [arm] = arms;
    expect(arm?.snapshot.tensors[0]?.values.length).toBe(FLOATS);
    const steps = [...(arm?.history.steps ?? [])];
    expect([steps[0], steps.at(-1)]).toEqual([1, 20_000 * branch]);
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    expect(arm?.history.values.length).toBe(steps.length * COLUMNS.length);
  }
  left.keepOnly([2]);
  expect(left.all().map(({ branch }) => branch)).toEqual([2]);
  left.delete(2);
  expect(left.bytes).toBe(0);
});
