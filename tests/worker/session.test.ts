import { existsSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { afterEach, describe, expect, it } from "vitest";
import { readPublicFile } from "../../src/cli/node-data";
import type { LayerSpec } from "../../src/core/architecture/layers";
import { DEFAULT_CONFIG, type ExperimentConfig, type GanConfig, withChanges } from "../../src/core/config";
import { READING_IDS } from "../../src/core/readings";
import { startingConfig } from "../../src/core/share";
import { FileMissingError } from "../../src/engine/data";
import { Harness } from "./harness";

const hidden: LayerSpec = { type: "dense", units: 16, activation: "leakyRelu", alpha: 0.2 };

/** The default experiment with networks that step in a fraction of a millisecond. */
const small = withChanges(DEFAULT_CONFIG, {
  batchSize: 32,
  networks: {
    generator: { layers: [hidden, { type: "dense", units: 2 }] },
    discriminator: { layers: [hidden, { type: "dense", units: 1 }] },
  },
});
const minimax = withChanges(small, { model: { loss: "minimax" } });
const fasterG = (config: GanConfig, learningRate: number): GanConfig =>
  withChanges(config, {
    players: { generator: { optimizer: { ...config.players.generator.optimizer, learningRate } } },
  });

let harness: Harness | undefined;
const open = (...args: ConstructorParameters<typeof Harness>) => {
  harness = new Harness(...args);
  return harness;
};
afterEach(async () => {
  await harness?.dispose();
  harness = undefined;
});

/** The state that an arm's future depends on, as bytes to compare exactly. */
/** What training made of a run. When it was read how good it is, the clock decides. */
async function trained(h: Harness) {
  const { arms } = await h.snapshot();
  return { arms: arms.map(({ id, snapshot, history }) => ({ id, snapshot, history })) };
}

async function weights(h: Harness, arm = 0) {
  const run = await h.snapshot();
  return run.arms[arm]?.snapshot.tensors.map(({ name, values }) => [name, ...values]);
}

describe("a session", () => {
  it("answers configure with the device, then shows a state and the first picture of every arm", async () => {
    const h = open();
    const report = await h.configure([small, minimax]);
    expect(report.backend).toBe("wasm");
    await h.until((e) => e.type === "stage" && e.arm === "b");
    expect(h.all("stage").map(({ arm, step }) => [arm, step])).toEqual([
      ["a", 0],
      ["b", 0],
    ]);
    expect(h.all("state").at(-1)).toMatchObject({ phase: "paused", step: 0 });
  });

  it("trains, says how far and how fast, draws, and pauses at once", async () => {
    const h = open();
    await h.configure([small]);
    await h.trainTo(100);
    const paused = await h.until((e) => e.type === "state" && e.phase === "paused" && e.step >= 100);
    expect(h.all("state").some((state) => state.phase === "training" && state.stepsPerSecond > 0)).toBe(true);
    expect(h.all("stage").length).toBeGreaterThan(1);
    await h.request({ type: "ping" });
    const step = paused.type === "state" ? paused.step : -1;
    expect(h.all("state").at(-1)?.step).toBe(step);
    expect(h.all("curves").at(-1)?.curves.steps.at(-1)).toBe(step);
    expect(h.all("stage").at(-1)?.step).toBe(step);
  });

  it("tells what to keep whenever it rests: at a pause, after a single step, with a saved run put in its place", async () => {
    const h = open();
    await h.configure([small]);
    const keptAt = (step: number, from: number) =>
      h.until((e) => e.type === "checkpoint" && e.checkpoint.arms[0]?.snapshot.step === step, from);
    await h.trainTo(20);
    const run = await h.snapshot();
    const paused = run.arms[0]?.snapshot.step ?? Number.NaN;
    await keptAt(paused, 0);
    await h.steps(2);
    await keptAt(paused + 2, 0);
    const { length } = h.events;
    await h.configure([small], run);
    await keptAt(paused, length);
  });

  it("tells only what is new of the curves at a checkpoint", async () => {
    const h = open();
    await h.configure([small]);
    for (const step of [1, 2, 3]) {
      await h.steps(1);
      await h.until((e) => e.type === "checkpoint" && e.checkpoint.arms[0]?.snapshot.step === step);
    }
    const told = h.all("checkpoint").map(({ checkpoint }) => checkpoint.arms[0]?.history);
    expect(told.map((history) => [history?.from, [...(history?.steps ?? [])]])).toEqual([
      [0, [1]],
      [1, [2]],
      [2, [3]],
    ]);
  });

  it("takes exactly one step for each step command, and only of the player it names", async () => {
    const h = open();
    await h.configure([small]);
    for (const [i, player] of (["all", "discriminator", "generator"] as const).entries()) {
      await h.request({ type: "step", player });
      await h.until((e) => e.type === "state" && e.step === i + 1);
    }
    const before = await weights(h);
    await h.request({ type: "step", player: "discriminator" });
    const after = await weights(h);
    const changed = before?.filter((tensor, i) => JSON.stringify(tensor) !== JSON.stringify(after?.[i]));
    expect(changed?.some(([name]) => String(name).includes("discriminator"))).toBe(true);
    expect(changed?.some(([name]) => /^generator.*(kernel|bias)/.test(String(name)))).toBe(false);
  });

  it("goes back to step 0, to the very same start, on reset", async () => {
    const h = open();
    await h.configure([small]);
    const start = await weights(h);
    await h.steps(3);
    await h.request({ type: "reset" });
    expect(await weights(h)).toEqual(start);
    await h.request({ type: "ping" });
    expect(h.all("state").at(-1)?.step).toBe(0);
    expect(h.all("curves").at(-1)?.curves.steps.length).toBe(0);
  });

  it("settles every request, also those that fail", async () => {
    const h = open();
    await expect(h.request({ type: "train" })).rejects.toThrow(/configured first/);
    await expect(h.request({ type: "step", player: "all" })).rejects.toThrow(/configured first/);
    await h.configure([small]);
    await expect(h.request({ type: "generate", latents: new Float32Array(3), count: 1 })).rejects.toThrow(
      /3 numbers does not fit a generator that takes 2/,
    );
    await expect(h.request({ type: "speed", limit: -1 })).rejects.toThrow(/above 0/);
    await expect(h.configure([])).rejects.toThrow(/from one to 4 arms/);
  });

  it("refuses networks that are too large for memory, and goes on with what ran", async () => {
    const h = open();
    await h.configure([small]);
    const layers: LayerSpec[] = [
      { type: "dense", units: 65536 },
      { type: "dense", units: 65536 },
      { type: "dense", units: 1 },
    ];
    const huge = withChanges(small, { networks: { discriminator: { layers } } });
    await expect(h.configure([huge])).rejects.toThrow(/GB of memory: 17 GB for weights/);
    await expect(h.configure([small, huge])).rejects.toThrow("These 2 arms together need");
    await h.request({ type: "step", player: "all" });
    await h.until((e) => e.type === "state" && e.step === 1);
  });

  it("refuses networks that do not fit with a sentence, and runs the next ones that do", async () => {
    const h = open();
    const broken = withChanges(small, { networks: { generator: { layers: [hidden] } } });
    await expect(h.configure([broken])).rejects.toThrow(/Generator: Layer 1/);
    await h.configure([small]);
    await h.steps(1);
  });

  it("holds training back to a speed limit", async () => {
    const h = open();
    await h.configure([small]);
    await h.request({ type: "speed", limit: 50 });
    const started = performance.now();
    await h.trainTo(15);
    expect(performance.now() - started).toBeGreaterThan(200); // 15 steps at 50 a second take 300 ms
  });
});

describe("determinism", () => {
  it("gives two arms with the same configuration exactly the same numbers", async () => {
    const h = open();
    await h.configure([minimax, minimax]);
    await h.steps(25);
    const run = await trained(h);
    expect(run.arms[1]).toEqual({ ...run.arms[0], id: "b" });
    expect(run.arms[0]?.history.values.length).toBe(25 * READING_IDS.length);
  });

  it("is not changed by looking: generating, pausing, saving, changing the view", async () => {
    const quiet = open();
    await quiet.configure([small]);
    await quiet.steps(20);
    const expected = await trained(quiet);
    await quiet.dispose();

    const busy = open();
    await busy.configure([small]);
    for (let i = 0; i < 20; i++) {
      await busy.request({ type: "generate", latents: new Float32Array([i / 10, 0]), count: 1 });
      const input = { method: "activations", z: new Float32Array(2), count: 2, label: 0 } as const;
      await busy.request({ type: "study", arm: "a", study: { id: "directions", input } });
      await busy.request({
        type: "view",
        averaged: i % 2 === 0,
        views: i % 3 === 0 ? ["pulls", "manifold"] : [],
        zoomed: i % 5 === 0,
      });
      await busy.steps(1);
      await busy.request({ type: "pause" });
      await busy.request({ type: "snapshot" });
    }
    expect(await trained(busy)).toEqual(expected);
  });

  it("gives the same run whether it trains freely or step by step", async () => {
    const free = open();
    await free.configure([small]);
    await free.trainTo(30);
    const run = await trained(free);
    const step = run.arms[0]?.snapshot.step ?? 0;
    await free.dispose();
    const single = open();
    await single.configure([small]);
    await single.steps(step);
    expect(await trained(single)).toEqual(run);
  });

  it("goes on from a restored run as if nothing had happened", async () => {
    const h = open();
    await h.configure([small]);
    await h.steps(10);
    const saved = await h.snapshot();
    await h.steps(10);
    const expected = await trained(h);
    await h.configure([small], saved);
    await h.steps(10);
    expect(await trained(h)).toEqual(expected);
  });

  it("moves to another backend and back with all its state", async () => {
    const h = open();
    await h.configure([small]);
    await h.steps(5);
    const before = await weights(h);
    const report = await h.configure([small], undefined, "cpu");
    expect(report.backend).toBe("cpu");
    expect(await weights(h)).toEqual(before);
    await h.steps(1);
    await h.configure([small], undefined, "wasm");
    expect((await h.snapshot()).arms[0]?.snapshot.step).toBe(6);
    expect((await h.snapshot()).arms[0]?.history.steps.length).toBe(6);
  });
});

describe("configure, while something runs", () => {
  it("marks a dragged value once, from where it began", async () => {
    const h = open();
    await h.configure([small]);
    await h.steps(2);
    for (const instanceNoise of [0.1, 0.2, 0.3]) await h.configure([withChanges(small, { model: { instanceNoise } })]);
    const { arms } = await h.request({ type: "snapshot" });
    expect(arms[0]?.history.changes).toEqual([{ step: 2, text: "instance noise 0 → 0.3" }]);
    await h.dispose();
  });

  it("applies a live change in place and marks it on the curves", async () => {
    const h = open();
    await h.configure([small]);
    await h.steps(4);
    await h.configure([withChanges(small, { model: { loss: "minimax" } })]);
    const run = await h.snapshot();
    expect(run.arms[0]?.snapshot.step).toBe(4);
    expect(run.arms[0]?.history.changes).toEqual([{ step: 4, text: "loss Non-saturating → Minimax (saturating)" }]);
  });

  it("builds anew when the architecture changes", async () => {
    const h = open();
    await h.configure([small]);
    await h.steps(4);
    await h.configure([{ ...small, seed: 9 }]);
    expect((await h.snapshot()).arms[0]?.snapshot.step).toBe(0);
  });

  it("splits a second arm off with the first one's weights; its curves begin there", async () => {
    const h = open();
    await h.configure([small]);
    await h.steps(6);
    const before = await h.snapshot();
    await h.configure([small, minimax]);
    const after = await h.snapshot();
    expect(after.arms[1]?.snapshot.tensors).toEqual(before.arms[0]?.snapshot.tensors);
    // One row: what its own loss says there, and no number that only arm A has computed.
    expect([...(after.arms[1]?.history.steps ?? [])]).toEqual([6]);
    expect(after.arms[1]?.history.changes).toEqual([
      { step: 6, text: "splits off from A: loss Non-saturating → Minimax (saturating)" },
    ]);
    expect(after.arms[0]?.history).toEqual(before.arms[0]?.history);
    await h.steps(5);
    const later = await h.snapshot();
    const { steps, values, columns } = later.arms[1]?.history ?? {
      steps: [],
      values: new Float32Array(0),
      columns: [],
    };
    expect([...steps]).toEqual([6, 7, 8, 9, 10, 11]);
    const width = columns.length;
    expect(values.slice(0, width), "what the next step then computes").toEqual(values.slice(width, 2 * width));
    expect(later.arms.map((arm) => arm.snapshot.step)).toEqual([11, 11]);
    expect(later.arms[1]?.snapshot.tensors).not.toEqual(later.arms[0]?.snapshot.tensors);
  });

  it("lets arm A go on alone when the comparison ends", async () => {
    const h = open();
    await h.configure([small, minimax]);
    await h.steps(3);
    await h.configure([small]);
    await h.steps(1);
    expect((await h.snapshot()).arms.map((arm) => arm.snapshot.step)).toEqual([4]);
  });

  it("goes on with any arm alone, under the first one's name, with its state and curves", async () => {
    const h = open();
    await h.configure([small, minimax]);
    await h.steps(3);
    const before = await h.snapshot();
    await h.configure([{ id: "a", config: minimax, from: "b" }]);
    const after = await h.snapshot();
    expect(after.arms).toEqual([{ ...before.arms[1], id: "a" }]);
    await h.steps(1);
    expect((await h.snapshot()).arms.map(({ id, snapshot }) => [id, snapshot.step])).toEqual([["a", 4]]);
  });

  it("splits a third and a fourth arm off from the arm that they name, while the others go on", async () => {
    const h = open();
    await h.configure([small, minimax]);
    await h.steps(3);
    const before = await h.snapshot();
    const noisy = withChanges(minimax, { model: { instanceNoise: 0.1 } });
    await h.configure([
      { id: "a", config: small },
      { id: "b", config: minimax },
      { id: "c", config: noisy, from: "b" },
      { id: "d", config: noisy, from: "a" },
    ]);
    const after = await h.snapshot();
    expect(after.arms.slice(0, 2)).toEqual(before.arms);
    expect(after.arms[2]?.snapshot.tensors).toEqual(before.arms[1]?.snapshot.tensors);
    expect(after.arms[3]?.snapshot.tensors).toEqual(before.arms[0]?.snapshot.tensors);
    await h.steps(2);
    expect((await h.snapshot()).arms.map(({ id, snapshot }) => [id, snapshot.step])).toEqual([
      ["a", 5],
      ["b", 5],
      ["c", 5],
      ["d", 5],
    ]);
  });

  it("runs arms that differ in anything, and answers about latents for those that take them", async () => {
    const h = open();
    const wide: ExperimentConfig = withChanges(small, {
      seed: 9,
      batchSize: 16,
      latent: { size: 3, prior: "uniform" },
      model: { packing: 2 },
    });
    await h.configure([small, wide, startingConfig("gaussian-1d")]);
    await h.request({ type: "view", averaged: true, views: ["pulls", "manifold"], zoomed: false });
    await h.steps(2);
    expect((await h.snapshot()).arms.map(({ id, snapshot }) => [id, snapshot.step])).toEqual([
      ["a", 2],
      ["b", 2],
      ["c", 2],
    ]);
    const { arms } = await h.request({ type: "generate", latents: new Float32Array(3), count: 1 });
    expect(arms.map(({ arm }) => arm)).toEqual(["b"]);
    await expect(h.request({ type: "generate", latents: new Float32Array(5), count: 1 })).rejects.toThrow(
      /takes 2 or 3\./,
    );
  });

  it("starts both arms anew when they can no longer be compared", async () => {
    const h = open();
    await h.configure([small, minimax]);
    await h.steps(3);
    await h.configure([small, { ...minimax, batchSize: 16 }]);
    expect((await h.snapshot()).arms.map((arm) => arm.snapshot.step)).toEqual([0, 0]);
  });
});

describe("a number that is not finite", () => {
  const explosive = fasterG(
    withChanges(small, {
      model: { loss: "wasserstein" },
      players: {
        discriminator: { optimizer: { type: "sgd", learningRate: 1 } },
        generator: { optimizer: { type: "sgd", learningRate: 1 } },
      },
    }),
    1,
  );

  it("stops the arm with a sentence, keeps its last good state, and pauses when it is alone", async () => {
    const h = open();
    await h.configure([explosive]);
    await h.request({ type: "train" });
    const event = await h.until((e) => e.type === "state" && e.arms[0]?.stopped !== null && e.arms.length > 0);
    expect(event).toMatchObject({ type: "state", phase: "paused" });
    expect(h.all("state").at(-1)?.arms[0]?.stopped).toMatch(/^At step \d+, .*(learning rate|regulariser)/);
    const kept = await h.snapshot();
    expect(kept.arms[0]?.snapshot.tensors.every(({ values }) => values.every(Number.isFinite))).toBe(true);
  });

  it("does not stop the other arm", async () => {
    const h = open();
    const calm = fasterG(
      withChanges(explosive, { players: { discriminator: { optimizer: { type: "sgd", learningRate: 1e-6 } } } }),
      1e-6,
    );
    await h.configure([calm, explosive]);
    await h.request({ type: "train" });
    const stopped = await h.until((e) => e.type === "state" && (e.arms[1]?.stopped ?? null) !== null);
    const at = stopped.type === "state" ? stopped.step : 0;
    const later = await h.next("state", (state) => state.step > at + 5);
    expect(later.phase).toBe("training");
    expect(later.arms[0]?.stopped).toBeNull();
  });

  it("lets the arm try again after a live change", async () => {
    const h = open();
    await h.configure([explosive]);
    await h.request({ type: "train" });
    await h.until((e) => e.type === "state" && (e.arms[0]?.stopped ?? null) !== null);
    await h.configure([
      fasterG(
        withChanges(explosive, { players: { discriminator: { optimizer: { type: "sgd", learningRate: 1e-6 } } } }),
        1e-6,
      ),
    ]);
    await h.steps(3);
    expect(h.all("state").at(-1)?.arms[0]?.stopped).toBeNull();
  });
});

describe("how good it is", () => {
  it("is read at the step that is shown when training rests, the same for the same weights", async () => {
    const h = open();
    await h.configure([small, minimax]);
    const first = await h.until((e) => e.type === "quality" && e.arm === "b");
    expect(first).toMatchObject({ quality: { step: 0, standards: { clusters: 8, floor: { modes20: 8 } } } });
    await h.steps(3);
    const read = (arm: "a" | "b") => h.until((e) => e.type === "quality" && e.arm === arm && e.quality.step === 3);
    const [a, b] = [await read("a"), await read("b")];
    if (a.type !== "quality" || b.type !== "quality") throw new Error("two readings");
    expect(a.quality.counts?.reduce((sum, count) => sum + count, 0)).toBe(
      Math.round(2500 * (a.quality.latest.highQuality ?? Number.NaN)),
    );
    const run = await h.snapshot();
    expect(run.arms[0]?.quality?.steps.at(-1)).toBe(3);
    expect(run.arms[0]?.quality).toEqual(a.quality.curves);

    await h.configure([small], { arms: run.arms.slice(0, 1) }); // a run that goes on keeps its readings
    const again = await h.until((e) => e.type === "quality" && e.quality.step === 3, h.events.indexOf(b) + 1);
    expect(again).toMatchObject({ quality: { latest: a.quality.latest } });
    expect(again.type === "quality" && [...again.quality.curves.steps]).toEqual([...a.quality.curves.steps]);
  });

  it("is read while training too", async () => {
    const h = open();
    await h.configure([small]);
    await h.request({ type: "train" });
    const during = await h.until((e) => e.type === "quality" && e.quality.step > 0);
    expect(h.all("state").at(-1)?.phase).toBe("training");
    const later = await h.until((e) => e.type === "quality" && e !== during && e.quality.step > 0);
    expect(later.type === "quality" && later.quality.curves.steps.length).toBeGreaterThan(2);
  });
});

describe("memory", () => {
  it("stays flat over training, views, generating and saving", async () => {
    const h = open();
    await h.configure([small, minimax]);
    await h.trainTo(40);
    await h.request({ type: "ping" }); // answered when nothing is being drawn
    const before = tf.memory();
    await h.trainTo(150);
    for (let i = 0; i < 10; i++) await h.request({ type: "generate", latents: new Float32Array(2), count: 1 });
    await h.snapshot();
    const after = tf.memory();
    expect([after.numTensors, after.numBytes]).toEqual([before.numTensors, before.numBytes]);
  });

  it("is all given back when the session ends", async () => {
    const before = tf.memory().numTensors;
    const h = open();
    await h.configure([small, minimax]);
    await h.steps(3);
    await h.configure([{ ...small, seed: 2 }]);
    await h.request({ type: "reset" });
    await h.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

const mnistConfig: ExperimentConfig = { ...startingConfig("mnist"), batchSize: 8 };

describe.skipIf(!existsSync("public/data/mnist/train-0.bin"))("a session with MNIST", () => {
  it("trains on the real images and answers with pixels", async () => {
    const h = open();
    await h.configure([mnistConfig]);
    await h.steps(2);
    const { arms } = await h.request({
      type: "generate",
      latents: new Float32Array(2 * mnistConfig.latent.size),
      count: 2,
    });
    const quality = await h.until((e) => e.type === "quality" && e.quality.step === 2);
    if (quality.type !== "quality") throw new Error("a reading");
    const { latest, counts, standards } = quality.quality;
    expect(counts?.reduce((a, b) => a + b, 0)).toBe(500); // fakes, each of the class that it is likeliest of
    expect(quality.quality.seen).toMatchObject({ classes: { samples: counts }, values: { frechet: latest.frechet } });
    expect(standards).toMatchObject({ clusters: 10, floor: { classesFound: 10 } });
    expect(latest.frechet).toBeGreaterThan(10 * (standards.floor.frechet ?? Number.NaN));
    expect(latest.confidence).toBeLessThan(standards.floor.confidence ?? Number.NaN);
    expect(Object.keys(latest).sort()).toEqual(
      ["classesFound", "confidence", "featureCoverage", "frechet", "sharpnessRatio"], // no distances between pixels
    );
    expect(arms[0]?.samples).toBeInstanceOf(Uint8ClampedArray);
    expect(arms[0]?.samples.length).toBe(2 * 28 * 28 * 4);
    expect(arms[0]?.logits.length).toBe(2);
    const stage = await h.until((e) => e.type === "stage");
    expect(stage.type === "stage" && stage.frame.kind).toBe("images");
    expect(h.all("data").at(-1)).toMatchObject({ dataset: "mnist", error: null });
  });

  it("trains without a classifier that does not come, says so once, and asks for it again after a reset", async () => {
    let missing = true;
    const h = open((path) => {
      if (missing && path.startsWith("classifiers/"))
        return Promise.reject(new FileMissingError("the server says 404"));
      return readPublicFile(path);
    });
    await h.configure([mnistConfig]);
    await h.steps(2);
    const notice = await h.until((e) => e.type === "notice");
    expect(notice.type === "notice" && notice.text).toMatch(/classifier that judges .* \(the server says 404\)/);
    await h.steps(2);
    expect(h.all("notice")).toHaveLength(1);
    expect(h.all("quality")).toHaveLength(0);
    missing = false;
    await h.request({ type: "reset" });
    await h.steps(1);
    await h.until((e) => e.type === "quality" && e.quality.step === 1);
  });

  it("names a damaged file, refuses to step, and goes on after a retry", async () => {
    let broken = true;
    const h = open(async (path) => {
      const bytes = await readPublicFile(path);
      if (!broken || !path.endsWith("train-0.bin")) return bytes;
      const damaged = new Uint8Array(bytes.slice(0));
      damaged[1000] = (damaged[1000] ?? 0) ^ 0xff;
      return damaged.buffer;
    });
    await h.configure([mnistConfig]);
    const event = await h.until((e) => e.type === "data" && e.error !== null);
    expect(event.type === "data" && event.error).toMatch(/train-0\.bin of mnist arrived damaged/);
    await expect(h.request({ type: "step", player: "all" })).rejects.toThrow(/could not be loaded/);
    await h.request({ type: "train" });
    await h.next("state", (state) => state.phase === "paused");
    broken = false;
    await h.request({ type: "retry-data" });
    await h.until((e) => e.type === "state" && e.phase === "training" && e.step > 1); // what the fault had stopped goes on
    await h.steps(1);
  });

  it("is loading while it waits for its data, tells of bytes as they come, and can be paused meanwhile", async () => {
    let asked = (_: (received: number) => void) => {};
    const coming = new Promise<(received: number) => void>((resolve) => {
      asked = resolve;
    });
    let finish = () => {};
    const h = open(async (path, onBytes = () => {}) => {
      const bytes = await readPublicFile(path);
      if (!path.endsWith("train-0.bin")) return bytes;
      asked(onBytes);
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return bytes;
    });
    await h.configure([mnistConfig]);
    await h.request({ type: "train" });
    await h.until((e) => e.type === "state" && e.phase === "loading");
    (await coming)(400_000);
    const here = await h.until((e) => e.type === "data" && e.loaded > 0);
    expect(here).toMatchObject({ loaded: 400_000, error: null });
    const before = h.events.length;
    await h.request({ type: "pause" });
    await h.until((e) => e.type === "state" && e.phase === "paused", before);
    finish();
    await h.until((e) => e.type === "stage", before);
    expect(h.all("state").at(-1)).toMatchObject({ phase: "paused", step: 0 });
  });
});
