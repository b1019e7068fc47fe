/** What a comparison says, in situations that people meet. */
import { describe, expect, it } from "vitest";
import { type Experiment, freeArmId, singleArm, withArm } from "../../../src/core/arms";
import { DEFAULT_CONFIG, type ExperimentConfig } from "../../../src/core/config";
import {
  type ArmReading,
  armTitles,
  comparisonSentence,
  differenceSentence,
} from "../../../src/core/diagnosis/compare";
import { differences, differenceText } from "../../../src/core/diagnosis/differences";

const saturating = { ...DEFAULT_CONFIG, loss: "minimax" as const };
const arm = (reading: Partial<ArmReading>): ArmReading => ({
  config: DEFAULT_CONFIG,
  step: 500,
  stopped: null,
  dFake: 0.4,
  gGradNorm: 0.5,
  ...reading,
});

const against = (...others: ExperimentConfig[]): Experiment =>
  others.reduce((all, config) => withArm(all, freeArmId(all) ?? "d", config), singleArm(DEFAULT_CONFIG));

describe("what differs", () => {
  it("is nothing between equal experiments", () => {
    expect(differences(DEFAULT_CONFIG, { ...DEFAULT_CONFIG })).toEqual([]);
    expect(differenceSentence(against({ ...DEFAULT_CONFIG }))).toContain("the same");
  });
  it("is named in the words of the page", () => {
    const { generator } = DEFAULT_CONFIG;
    const optimizer = { ...generator.optimizer, learningRate: 0.004 };
    const texts = (config: ExperimentConfig) => differences(DEFAULT_CONFIG, config).map(differenceText);
    expect(texts({ ...saturating, batchSize: 64 })).toEqual([
      "batch size 128 → 64",
      "loss Non-saturating → Minimax (saturating)",
    ]);
    expect(texts({ ...DEFAULT_CONFIG, generator: { ...generator, optimizer } })).toEqual([
      "learning rate of G 0.001 → 0.004",
    ]);
    expect(
      texts({ ...DEFAULT_CONFIG, generator: { ...generator, optimizer: { type: "sgd", learningRate: 2e-4 } } }),
    ).toEqual(["optimiser of G Adam → SGD", "learning rate of G 0.001 → 2e-4"]);
  });
  it("names the one layer that is another, and counts where a list is another altogether", () => {
    const { generator } = DEFAULT_CONFIG;
    const [first, ...rest] = generator.layers;
    const wide = rest.map((layer, i) => (i === 0 && layer.type === "dense" ? { ...layer, units: 99 } : layer));
    const changed = {
      ...DEFAULT_CONFIG,
      generator: { ...generator, layers: first === undefined ? [] : [first, ...wide] },
    };
    expect(differences(DEFAULT_CONFIG, changed)[0]?.after).toMatch(/^dense-99-[\w:.]+$/);
  });
  it("has a name for every setting there is", () => {
    const { generator, discriminator } = DEFAULT_CONFIG;
    const optimizer = { type: "sgd", learningRate: 0.5 } as const;
    const other: ExperimentConfig = {
      seed: 2,
      dataset: "moons",
      latent: { size: 3, prior: "uniform" },
      batchSize: 64,
      discriminatorSteps: 2,
      loss: "hinge",
      generator: { layers: [...generator.layers].reverse(), initializer: "glorot", optimizer, ema: 0.5 },
      discriminator: { layers: [...discriminator.layers].reverse(), initializer: "glorot", optimizer },
      penalties: { clip: 1, wganGp: 1, dragan: 1, r1: 1, r2: 1 },
      labelSmoothing: 0.9,
      instanceNoise: 1,
      packing: 2,
      unrolledSteps: 1,
      schedule: { type: "cosine", steps: 5, finalRatio: 0.5 },
    };
    const names = differences(DEFAULT_CONFIG, other).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) expect(name).not.toMatch(/[a-z][A-Z]|\.(?! )/); // no name out of the code
  });
  it("says what stays the same, and only that", () => {
    expect(differenceSentence(against(saturating))).toBe(
      "Against A, B: loss Non-saturating → Minimax (saturating). The same: weights at the start, minibatches, noise.",
    );
    expect(differenceSentence(against({ ...DEFAULT_CONFIG, batchSize: 64 }))).toMatch(
      /The same: weights at the start\.$/,
    );
    expect(differenceSentence(against({ ...DEFAULT_CONFIG, seed: 9 }))).not.toContain("The same");
    expect(differenceSentence(against(saturating, { ...DEFAULT_CONFIG, packing: 2 }))).toBe(
      "Against A, B: loss Non-saturating → Minimax (saturating); C: packing 1 → 2. The same: minibatches, noise.",
    );
  });
  it("titles the arms", () => {
    expect(armTitles(against(saturating))).toEqual({ a: "Non-saturating", b: "Minimax (saturating)" });
    expect(armTitles(against({ ...DEFAULT_CONFIG, batchSize: 64 }))).toEqual({
      a: "batch size 128",
      b: "batch size 64",
    });
    expect(armTitles(against(saturating, { ...saturating, batchSize: 64, packing: 2, seed: 3 }))).toEqual({
      a: "Non-saturating, seed 1 and 2 more",
      b: "Minimax (saturating)",
      c: "seed 3, batch size 64 and 2 more",
    });
  });
});

describe("what is happening", () => {
  it("tells a vanishing gradient with its factor", () => {
    const sentence = comparisonSentence(
      arm({ dFake: 0.02, gGradNorm: 0.41 }),
      arm({ config: saturating, dFake: 0.02, gGradNorm: 0.00315 }),
    );
    expect(sentence).toBe(
      "D rejects the fakes with confidence (D(G(z)) = 0.02): the saturating loss gives G a gradient of 0.00315, the non-saturating one 0.410 — 130 times more.",
    );
  });
  it("says when only one arm's fakes are rejected", () => {
    const sentence = comparisonSentence(
      arm({ dFake: 0.45 }),
      arm({ config: saturating, dFake: 0.001, gGradNorm: 0.0001 }),
    );
    expect(sentence).toContain("In the saturating arm D rejects the fakes");
    expect(sentence).toContain("<0.01");
  });
  it("calls alike what is alike", () => {
    expect(comparisonSentence(arm({}), arm({ config: saturating, gGradNorm: 0.45 }))).toContain("about the same");
  });
  it("says that a gradient is gone rather than dividing by zero", () => {
    expect(comparisonSentence(arm({}), arm({ config: saturating, dFake: 0, gGradNorm: 0 }))).toContain("has vanished");
  });
  it("does not speak of probabilities where a score is none", () => {
    const sentence = comparisonSentence(
      arm({ dFake: 0.01 }),
      arm({ config: { ...DEFAULT_CONFIG, loss: "wasserstein" }, dFake: 0.01 }),
    );
    expect(sentence).not.toContain("D(G(z))");
  });
  it("has a sentence before the first step, after a stop, and for equal arms", () => {
    const unborn = arm({ step: 0, dFake: Number.NaN, gGradNorm: Number.NaN });
    expect(comparisonSentence(unborn, { ...unborn, config: saturating })).toContain("Press Train");
    expect(comparisonSentence(arm({}), arm({ config: saturating, stopped: "NaN" }))).toContain("Arm B was stopped");
    expect(comparisonSentence(arm({}), arm({}))).toContain("must be identical");
  });
});
