/** What a comparison says, in situations that people meet. */
import { describe, expect, it } from "vitest";
import { type Experiment, freeArmId, singleArm, withArm } from "../../../src/core/arms";
import { DEFAULT_CONFIG, type ExperimentConfig, startOf, withChanges } from "../../../src/core/config";
import {
  type ArmReading,
  armTitles,
  comparisonSentence,
  coverageSentence,
  differenceSentence,
  timesWords,
} from "../../../src/core/diagnosis/compare";
import { differences, differenceText } from "../../../src/core/diagnosis/differences";
import { MODEL_IDS, modelInfo } from "../../../src/core/models";

const saturating = withChanges(DEFAULT_CONFIG, { model: { loss: "minimax" as const } });
const arm = (reading: Partial<ArmReading>): ArmReading => ({
  id: "a",
  config: DEFAULT_CONFIG,
  step: 500,
  stopped: null,
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
    const { players } = DEFAULT_CONFIG;
    const optimizer = { ...players.generator.optimizer, learningRate: 0.004 };
    const texts = (config: ExperimentConfig) => differences(DEFAULT_CONFIG, config).map(differenceText);
    expect(texts({ ...saturating, batchSize: 64 })).toEqual([
      "batch size 128 → 64",
      "loss Non-saturating → Minimax (saturating)",
    ]);
    expect(texts(withChanges(DEFAULT_CONFIG, { players: { generator: { optimizer } } }))).toEqual([
      "learning rate of G 0.001 → 0.004",
    ]);
    expect(
      texts(
        withChanges(DEFAULT_CONFIG, { players: { generator: { optimizer: { type: "sgd", learningRate: 2e-4 } } } }),
      ),
    ).toEqual(["optimiser of G Adam → SGD", "learning rate of G 0.001 → 2e-4"]);
  });
  it("names the one layer that is another, and counts where a list is another altogether", () => {
    const { generator } = DEFAULT_CONFIG.networks;
    const [first, ...rest] = generator.layers;
    const wide = rest.map((layer, i) => (i === 0 && layer.type === "dense" ? { ...layer, units: 99 } : layer));
    const changed = withChanges(DEFAULT_CONFIG, {
      networks: { generator: { layers: first === undefined ? [] : [first, ...wide] } },
    });
    expect(differences(DEFAULT_CONFIG, changed)[0]?.after).toMatch(/^dense-99-[\w:.]+$/);
  });
  it("has a name for every setting there is", () => {
    const { networks } = DEFAULT_CONFIG;
    const optimizer = { type: "sgd", learningRate: 0.5 } as const;
    const other: ExperimentConfig = {
      seed: 2,
      dataset: "moons",
      latent: { size: 3, prior: "uniform" },
      batchSize: 64,
      schedule: { type: "cosine", steps: 5, finalRatio: 0.5 },
      model: {
        type: "gan",
        loss: "hinge",
        penalties: { clip: 1, wganGp: 1, dragan: 1, r1: 1, r2: 1 },
        labelSmoothing: 0.9,
        instanceNoise: 1,
        augment: { flip: 0.5, shift: 0.1, colour: 1, cutout: 0.5 },
        packing: 2,
        unrolledSteps: 1,
      },
      networks: {
        generator: { layers: [...networks.generator.layers].reverse(), initializer: "he", ema: 0.5 },
        discriminator: { layers: [...networks.discriminator.layers].reverse(), initializer: "he", ema: 0.5 },
      },
      players: { discriminator: { turns: 2, optimizer }, generator: { turns: 2, optimizer } },
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
    expect(differenceSentence(against(saturating, withChanges(DEFAULT_CONFIG, { model: { packing: 2 } })))).toBe(
      "Against A, B: loss Non-saturating → Minimax (saturating); C: packing 1 → 2. The same: minibatches, noise.",
    );
  });
  it("titles the arms", () => {
    expect(armTitles(against(saturating))).toEqual({ a: "Non-saturating", b: "Minimax (saturating)" });
    expect(armTitles(against({ ...DEFAULT_CONFIG, batchSize: 64 }))).toEqual({
      a: "batch size 128",
      b: "batch size 64",
    });
    expect(
      armTitles(against(saturating, withChanges(saturating, { batchSize: 64, seed: 3, model: { packing: 2 } }))),
    ).toEqual({
      a: "Non-saturating, seed 1 and 2 more",
      b: "Minimax (saturating)",
      c: "seed 3, batch size 64 and 2 more",
    });
  });

  it("says of an arm that was just added which one it is like", () => {
    const titles = { a: "Non-saturating", b: "Minimax (saturating)", c: "same as B", d: "same as A" };
    expect(armTitles(against(saturating, { ...saturating }, { ...DEFAULT_CONFIG }))).toEqual(titles);
  });
});

