/** Pins, walk, map and pointer against the real session, and what a tab remembers of them. */
import { afterEach, describe, expect, it } from "vitest";
import { type LatentState, NO_PINS } from "../../../src/client/latents/latent-state";
import { createPlayground, type Playground } from "../../../src/client/playground";
import { lerp, stageLatents } from "../../../src/core/latents";
import { LocalPage, LocalRuns, LocalWorker } from "../local-worker";

/** Networks that step in a fraction of a millisecond. */
const TINY = "#generator.layers=dense-8-leakyRelu~dense-2&discriminator.layers=dense-8-leakyRelu~dense-1&batchSize=16";

let current: Playground | undefined;
let workers: LocalWorker[] = [];

function open(page = new LocalPage(TINY)) {
  const playground = createPlayground({
    page,
    runs: new LocalRuns(),
    createWorker: () => {
      const worker = new LocalWorker();
      workers.push(worker);
      return worker;
    },
  });
  current = playground;
  return { ...playground, page };
}

async function close(): Promise<void> {
  current?.dispose();
  current = undefined;
  for (const worker of workers) await worker.ended;
  workers = [];
}

afterEach(close);

function until<S>(
  store: { getState(): S; subscribe(listener: () => void): () => void },
  fits: (state: S) => boolean,
): Promise<S> {
  return new Promise((resolve) => {
    const stop = store.subscribe(look);
    look();
    function look() {
      const state = store.getState();
      if (!fits(state)) return;
      stop();
      resolve(state);
    }
  });
}

const z = (...values: number[]) => Float32Array.from(values);
const loaded = (playground: Playground) =>
  until(playground.store, (state) => state.arms.every((arm) => arm.stage !== null && arm.latentSample !== null));

describe("the walk", () => {
  it("is G along the way between the pins, and ends where the pins' samples are", async () => {
    const playground = open();
    await loaded(playground);
    playground.actions.setLatent(z(-1, 2));
    playground.latents.actions.pin("a");
    playground.actions.setLatent(z(1, 0));
    playground.latents.actions.pin("b");
    const { walk } = await until(playground.latents.store, ({ walk: now }) => (now?.count ?? 0) > 2);
    playground.latents.actions.walkTo(1);
    expect(playground.store.getState().latent).toEqual(z(1, 0));
    await until(playground.store, ({ arms }) => {
      const sample = arms[0]?.latentSample?.values;
      const end = walk?.arms[0]?.samples.slice(-2);
      return sample?.[0] !== undefined && Math.abs(sample[0] - (end?.[0] ?? 9)) < 1e-5;
    });
    playground.latents.actions.walkTo(0.25);
    expect(playground.store.getState().latent).toEqual(lerp([-1, 2], [1, 0], 0.25));
    playground.latents.actions.unpin("a");
    playground.latents.actions.unpin("b");
    expect(playground.latents.store.getState().walk).toBeNull();
  });

  it("has an answer from every arm of a comparison, by name", async () => {
    const playground = open();
    await loaded(playground);
    playground.actions.addArm();
    playground.latents.actions.pin("a");
    const { walk } = await until(playground.latents.store, ({ walk: now }) => now?.arms.length === 2);
    expect(walk?.arms.map(({ arm }) => arm)).toEqual(["a", "b"]);
  });

  it("forgets pins of another latent size", async () => {
    const playground = open();
    await loaded(playground);
    playground.latents.actions.pin("a");
    const [first] = playground.store.getState().experiment.arms;
    playground.actions.setConfig({ ...first.config, latent: { ...first.config.latent, size: 3 } });
    await until(playground.latents.store, ({ pins }) => pins.a === null);
  });
});

