/** Experiments whose steps cost the same share a name. */
import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG, type ExperimentConfig, withChanges } from "../../src/core/config";
import { stepCostKey } from "../../src/core/step-cost";

const key = stepCostKey(DEFAULT_CONFIG);
const { networks, players } = DEFAULT_CONFIG;

describe("the name of a step's cost", () => {
  it("does not depend on seed, rates, schedule or strengths", () => {
    const optimizer = { ...players.generator.optimizer, learningRate: 0.123 };
    const same: ExperimentConfig[] = [
      { ...DEFAULT_CONFIG, seed: 99 },
      withChanges(DEFAULT_CONFIG, { players: { generator: { optimizer } } }),
      { ...DEFAULT_CONFIG, schedule: { type: "linear", steps: 10, finalRatio: 0 } },
    ];
    expect(same.map(stepCostKey)).toEqual(same.map(() => key));
    const penalised = [1, 10].map((wganGp) =>
      stepCostKey(withChanges(DEFAULT_CONFIG, { model: { penalties: { wganGp } } })),
    );
    expect(penalised[0]).toBe(penalised[1]);
  });

  it("depends on batch, layers, loss and whether a regulariser works", () => {
    const others: ExperimentConfig[] = [
      { ...DEFAULT_CONFIG, batchSize: 64 },
      withChanges(DEFAULT_CONFIG, { networks: { generator: { layers: networks.generator.layers.slice(1) } } }),
      withChanges(DEFAULT_CONFIG, { model: { loss: "wasserstein" } }),
      withChanges(DEFAULT_CONFIG, { players: { generator: { turns: 2 } } }),
      withChanges(DEFAULT_CONFIG, { model: { penalties: { r1: 1 } } }),
      withChanges(DEFAULT_CONFIG, { model: { instanceNoise: 0.1 } }),
    ];
    expect(new Set([key, ...others.map(stepCostKey)]).size).toBe(1 + others.length);
  });
});
