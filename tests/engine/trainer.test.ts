/** The trainer's promises: determinism, saving, what a step reports, no leaks, refusals. On wasm. */

import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import type { LayerSpec } from "../../src/core/architecture/layers";
import { type ExperimentConfig, type Players, withChanges } from "../../src/core/config";
import { LOSS_IDS } from "../../src/core/losses";
import { READING_IDS, type ReadingId } from "../../src/core/readings";
import type { Snapshot } from "../../src/core/snapshot";
import { columnReader } from "../../src/core/step-table";
import type { StepNumbers } from "../../src/engine/numbers";
import { generate, score } from "../../src/engine/probes/generate";
import { ConfigError } from "../../src/engine/refusals";
import type { Trainer } from "../../src/engine/trainer";
import { EVERYTHING, SMALL, trainerOf, trainSteps } from "../helpers/trainers";

const at = (numbers: StepNumbers, row: number, name: ReadingId) => columnReader(numbers, name)(row);

function tensor(snapshot: Snapshot, name: string): number[] {
  const found = snapshot.tensors.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`The snapshot has no ${name}.`);
  return [...found.values];
}

/** Runs `use` with a trainer that is disposed afterwards. */
async function using<T>(config: ExperimentConfig, use: (trainer: Trainer) => Promise<T>): Promise<T> {
  const trainer = trainerOf(config);
  try {
    return await use(trainer);
  } finally {
    trainer.dispose();
  }
}

const runOf = (config: ExperimentConfig, steps: number) =>
  using(config, async (trainer) => {
    trainSteps(trainer, steps);
    return { numbers: await trainer.readNumbers(), end: await trainer.save() };
  });

beforeAll(async () => {
  await startBackend("wasm");
});

