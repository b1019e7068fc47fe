/** Going back in a real run: exact, shown whole, and never at the run's cost. */
import { afterEach, describe, expect, it } from "vitest";
import { DEFAULT_CONFIG, type GanConfig, withChanges } from "../../src/core/config";
import type { Moment } from "../../src/core/film";
import type { RunSnapshot } from "../../src/core/snapshot";
import type { FilmDisk, FilmOutline } from "../../src/worker/film-disk";
import { Harness } from "./harness";

const small: GanConfig = { ...DEFAULT_CONFIG, batchSize: 16 };
const open: Harness[] = [];
const harness = (more?: ConstructorParameters<typeof Harness>[3]) => {
  const made = new Harness(undefined, undefined, undefined, more);
  open.push(made);
  return made;
};
afterEach(async () => {
  for (const one of open.splice(0)) await one.dispose();
});

/** Films in memory, cloned as the browser's storage clones them. */
function memoryDisk(): FilmDisk & { steps(run: string): readonly number[] } {
  const outlines = new Map<string, FilmOutline>();
  const moments = new Map<string, Moment>();
  const key = (run: string, branch: number, step: number) => `${run} ${branch} ${step}`;
  return {
    steps: (run) => outlines.get(run)?.branches.flatMap(({ steps }) => steps) ?? [],
    async load(run) {
      const outline = outlines.get(run);
      if (outline === undefined) return null;
      const branches = outline.branches.map(({ steps, ...info }) => ({
        info,
        moments: steps.flatMap((step) => structuredClone(moments.get(key(run, info.id, step))) ?? []),
      }));
      return { ...structuredClone(outline), branches };
    },
    async write(run, outline, fresh, gone) {
      outlines.set(run, structuredClone(outline));
      for (const { branch, moment } of fresh) moments.set(key(run, branch, moment.step), structuredClone(moment));
      for (const { branch, step } of gone) moments.delete(key(run, branch, step));
    },
  };
}

/** Everything that the run's future depends on, and its curves, as values that can be compared bit for bit. */
const bits = ({ arms }: RunSnapshot) =>
  arms.map(({ snapshot, history }) => [
    snapshot.step,
    snapshot.tensors.map(({ name, values }) => [name, [...new Int32Array(values.slice().buffer)]]),
    [...history.steps],
    [...new Int32Array(history.values.slice().buffer)],
  ]);

