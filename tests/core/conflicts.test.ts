/** What an experiment is warned of: known to mislead, and nothing else. */
import { describe, expect, it } from "vitest";
import { findConflicts } from "../../src/core/conflicts";
import { DATASET_IDS } from "../../src/core/datasets";
import { PRESET_IDS, PRESETS } from "../../src/core/presets";
import { decodeExperiment, startingConfig } from "../../src/core/share";
import { getAt } from "../../src/core/tree";

const warnings = (link: string) => {
  const { arms, problems } = decodeExperiment(`v=1&${link}`);
  expect(problems).toEqual([]);
  return findConflicts(arms[0].config).map(({ level, path, text }) => `${level} ${path}: ${text}`);
};

describe("warnings", () => {
  it("are not given for any dataset's beginning, nor for a preset that is not about one", () => {
    for (const id of DATASET_IDS) expect(findConflicts(startingConfig(id))).toEqual([]);
    const warned = PRESET_IDS.filter((id) => findConflicts(PRESETS[id].config).length > 0);
    // A preset that unrolls does so with Adam, which its field explains.
    expect(warned.filter((id) => getAt(PRESETS[id].config, ["model", "unrolledSteps"]) === 0)).toEqual([]);
  });

  it.each([
    [
      "discriminator.layers=dense-64~batchNorm-relu~dense-1",
      /^warning networks.discriminator.layers: .*blind to a shift/,
    ],
    [
      "generator.layers=dense-64-relu~dense-2~batchNorm",
      /^warning networks.generator.layers: Batch norm on G's output/,
    ],
    ["dataset=mnist&generator.layers=dense-784~batchNorm-tanh~reshape-28x28x1", /Batch norm on G's output/],
    [
      "dataset=mnist&generator.layers=dense-784-sigmoid~reshape-28x28x1",
      /between 0 and 1.0?, but the data goes from −1/,
    ],
    ["dataset=mnist&generator.layers=dense-784-relu~reshape-28x28x1", /Use tanh there/],
    [
      "generator.layers=dense-64~dense-2-tanh",
      /^warning networks.generator.layers: G ends in tanh, .* between −1.0 and 1.0/,
    ],
    ["dataset=gaussian-1d&generator.layers=dense-64~dense-1-softplus", /whose values lie above 0/],
    ["unrolledSteps=3", /^warning model.unrolledSteps: .*Adam's running averages/],
    ["loss=f-pearson&seed=2", /^warning model.loss: This divergence has no bound/],
    ["loss=f-forward-kl", /no bound/],
    ["loss=f-reverse-kl", /no bound/],
    ["loss=wasserstein", /grows without end/],
  ] as const)("tell what misleads: %s", (link, expected) => {
    expect(warnings(link)).toEqual([expect.stringMatching(expected)]);
  });

  it.each([
    "dataset=mnist&generator.layers=dense-784-tanh~reshape-28x28x1",
    "generator.layers=dense-64~batchNorm-relu~dense-2",
    "generator.layers=dense-64~dense-2-leakyRelu",
    "discriminator.layers=dense-64~layerNorm~dense-1",
    "unrolledSteps=3&discriminator.optimizer.type=sgd&discriminator.optimizer.learningRate=0.1",
    "loss=f-js",
    "loss=f-pearson&penalties.r1=1",
    "loss=f-pearson&discriminator.layers=dense-64-sn~dense-1-sn",
    "loss=hinge",
  ])("do not cry wolf: %s", (link) => {
    expect(warnings(link)).toEqual([]);
  });
});