describe("a run", () => {
  it.each([
    ["small", SMALL],
    ["with everything on", EVERYTHING],
  ])("is the same bytes every time, %s", async (_name, config) => {
    expect(await runOf(config, 12)).toEqual(await runOf(config, 12));
  });

  it("leaves alone a bias that reals and fakes pull with equal force", async () => {
    // A 48th is no float: of any rest that its sums left, Adam would make a full step.
    const config = withChanges(SMALL, {
      batchSize: 48,
      model: { loss: "wasserstein" },
      networks: { discriminator: { layers: [{ type: "dense", units: 1 }] } },
    });
    const { end } = await runOf(config, 3);
    expect(tensor(end, "discriminator/weights/0/bias")).toEqual([0]);
  });

  it("is another with another seed", async () => {
    const [a, b] = await Promise.all([runOf(SMALL, 3), runOf({ ...SMALL, seed: 2 }, 3)]);
    expect(a.numbers.values).not.toEqual(b.numbers.values);
  });

  it.each([
    ["small", SMALL],
    ["with everything on", EVERYTHING],
  ])("does not notice that it was saved and restored, %s", async (_name, config) => {
    const whole = await runOf(config, 12);
    const { first, middle } = await using(config, async (trainer) => {
      trainSteps(trainer, 5);
      return { first: await trainer.readNumbers(), middle: await trainer.save() };
    });
    const rest = await using(config, async (trainer) => {
      trainSteps(trainer, 3); // to be forgotten
      trainer.restore(middle);
      expect(trainer.step).toBe(5);
      trainSteps(trainer, 7);
      return { numbers: await trainer.readNumbers(), end: await trainer.save() };
    });
    expect([...first.values, ...rest.numbers.values]).toEqual([...whole.numbers.values]);
    expect([...first.steps, ...rest.numbers.steps]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(rest.end).toEqual(whole.end);
  });

  it("does not notice that it was looked at", async () => {
    const watched = await using(EVERYTHING, async (trainer) => {
      const values: number[] = [];
      for (let i = 0; i < 6; i++) {
        trainer.train("all");
        await generate(trainer, new Float32Array(10), 5, i % 2 === 0);
        await score(trainer, new Float32Array(10), 5);
        values.push(...(await trainer.readNumbers()).values);
      }
      return values;
    });
    expect(watched).toEqual([...(await runOf(EVERYTHING, 6)).numbers.values]);
  });

  it("saves the state of the moment, though training goes on", async () => {
    await using(SMALL, async (trainer) => {
      trainSteps(trainer, 2);
      const before = await trainer.save();
      const pending = trainer.save();
      trainer.train("all");
      expect(await pending).toEqual(before);
    });
  });

  it.each(LOSS_IDS)("has no NaN and no leak under %s", async (loss) => {
    await using(withChanges(SMALL, { model: { loss } }), async (trainer) => {
      trainSteps(trainer, 2);
      await trainer.readNumbers();
      const before = tf.memory();
      trainSteps(trainer, 20);
      const numbers = await trainer.readNumbers();
      expect(numbers.values.every(Number.isFinite)).toBe(true);
      expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
    });
  });

  it("leaves no tensor over a hundred steps with everything on, and none when disposed", async () => {
    const start = tf.memory().numTensors;
    await using(EVERYTHING, async (trainer) => {
      const measure = async () => {
        const numbers = await trainer.readNumbers();
        await generate(trainer, new Float32Array(4), 2, true);
        expect(numbers.values.every(Number.isFinite)).toBe(true);
        const { numTensors, numBytes } = tf.memory();
        return { numTensors, numBytes };
      };
      trainSteps(trainer, 50);
      const half = await measure();
      trainSteps(trainer, 50);
      expect(await measure()).toEqual(half);
    });
    expect(tf.memory().numTensors).toBe(start);
  });
});

describe("a step", () => {
  it("of D alone leaves G as it is, and the other way round; the step counts either way", async () => {
    await using(SMALL, async (trainer) => {
      const start = await trainer.save();
      const changed = async (players: Players) => {
        trainer.restore(start);
        trainer.train(players);
        expect(trainer.step).toBe(1);
        const now = await trainer.save();
        return ["generator", "discriminator"].filter(
          (player) =>
            `${tensor(now, `${player}/weights/0/kernel`)}` !== `${tensor(start, `${player}/weights/0/kernel`)}`,
        );
      };
      expect(await changed("discriminator")).toEqual(["discriminator"]);
      expect(await changed("generator")).toEqual(["generator"]);
      expect(await changed("all")).toEqual(["generator", "discriminator"]);
    });
  });

  it("reports NaN for what it did not compute", async () => {
    await using(SMALL, async (trainer) => {
      trainer.train("discriminator");
      trainer.train("generator");
      const numbers = await trainer.readNumbers();
      expect([...numbers.steps]).toEqual([1, 2]);
      const known = (row: number) => READING_IDS.filter((name) => !Number.isNaN(at(numbers, row, name)));
      expect(known(1)).toEqual(["gLoss", "dFakeG", "gGradNorm"]);
      expect(known(0)).toEqual(READING_IDS.filter((name) => !known(1).includes(name)));
    });
  });

  it("adds D's loss up from its parts, and penalties on top", async () => {
    const { numbers } = await runOf(withChanges(SMALL, { model: { penalties: { r1: 10 } } }), 3);
    for (let row = 0; row < 3; row++) {
      expect(at(numbers, row, "dLoss")).toBeCloseTo(at(numbers, row, "dLossReal") + at(numbers, row, "dLossFake"), 6);
      expect(at(numbers, row, "dTotal")).toBeGreaterThan(at(numbers, row, "dLoss"));
    }
  });

  it("tells D's accuracy on reals and on fakes; of a loss of pairs, the share of pairs in order", async () => {
    const accuracies = async (config: ExperimentConfig) =>
      using(config, async (trainer) => {
        for (let i = 0; i < 200; i++) trainer.train("discriminator");
        const numbers = await trainer.readNumbers();
        const read = (row: number) => [at(numbers, row, "dAccuracyReal"), at(numbers, row, "dAccuracyFake")];
        const all = Array.from({ length: 200 }, (_, row) => read(row)).flat();
        for (const share of all) expect(share * 16).toBe(Math.round(share * 16)); // a minibatch of 16
        return { first: read(0), last: read(199) };
      });
    const classic = await accuracies(SMALL);
    expect(classic.first[0]).not.toBe(classic.first[1]);
    expect(Math.min(...classic.last)).toBeGreaterThan(0.6);
    const { last } = await accuracies(withChanges(SMALL, { model: { loss: "relativistic" } }));
    expect(last[0]).toBe(last[1]);
    expect(last[0]).toBeGreaterThan(0.6);
  });

  it("updates D as often as configured", async () => {
    const { end } = await runOf(withChanges(SMALL, { players: { discriminator: { turns: 3 } } }), 4);
    expect([tensor(end, "discriminator/updates"), tensor(end, "generator/updates")]).toEqual([[12], [4]]);
  });

  it("updates G as often as configured, each time from other latents", async () => {
    const twice = withChanges(SMALL, { players: { generator: { turns: 3 } } });
    const { end, numbers } = await runOf(twice, 4);
    expect([tensor(end, "discriminator/updates"), tensor(end, "generator/updates")]).toEqual([[4], [12]]);
    const once = await runOf(SMALL, 1);
    // Three updates of G come after the same update of D.
    expect(at(numbers, 0, "dLoss")).toBe(at(once.numbers, 0, "dLoss"));
    expect(at(numbers, 0, "gLoss")).not.toBe(at(once.numbers, 0, "gLoss"));
  });

  it("gives both arms of a comparison the same game where they do not differ", async () => {
    const [a, b] = await Promise.all([runOf(SMALL, 1), runOf(withChanges(SMALL, { model: { loss: "minimax" } }), 1)]);
    for (const name of ["dLoss", "dReal", "dFake", "dGradNorm", "dFakeG"] as const) {
      expect(at(a.numbers, 0, name)).toBe(at(b.numbers, 0, name));
    }
    expect(at(a.numbers, 0, "gLoss")).not.toBe(at(b.numbers, 0, "gLoss"));
  });

  it("moves less as the learning rate falls", async () => {
    const sgd = { type: "sgd", learningRate: 0.1 } as const;
    const config: ExperimentConfig = withChanges(SMALL, {
      schedule: { type: "linear", steps: 10, finalRatio: 0 },
      players: { discriminator: { optimizer: sgd } },
    });
    await using(config, async (trainer) => {
      trainSteps(trainer, 10);
      const before = await trainer.save();
      trainer.train("discriminator"); // the schedule is at zero
      const after = await trainer.save();
      const name = "discriminator/weights/0/kernel";
      expect(tensor(after, name)).toEqual(tensor(before, name));
    });
  });
});

describe("features", () => {
  it("the moving average is decay · old + (1 - decay) · new", async () => {
    const config = withChanges(SMALL, { networks: { generator: { ema: 0.75 } } });
    await using(config, async (trainer) => {
      const start = await trainer.save();
      trainer.train("all");
      const first = await trainer.save();
      const expected = tensor(start, "generator/weights/0/kernel").map(
        (w, i) => 0.75 * w + 0.25 * (tensor(first, "generator/weights/0/kernel")[i] ?? Number.NaN),
      );
      const average = tensor(first, "generator/average/0/kernel");
      for (const [i, value] of average.entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 6);
    });
  });

  it("averaged weights are shown on request, with batch norm too", async () => {
    await using(withChanges(EVERYTHING, { networks: { generator: { ema: 0.999 } } }), async (trainer) => {
      trainSteps(trainer, 20);
      const z = Float32Array.from({ length: 8 }, (_, i) => i / 4 - 1);
      const raw = await generate(trainer, z, 4, false);
      const averaged = await generate(trainer, z, 4, true);
      expect(averaged.samples.every(Number.isFinite)).toBe(true);
      expect(averaged.samples).not.toEqual(raw.samples);
      expect(averaged.samples).toEqual((await generate(trainer, z, 4, true)).samples);
    });
  });

  it("batch norm evaluates one latent as it evaluates it among others", async () => {
    await using(EVERYTHING, async (trainer) => {
      trainSteps(trainer, 10);
      const alone = await generate(trainer, Float32Array.of(0.5, -1), 1, false);
      const among = await generate(trainer, Float32Array.of(0.5, -1, 3, 3, -2, 1), 3, false);
      expect(among.samples[0]).toBeCloseTo(alone.samples[0] ?? Number.NaN, 5);
      expect(among.samples[1]).toBeCloseTo(alone.samples[1] ?? Number.NaN, 5);
    });
  });

  it("batch norm's moving statistics follow the batches with a share of a tenth", async () => {
    const config: ExperimentConfig = withChanges(SMALL, {
      networks: { generator: { layers: [{ type: "batchNorm" }, { type: "dense", units: 2 }] } },
    });
    const given = { real: new Float32Array(32), zD: new Float32Array(32), mix: new Float32Array(16) };
    await using(config, async (trainer) => {
      // z alternates between (1, 10) and (3, 10): means 2 and 10, variances 1 and 0
      const zG = Float32Array.from({ length: 32 }, (_, i) => (i % 2 === 1 ? 10 : i % 4 === 0 ? 1 : 3));
      trainer.train("generator", { ...given, zG });
      const after = await trainer.save();
      const expected = { mean: [0.2, 1], variance: [0.9 + 0.1, 0.9] };
      for (const key of ["mean", "variance"] as const) {
        const found = tensor(after, `generator/moving/0/${key}`);
        for (const [i, value] of expected[key].entries()) expect(found[i]).toBeCloseTo(value, 5);
      }
    });
  });

  it("clipping keeps every weight of D within bounds", async () => {
    const { end } = await runOf(withChanges(SMALL, { model: { loss: "wasserstein", penalties: { clip: 0.05 } } }), 5);
    for (const { name, values } of end.tensors) {
      if (!name.startsWith("discriminator/weights/")) continue;
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.05));
    }
  });

  it("spectral norm finds the largest singular value, so that a linear D has slope at most 1", async () => {
    const config: ExperimentConfig = withChanges(SMALL, {
      networks: { discriminator: { layers: [{ type: "dense", units: 1, spectralNorm: true, useBias: false }] } },
    });
    await using(config, async (trainer) => {
      trainSteps(trainer, 3);
      const u = tensor(await trainer.save(), "discriminator/spectral/0/u");
      expect(Math.abs(u[0] ?? 0)).toBeCloseTo(1, 6);
      const [x = 0, y = 0] = await score(trainer, Float32Array.of(1, 0, 0, 1), 2);
      expect(Math.hypot(x, y)).toBeCloseTo(1, 2); // D's kernel moved a little since the power iteration
    });
  });

  it("spectral norm keeps to its bound from the first step on, also with five updates of D a step, and in G", async () => {
    const normalized: LayerSpec[] = [
      { type: "dense", units: 24, activation: "leakyRelu", spectralNorm: true },
      { type: "dense", units: 24, activation: "leakyRelu", spectralNorm: true },
    ];
    const optimizer = { type: "adam", learningRate: 4e-3, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 } as const;
    const initializer = "he";
    const config: ExperimentConfig = withChanges(SMALL, {
      latent: { size: 2, prior: "normal" },
      schedule: { type: "constant", steps: 1, finalRatio: 1 },
      model: { loss: "non-saturating", instanceNoise: 0 },
      networks: {
        generator: { initializer, ema: 0, layers: [...normalized, { type: "dense", units: 2 }] },
        discriminator: { initializer, layers: [...normalized, { type: "dense", units: 1 }] },
      },
      players: { generator: { optimizer }, discriminator: { optimizer, turns: 5 } },
    });
    /** The most that a layer stretches anything: its kernel's largest singular value over the estimate that divides it. */
    const worst = async (trainer: Trainer) => {
      const end = await trainer.save();
      const ratios = ["generator", "discriminator"].flatMap((player) =>
        [0, 1].map((layer) => {
          const kernel = tensor(end, `${player}/weights/${layer}/kernel`);
          const u = tensor(end, `${player}/spectral/${layer}/u`);
          const v = tensor(end, `${player}/spectral/${layer}/v`);
          return largestSingularValue(kernel, u.length) / Math.abs(estimate(kernel, u, v));
        }),
      );
      return Math.max(...ratios);
    };
    await using(config, async (trainer) => {
      expect(await worst(trainer)).toBeLessThan(1.1);
      for (let i = 0; i < 10; i++) {
        trainSteps(trainer, 1);
        expect(await worst(trainer)).toBeLessThan(1.5);
      }
    });
  });

  it("unrolling changes G's gradient and nothing that D's step sees", async () => {
    const plain = await runOf(SMALL, 1);
    const unrolled = await runOf(withChanges(SMALL, { model: { unrolledSteps: 3 } }), 1);
    expect(at(unrolled.numbers, 0, "dLoss")).toBe(at(plain.numbers, 0, "dLoss"));
    expect(at(unrolled.numbers, 0, "gGradNorm")).not.toBe(at(plain.numbers, 0, "gGradNorm"));
    const name = "discriminator/weights/0/kernel";
    expect(tensor(unrolled.end, name)).toEqual(tensor(plain.end, name));
  });

  it("unrolled G's loss is the loss after D's own updates on that batch", async () => {
    // One unrolled SGD step on the minibatch of G's step = a real D step on it, then G's loss.
    const sgd = { type: "sgd", learningRate: 0.5 } as const;
    const config = withChanges(SMALL, { players: { discriminator: { optimizer: sgd } } });
    const inputs = {
      real: Float32Array.from({ length: 32 }, (_, i) => Math.sin(i)),
      zD: Float32Array.from({ length: 32 }, (_, i) => Math.cos(3 * i)),
      zG: Float32Array.from({ length: 32 }, (_, i) => Math.cos(3 * i)),
      mix: new Float32Array(16),
    };
    const ahead = await using(withChanges(config, { model: { unrolledSteps: 1 } }), async (trainer) => {
      trainer.train("generator", inputs);
      return at(await trainer.readNumbers(), 0, "gLoss");
    });
    const real = await using(config, async (trainer) => {
      trainer.train("all", inputs);
      return at(await trainer.readNumbers(), 0, "gLoss");
    });
    expect(ahead).toBeCloseTo(real, 5);
  });

  it("unrolled gradient agrees with finite differences of G's loss", async () => {
    const sgd = { type: "sgd", learningRate: 0.5 } as const;
    const config: ExperimentConfig = withChanges(SMALL, {
      model: { unrolledSteps: 2 },
      networks: {
        generator: { layers: [{ type: "dense", units: 2 }] },
        discriminator: {
          layers: [
            { type: "dense", units: 6, activation: "tanh" },
            { type: "dense", units: 1 },
          ],
        },
      },
      players: { generator: { optimizer: { type: "sgd", learningRate: 1 } }, discriminator: { optimizer: sgd } },
    });
    await using(config, async (trainer) => {
      const start = await trainer.save();
      const lossAt = async (shift: number) => {
        const tensors = start.tensors.map((t) =>
          t.name === "generator/weights/0/bias" ? { ...t, values: Float32Array.of(shift, 0) } : t,
        );
        trainer.restore({ ...start, tensors });
        trainer.train("generator");
        return at(await trainer.readNumbers(), 0, "gLoss");
      };
      const h = 1e-2;
      const difference = ((await lossAt(h)) - (await lossAt(-h))) / (2 * h);
      await lossAt(0);
      const moved = tensor(await trainer.save(), "generator/weights/0/bias")[0] ?? Number.NaN; // 0 - 1 · gradient
      expect(-moved).toBeCloseTo(difference, 3);
    });
  });

  it("packing shows D several samples at once", async () => {
    const { end } = await runOf(withChanges(SMALL, { model: { packing: 4 } }), 2);
    const kernel = end.tensors.find(({ name }) => name === "discriminator/weights/0/kernel");
    expect(kernel?.shape).toEqual([8, 8]);
  });
});

