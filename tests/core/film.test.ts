import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/core/config";
import { Film, type Moment } from "../../src/core/film";

/** A moment of 1,000 bytes. */
const at = (step: number): Moment => ({
  step,
  arms: [
    {
      id: "a",
      snapshot: { step, config: DEFAULT_CONFIG, tensors: [{ name: "w", shape: [250], values: new Float32Array(250) }] },
    },
  ],
});
const take = (film: Film, to: number, from = 1) => {
  for (let step = from; step <= to; step++) {
    film.reached(step);
    if (film.wants(step)) film.add(at(step));
  }
};
const steps = (film: Film) => film.path().map(({ step }) => step);

describe("a film of a run", () => {
  it("keeps its budget over any number of steps, evenly spaced from the first to the latest", () => {
    const film = new Film(20_000);
    take(film, 10_000);
    expect(film.bytes).toBeLessThanOrEqual(20_000);
    const kept = steps(film);
    expect(kept.length).toBeGreaterThan(10);
    expect(kept[0]).toBe(1);
    const gaps = kept.slice(1).map((step, i) => step - (kept[i] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(2_000);
    expect(10_000 - (kept.at(-1) ?? 0)).toBeLessThan(1_000);
  });

  it("finds the moment next to a step, or the last one not after it", () => {
    const film = new Film();
    for (const step of [10, 20, 40]) film.add(at(step));
    expect(film.nearest(28)?.step).toBe(20);
    expect(film.nearest(32)?.step).toBe(40);
    expect(film.nearest(39, true)?.step).toBe(20);
    expect(film.nearest(5, true)).toBeNull();
    expect(new Film().nearest(5)).toBeNull();
  });

  it("keeps moments at which settings were changed while others go, on a disk and after it too", () => {
    const film = new Film(20_000);
    take(film, 136);
    film.add(at(137), true);
    take(film, 5_000, 138);
    expect(steps(film)).toContain(137);

    const chosen = film.sparse(8_000).map(({ moment }) => moment);
    expect(chosen.length).toBeLessThanOrEqual(9);
    expect(chosen.map(({ step }) => step)).toContain(137);
    const again = new Film(20_000);
    again.restore(
      film.branches.map((info) => ({ info, moments: chosen })),
      1,
    );
    take(again, 10_000, 5_001);
    expect(steps(again)).toContain(137);
    expect([again.changedBetween(120, 150), again.changedBetween(137, 9_000)]).toEqual([true, false]);
  });

  it("knows of a change whose moment had to go, on the path that leads to it", () => {
    const film = new Film(4_000);
    film.add(at(1));
    for (const step of [20, 40, 60, 80, 100]) film.add(at(step), true);
    take(film, 200, 101);
    const gone = [20, 40, 60, 80, 100].filter((step) => !steps(film).includes(step));
    expect(gone).not.toEqual([]);
    for (const step of gone) expect(film.changedBetween(film.nearest(step, true)?.step ?? 0, step)).toBe(true);
    film.fork(30); // what the first branch changed later is not of this path
    expect([film.changedBetween(0, 25), film.changedBetween(25, 500)]).toEqual([true, false]);
  });

  it("shares what was before a fork, and goes two ways after it", () => {
    const film = new Film();
    take(film, 100);
    const before = steps(film);
    film.fork(51);
    expect(steps(film)).toEqual(before.filter((step) => step <= 51));
    film.add(at(60));
    expect(steps(film).at(-1)).toBe(60);
    film.fork(60);
    film.fork(31); // from the second fork's path back into the first branch
    expect(film.branches.map(({ from }) => from)).toEqual([
      null,
      { branch: 1, step: 51 },
      { branch: 2, step: 60 },
      { branch: 1, step: 31 },
    ]);
    expect(film.goTo(1)).toBe(true);
    expect(steps(film)).toEqual(before);
  });

  it("forgets a branch with those that parted from it, never the one that runs", () => {
    const film = new Film();
    take(film, 100);
    film.fork(51);
    film.fork(51);
    film.add(at(70));
    film.fork(70);
    expect(film.prune(3)).toBe(false); // the current one came from it
    film.goTo(1);
    expect(film.prune(1)).toBe(false);
    expect(film.prune(3)).toBe(true);
    expect(film.branches.map(({ id }) => id)).toEqual([1, 2]);
  });
});