describe("the map", () => {
  it("comes while it is watched and not before, and follows training", async () => {
    const playground = open();
    await loaded(playground);
    expect(playground.latents.store.getState().map).toBeNull();
    const stop = playground.latents.actions.watchMap();
    const first = await until(playground.latents.store, ({ map }) => map !== null);
    expect(first.map?.arms[0]?.samples).toHaveLength((first.map?.side ?? 0) ** 2 * 2);
    playground.actions.train();
    await until(playground.latents.store, ({ map }) => map !== first.map);
    stop();
  });
});

describe("the pointer", () => {
  it("reads the D that judges the sample: the same point, the same number", async () => {
    const playground = open();
    const { arms } = await loaded(playground);
    const sample = arms[0]?.latentSample;
    playground.latents.actions.point(Float32Array.from(sample?.values ?? []));
    const { pointer } = await until(playground.latents.store, (state) => state.pointer?.judged != null);
    expect(pointer?.judged?.logits[0]?.logit).toBeCloseTo(sample?.logit ?? Number.NaN, 5);
  });
});

describe("a fake on the stage", () => {
  it("is G of the latent that its number names", async () => {
    const playground = open();
    const [view] = (await loaded(playground)).arms;
    const frame = view?.stage?.frame;
    if (view === undefined || frame?.kind !== "plane") throw new Error("no picture of points");
    playground.actions.setLatent(stageLatents(view.config, 8).slice(14, 16));
    await until(playground.store, ({ arms }) => {
      const at = arms[0]?.latentSample?.values;
      return [0, 1].every((k) => Math.abs((at?.[k] ?? 9) - (frame.fakes[14 + k] ?? 0)) < 1e-5);
    });
  });
});

describe("a study", () => {
  it("is answered about the arm that is named, and refused with a sentence where it makes no sense", async () => {
    const { latents, ...playground } = open();
    await loaded({ latents, ...playground });
    const input = { method: "activations", z: z(0, 0), count: 2, label: 0 } as const;
    const { answer, milliseconds } = await latents.study("a", "directions", input);
    expect(answer?.directions.map(({ vector }) => vector.length)).toEqual([2, 2]);
    expect(milliseconds).toBeGreaterThan(0);
    await expect(latents.study("b", "directions", input)).rejects.toThrow("no longer there");
    await expect(latents.study("a", "images", { indices: Int32Array.of(0) })).rejects.toThrow("Points are drawn anew");
  });
});

describe("a tab", () => {
  const settings = ({ pins, way, tint }: LatentState) => ({ pins, way, tint });

  it("remembers the latent, pins and view settings over a reload", async () => {
    const before = open();
    await loaded(before);
    before.actions.setLatent(z(0.1, -2.5));
    for (const name of ["b", "h"] as const) before.latents.actions.pin(name);
    before.latents.actions.setWay("slerp");
    before.latents.actions.setTint("opinion");
    before.actions.setSpeedLimit(20);
    before.page.leave();
    const kept = settings(before.latents.store.getState());
    await close();
    const after = open(before.page);
    expect(after.store.getState().latent).toEqual(z(0.1, -2.5));
    expect(after.store.getState().speedLimit).toBe(20);
    expect(settings(after.latents.store.getState())).toEqual(kept);
    await until(after.latents.store, ({ walk }) => walk?.count === 1);
  });

  it("keeps its view settings but no points where the latent space is another", async () => {
    const before = open();
    await loaded(before);
    before.latents.actions.pin("a");
    before.latents.actions.setTint("none");
    before.page.leave();
    await close();
    before.page.paste(`${TINY}&latent.size=3`);
    await expect.poll(() => before.page.hashText).toContain("latent.size=3");
    const after = open(before.page);
    expect(after.latents.store.getState()).toMatchObject({ pins: { a: null, b: null }, tint: "none" });
  });

  it("shrugs at what it cannot read", async () => {
    const page = new LocalPage(TINY);
    for (const text of ["", "{", "[]", '{"version":1,"size":1e9}', '{"version":2}']) {
      page.tab.set("latent", text);
      const playground = open(page);
      expect(playground.latents.store.getState().pins).toEqual(NO_PINS);
      await close();
    }
  });
});
