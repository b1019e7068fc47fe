/** What a comparison says, in situations that people meet. */
import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../../src/core/config";
import {
  type ArmReading,
  armTitles,
  comparisonSentence,
  differenceSentence,
  differences,
} from "../../../src/core/diagnosis/compare";

const saturating = { ...DEFAULT_CONFIG, loss: "minimax" as const };
const arm = (reading: Partial<ArmReading>): ArmReading => ({
  config: DEFAULT_CONFIG,
  step: 500,
  stopped: null,
  dFake: 0.4,
  gGradNorm: 0.5,
  ...reading,
});

describe("what differs", () => {
  it("is nothing between equal experiments", () => {
    expect(differences(DEFAULT_CONFIG, { ...DEFAULT_CONFIG })).toEqual([]);
    expect(differenceSentence(DEFAULT_CONFIG, { ...DEFAULT_CONFIG })).toContain("the same");
  });
  it("is named in the words of the page", () => {
    expect(differences(DEFAULT_CONFIG, { ...saturating, batchSize: 64 })).toEqual(["batch size", "generator loss"]);
    expect(differenceSentence(DEFAULT_CONFIG, saturating)).toBe(
      "The arms differ in the generator loss. Weights at the start, minibatches and noise are the same.",
    );
  });
  it("titles the arms", () => {
    expect(armTitles(DEFAULT_CONFIG, saturating)).toEqual(["Non-saturating", "Minimax (saturating)"]);
    expect(armTitles(DEFAULT_CONFIG, { ...DEFAULT_CONFIG, batchSize: 64 })).toEqual([
      "batch size 128",
      "batch size 64",
    ]);
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