describe("time travel", () => {
  it("is exact: back to a step and on again gives the same numbers, bit for bit", async () => {
    const h = harness();
    await h.configure([small]);
    await h.steps(60);
    const reached = bits(await h.snapshot());
    for (const exact of [false, true]) {
      const { step, present } = await h.request({ type: "visit", step: 33, exact });
      expect(present).toBe(false);
      expect(exact ? step : Math.abs(step - 33) <= 10).toBe(exact ? 33 : true);
      await h.steps(60 - step);
      expect(bits(await h.snapshot())).toEqual(reached);
    }
  });

  it("is exact over steps of a single player and over a change of settings between two moments", async () => {
    const h = harness();
    await h.configure([small]);
    const latents = Float32Array.of(0.3, -1);
    const sample = async () =>
      (await h.request({ type: "generate", latents: latents.slice(), count: 1 })).arms[0]?.samples;
    await h.steps(12);
    for (const player of ["discriminator", "discriminator", "generator", "all", "discriminator"] as const)
      await h.request({ type: "step", player });
    const single = await sample();
    await h.steps(2);
    await h.configure([withChanges(small, { model: { labelSmoothing: 0.9 } })]);
    await h.steps(4); // no moment is kept of these: the next one is due at step 29
    const changed = await sample();
    await h.steps(20);

    expect((await h.request({ type: "visit", step: 17, exact: true })).step).toBe(17);
    expect(await sample()).toEqual(single);
    expect((await h.request({ type: "visit", step: 23, exact: true })).step).toBe(23);
    expect(await sample()).toEqual(changed);
  });

  it("is exact after a reload over a change of settings, whose moment was on the disk with those before it", async () => {
    const latents = Float32Array.of(0.3, -1);
    const sample = async (h: Harness) =>
      (await h.request({ type: "generate", latents: latents.slice(), count: 1 })).arms[0]?.samples;
    const disk = memoryDisk();
    const first = harness({ disk });
    await first.configure([small], undefined, "wasm", "run");
    await first.steps(11); // a moment is kept at the eleventh, and written when the run rests
    await expect.poll(() => disk.steps("run")).toContain(11);
    const changed = withChanges(small, { model: { labelSmoothing: 0.9 } });
    await first.configure([changed], undefined, "wasm", "run");
    await first.steps(30);
    const run = await first.snapshot();
    await first.request({ type: "visit", step: 18, exact: true });
    const then = await sample(first);

    const second = harness({ disk });
    await second.configure([changed], run, "wasm", "run");
    expect((await second.request({ type: "visit", step: 18, exact: true })).step).toBe(18);
    expect(await sample(second)).toEqual(then);
  });

  it("is exact where curves were thinned: numbers, rows, and steps of a single player", async () => {
    const ROWS = 16;
    const h = harness({ curveRows: ROWS });
    await h.configure([small]);
    const went = async (from: number, to: number) => {
      // Some of these steps are D's alone, others G's; most have lost their rows by the end.
      for (let step = from + 1; step <= to; step++) {
        const player = step % 7 === 0 ? "discriminator" : step % 11 === 0 ? "generator" : "all";
        await h.request({ type: "step", player });
      }
    };
    const END = 80;
    await went(0, 47);
    const middle = await h.snapshot();
    await went(47, END);
    const end = await h.snapshot();
    const rows = [...(end.arms[0]?.history.steps ?? [])];
    expect(rows.length).toBeLessThanOrEqual(ROWS);
    expect(rows).not.toContain(47);

    for (const step of [47, 60]) {
      const visited = await h.request({ type: "visit", step, exact: true });
      expect(visited.step).toBe(step);
      expect(Object.values(visited.arms[0]?.readings ?? {}).some(Number.isFinite), "its numbers are shown").toBe(true);
      await went(step, END);
      expect(bits(await h.snapshot()), `from step ${step}`).toEqual(bits(end));
    }
    // Brought back as it was kept, it goes on with the same rows as well.
    await h.configure([small], middle);
    await went(47, END);
    expect(bits(await h.snapshot())).toEqual(bits(end));
  });

  it("shows the moment in pictures, samples and numbers, and comes back as if nothing had been", async () => {
    const h = harness();
    await h.configure([small]);
    const latents = Float32Array.of(0.3, -1);
    const sampleOf = async () =>
      (await h.request({ type: "generate", latents: latents.slice(), count: 1 })).arms[0]?.samples;
    await h.steps(20);
    const then = { sample: await sampleOf(), state: bits(await h.snapshot()) };
    await h.steps(40);
    const now = { sample: await sampleOf(), state: bits(await h.snapshot()) };
    expect(now.sample).not.toEqual(then.sample);

    const frame = h.next("stage", (e) => e.step === 20);
    const measured = h.next("quality", (e) => e.quality.step === 20);
    const visited = await h.request({ type: "visit", step: 20, exact: true });
    expect(visited.step).toBe(20);
    expect(visited.arms[0]?.readings.dLoss).toBeGreaterThan(0);
    expect(await sampleOf()).toEqual(then.sample);
    await frame;
    const { quality } = await measured;
    expect([...quality.curves.steps]).toEqual([...quality.curves.steps].sort((a, b) => a - b));
    expect(bits(await h.snapshot())).toEqual(now.state); // what is kept is the present

    await h.request({ type: "visit", step: null, exact: false });
    expect(await sampleOf()).toEqual(now.sample);
    expect(bits(await h.snapshot())).toEqual(now.state);
  });

  it("lets somebody look back without going: the picture is of then, the run and a visit stay as they are, bit for bit", async () => {
    const h = harness();
    await h.configure([small]);
    await h.steps(40); // one by one: each has its picture
    const now = bits(await h.snapshot());
    const back = await h.request({ type: "look-back", step: 20 });
    expect(Math.abs(back.step - 20)).toBeLessThanOrEqual(10); // the kept moment next to it
    expect(back.arms[0]?.frame).toEqual(h.all("stage").findLast(({ step }) => step === back.step)?.frame);
    expect(bits(await h.snapshot())).toEqual(now);

    await h.request({ type: "visit", step: 10, exact: true });
    const latents = Float32Array.of(0.3, -1);
    const sample = async () => (await h.request({ type: "generate", latents, count: 1 })).arms[0]?.samples;
    const visited = await sample();
    await h.request({ type: "look-back", step: 30 });
    expect(await sample()).toEqual(visited);
    await h.request({ type: "visit", step: null, exact: false });

    await h.steps(10);
    const looked = bits(await h.snapshot());
    const straight = harness();
    await straight.configure([small]);
    await straight.steps(50);
    expect(looked).toEqual(bits(await straight.snapshot()));
  });

  it("goes another way from there with one change, keeps what was as a branch, and goes to it again", async () => {
    const h = harness();
    await h.configure([small]);
    await h.steps(50);
    const first = bits(await h.snapshot());
    const { step } = await h.request({ type: "visit", step: 30, exact: true });
    const changed = withChanges(small, { model: { labelSmoothing: 0.9 } });
    await h.configure([changed]);
    await h.steps(10);
    const second = await h.snapshot();
    expect(second.arms[0]?.snapshot.step).toBe(40);
    expect(second.arms[0]?.history.changes).toEqual([{ step, text: expect.stringContaining("label smoothing") }]);
    expect(bits(second)).not.toEqual(first);
    await h.until((e) => e.type === "film" && e.index.branches.some(({ id, tip }) => id === 2 && tip === 40));
    const index = h.all("film").at(-1)?.index;
    expect(index?.branches.map(({ from, tip }) => [from, tip])).toEqual([
      [null, 50],
      [{ branch: 1, step: 30 }, 40],
    ]);

    const arrived = await h.request({ type: "branch", branch: 1 });
    expect(arrived.arms[0]?.config).toEqual(small);
    expect(bits(await h.snapshot())).toEqual(first);
    await h.request({ type: "branch", branch: 2 });
    expect(bits(await h.snapshot())).toEqual(bits(second));
    await h.request({ type: "branch", branch: 1 });
    await h.request({ type: "prune", branch: 2 });
    await expect(h.request({ type: "branch", branch: 2 })).rejects.toThrow("no such branch");
    await expect(h.request({ type: "prune", branch: 1 })).rejects.toThrow("stay");
  });

  it("knows a branch again whose run is brought back, as Undo does", async () => {
    const h = harness();
    await h.configure([small]);
    await h.steps(40);
    await h.request({ type: "visit", step: 20, exact: true });
    const kept = await h.snapshot(); // as the page takes it before it goes another way
    await h.steps(5);
    await h.configure([small], kept);
    const { index } = await h.next("film");
    expect(index.current).toBe(1);
    expect(index.branches).toHaveLength(2);
    expect((await h.request({ type: "visit", step: 20, exact: true })).step).toBe(20);
  });

  it("begins a new film with new networks, and says so where there is nothing to go back to", async () => {
    const h = harness();
    await h.configure([small]);
    await h.steps(20);
    await h.configure([{ ...small, seed: 5 }]);
    await expect(h.request({ type: "visit", step: 10, exact: false })).rejects.toThrow("train a few steps first");
  });
});
