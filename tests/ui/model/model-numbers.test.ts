/** The few numbers that stand for a model, off its roles. */
import { describe, expect, it } from "vitest";
import { modelInfo } from "../../../src/core/models";
import { modelNumbers, playerNumber, samplersPlayer } from "../../../src/ui/model/model-numbers";

const texts = (id: Parameters<typeof modelInfo>[0], readings: Record<string, number>, probability = true) =>
  modelNumbers(modelInfo(id), readings, probability).map(({ name, value }) => `${name} ${value}`);

describe("the numbers of a model", () => {
  it("are D's probabilities, or its scores where the loss makes no probability, and the players' losses", () => {
    const readings = { dReal: 0.6, dFake: 0.4, dLogitReal: 3, dLogitFake: -3, dLoss: 1, gLoss: 2 };
    expect(texts("gan", readings)).toEqual(["D(x) 0.6", "D(G(z)) 0.4", "D loss 1", "G loss 2"]);
    expect(texts("gan", readings, false)).toEqual(["D(x) 3", "D(G(z)) -3", "D loss 1", "G loss 2"]);
  });

  it("are the classes that D names too, where it does", () => {
    const readings = { dClassAccuracyReal: 1, dClassAccuracyFake: 0.5 };
    expect(texts("acgan", readings).slice(2, 4)).toEqual(["y reals 1", "y fakes 0.5"]);
  });

  it("are a VAE's divergence, copies and loss, and the gradient of the player who updates its decoder", () => {
    const readings = { kl: 2, reconstruction: 5, loss: 7, gradNorm: 3 };
    expect(texts("vae", readings)).toEqual(["μ, σ KL 2", "x̂ −log p 5", "VAE loss 7"]);
    const vae = modelInfo("vae");
    expect(playerNumber(vae, samplersPlayer(vae), "gradient", readings)).toBe(3);
  });
});