describe("changes", () => {
  it("of rates, losses and strengths go on with the same weights", async () => {
    await using(SMALL, async (trainer) => {
      trainSteps(trainer, 3);
      const before = await trainer.save();
      const next: ExperimentConfig = withChanges(SMALL, { model: { loss: "hinge", penalties: { r1: 1 } } });
      trainer.update(next);
      expect((await trainer.save()).tensors).toEqual(before.tensors);
      expect(trainer.config).toBe(next);
      trainer.train("all");
      expect(at(await trainer.readNumbers(), 3, "dTotal")).toBeGreaterThan(0);
    });
  });

  it("of the networks are refused", async () => {
    await using(SMALL, async (trainer) => {
      expect(() => trainer.update({ ...SMALL, batchSize: 32 })).toThrow("start the experiment again");
    });
  });
});

describe("refusals", () => {
  it("name every problem and build nothing", () => {
    const before = tf.memory().numTensors;
    const wrong: ExperimentConfig = withChanges(SMALL, {
      model: { packing: 3 },
      networks: { generator: { layers: [{ type: "dense", units: 5 }] } },
    });
    expect(() => trainerOf(wrong)).toThrow(ConfigError);
    try {
      trainerOf(wrong);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      expect(error.problems).toHaveLength(2);
      expect(error.message).toContain("set it to 2 units");
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  it("a snapshot of other networks is refused by name and changes nothing", async () => {
    await using(SMALL, async (trainer) => {
      const own = await trainer.save();
      const [first, ...others] = own.tensors;
      if (first === undefined) throw new Error("a snapshot has tensors");
      expect(() => trainer.restore({ ...own, tensors: others })).toThrow(first.name);
      const other = { ...first, shape: [1], values: Float32Array.of(7) };
      expect(() => trainer.restore({ ...own, tensors: [...others, other] })).toThrow(first.name);
      expect(() => trainer.restore({ ...own, tensors: [...own.tensors, { ...other, name: "extra" }] })).toThrow(
        "extra",
      );
      expect(await trainer.save()).toEqual(own);
    });
  });

  it("a wrong number of latents is refused", async () => {
    await using(SMALL, async (trainer) => {
      await expect(generate(trainer, new Float32Array(3), 2, false)).rejects.toThrow("2 latents of 2 numbers are 4");
    });
  });
});

/** vᵀ W u of a kernel [v, u], row-major. */
function estimate(kernel: readonly number[], u: readonly number[], v: readonly number[]): number {
  return v.reduce(
    (sum, vi, i) => sum + vi * u.reduce((row, uj, j) => row + uj * (kernel[i * u.length + j] ?? 0), 0),
    0,
  );
}

/** By a hundred power iterations in double precision. */
function largestSingularValue(kernel: readonly number[], columns: number): number {
  const rows = kernel.length / columns;
  const at = (i: number, j: number) => kernel[i * columns + j] ?? 0;
  let u = Array.from({ length: columns }, (_, j) => 1 + Math.sin(j));
  let size = 0;
  for (let n = 0; n < 100; n++) {
    const v = Array.from({ length: rows }, (_, i) => u.reduce((sum, uj, j) => sum + at(i, j) * uj, 0));
    const w = u.map((_, j) => v.reduce((sum, vi, i) => sum + at(i, j) * vi, 0));
    size = Math.sqrt(Math.hypot(...w) / Math.hypot(...u));
    u = w.map((x) => x / Math.hypot(...w));
  }
  return size;
}