const other = (reading: Partial<ArmReading>) => arm({ id: "b", config: saturating, ...reading });

describe("what is happening", () => {
  it.each(MODEL_IDS.filter((id) => modelInfo(id).judge === null))(
    "does not set the gradients of a GAN against a %s",
    (id) => {
      const judgeless = arm({ id: "b", config: startOf(id, "ring") });
      const { name } = modelInfo(id);
      expect(comparisonSentence(arm({ id: "a" }), judgeless)).toBe(
        `Arm A is a GAN, arm B a ${name}: each minimises something else, so compare their samples and their quality, not their losses.`,
      );
      const wider = { ...judgeless, config: { ...judgeless.config, batchSize: 64 } };
      expect(comparisonSentence({ ...judgeless, id: "a" }, wider)).toContain(`Both arms are a ${name}`);
    },
  );

  it("tells a vanishing gradient with its factor, in words", () => {
    expect(comparisonSentence(other({ id: "a", gGradNorm: 0.00315 }), arm({ id: "b", gGradNorm: 0.41 }))).toBe(
      "G's gradient is 0.00315 with the saturating loss and 0.410 with the non-saturating one: 100 times as large.",
    );
    expect(comparisonSentence(arm({ gGradNorm: 0.41 }), other({ gGradNorm: 0.00315 }))).toMatch(
      /: 100 times smaller\.$/,
    );
  });
  it("says how many times as people do, and never as a power of ten", () => {
    expect([1.6, 3.4, 37, 480, 1400, 12_000, 96_000, 140_000, 999_999, 1e10].map(timesWords)).toEqual([
      "2 times",
      "3 times",
      "40 times",
      "500 times",
      "a thousand times",
      "ten thousand times",
      "a hundred thousand times",
      "a hundred thousand times",
      "a million times",
      "more than a million times",
    ]);
  });
  it("keeps its form while numbers change", () => {
    const form = (text: string) => text.replace(/: [^:]*\.$/, "").replaceAll(/[−\d.·⁰-⁹⁻]+/g, "#");
    const forms = [0.5, 0.02, 3e-6, 40].map((norm) => form(comparisonSentence(arm({}), other({ gGradNorm: norm }))));
    expect(new Set(forms).size).toBe(1);
  });
  it("calls alike what is alike", () => {
    expect(comparisonSentence(arm({}), other({ gGradNorm: 0.45 }))).toContain("about as large");
  });
  it("says that a gradient is gone rather than dividing by zero", () => {
    expect(comparisonSentence(arm({}), other({ gGradNorm: 0 }))).toContain("the second has vanished");
    expect(comparisonSentence(arm({ gGradNorm: 0 }), other({ gGradNorm: 0 }))).toContain("both have vanished");
  });
  it("names the arms where the losses are the same", () => {
    const config = { ...DEFAULT_CONFIG, batchSize: 64 };
    expect(comparisonSentence(arm({}), arm({ id: "b", config, gGradNorm: 1 }))).toBe(
      "G's gradient is 0.500 in arm A and 1.00 in arm B: 2 times as large.",
    );
  });
  it("has a sentence before the first step, at the fork, after a stop, and for equal arms", () => {
    const unborn = { step: 0, gGradNorm: Number.NaN };
    expect(comparisonSentence(arm(unborn), other(unborn))).toContain("Press Train");
    expect(comparisonSentence(arm({}), other({ gGradNorm: Number.NaN }))).toContain("no numbers of its own yet");
    expect(comparisonSentence(arm({}), other({ stopped: "NaN" }))).toContain("Arm B was stopped");
    expect(comparisonSentence(arm({}), arm({ id: "b" }))).toContain("must be identical");
  });
  it("ends with the clusters that each arm covers, where there are clusters", () => {
    const a = { name: "Saturating", clusters: 1, of: 8 };
    expect(coverageSentence(a, { name: "Non-saturating", clusters: 8, of: 8 })).toBe(
      "Saturating covers 1 of 8 clusters, Non-saturating covers 8 of 8 clusters.",
    );
    expect(coverageSentence(a, { ...a, clusters: null })).toBeNull();
  });
});
