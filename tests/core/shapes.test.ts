/** Shape inference: known shapes and counts, and sentences that name the layer and what would fit. */
import { describe, expect, it } from "vitest";
import type { LayerSpec } from "../../src/core/architecture/layers";
import { checkArchitecture, describeNetwork, flatLayers } from "../../src/core/architecture/shapes";
import { STACK_IDS, STACKS } from "../../src/core/architecture/stacks";
import { DEFAULT_CONFIG, type ExperimentConfig, withChanges } from "../../src/core/config";

const config = (change: { generator?: LayerSpec[]; discriminator?: LayerSpec[]; packing?: number }): ExperimentConfig =>
  withChanges(DEFAULT_CONFIG, {
    model: { packing: change.packing ?? 1 },
    networks: {
      generator: { layers: change.generator ?? DEFAULT_CONFIG.networks.generator.layers },
      discriminator: { layers: change.discriminator ?? DEFAULT_CONFIG.networks.discriminator.layers },
    },
  });

const conv = (strides: number): LayerSpec => ({ type: "conv2d", filters: 2, kernelSize: 3, strides });

describe("describeNetwork", () => {
  it("counts the parameters of the 784-1024-512-256-1 discriminator", () => {
    const network = describeNetwork(STACKS["mlp-leaky"].discriminator(), [28, 28, 1]);
    if ("error" in network) throw new Error(network.error);
    expect(network.outputShape).toEqual([1]);
    expect(network.parameters).toBe(785 * 1024 + 1025 * 512 + 513 * 256 + 257);
  });

  it("follows an image through a DCGAN generator", () => {
    const network = describeNetwork(STACKS["dcgan-small"].generator([28, 28, 1]), [64]);
    if ("error" in network) throw new Error(network.error);
    expect(network.layers.map((layer) => layer.outputShape)).toEqual([
      [3136],
      [3136],
      [7, 7, 64],
      [14, 14, 32],
      [14, 14, 32],
      [28, 28, 1],
    ]);
    expect(network.layers.map((layer) => layer.parameters)).toEqual([
      64 * 3136,
      2 * 3136,
      0,
      16 * 64 * 32,
      64,
      16 * 32 + 1,
    ]);
  });

  it("knows layers inside others: their paths, and their numbers counted with those of the layer that holds them", () => {
    const network = describeNetwork(
      [
        { type: "dense", units: 8 },
        {
          type: "residual",
          layers: [
            { type: "dense", units: 4 },
            { type: "skip", layers: [{ type: "dense", units: 6 }] },
          ],
        },
      ],
      [3],
    );
    if ("error" in network) throw new Error(network.error);
    expect(network.outputShape).toEqual([10]);
    expect(flatLayers(network.layers).map(({ path, parameters }) => [path, parameters])).toEqual([
      ["0", 4 * 8],
      ["1", 8 * 10 + 9 * 4 + 5 * 6], // the projection from 8 to 10, then what is inside
      ["1/0", 9 * 4],
      ["1/1", 5 * 6],
      ["1/1/0", 5 * 6],
    ]);
  });

  it.each([
    [
      { type: "residual", layers: [{ type: "upsample" }] },
      [3],
      /^Layer 1 \(residual\) does not fit inside\. Layer 1 \(upsample\) wants an image/,
    ],
    [
      { type: "residual", layers: [conv(3)] },
      [7, 7, 2],
      /^Layer 1 \(residual\) cannot add its input \[7, 7, 2\].* \[3, 3, 2\]: sides/,
    ],
    [
      { type: "skip", layers: [conv(2)] },
      [8, 8, 2],
      /^Layer 1 \(skip\) cannot put its input \[8, 8, 2\] beside .* \[4, 4, 2\]: only/,
    ],
  ] satisfies [LayerSpec, number[], RegExp][])("says what does not fit inside: %j", (layer, shape, sentence) => {
    expect(describeNetwork([layer], shape)).toMatchObject({ position: 1, error: expect.stringMatching(sentence) });
  });

  it("rounds up where a stride does not divide a side", () => {
    const network = describeNetwork([{ type: "conv2d", filters: 3, kernelSize: 3, strides: 2 }], [7, 7, 1]);
    if ("error" in network) throw new Error(network.error);
    expect(network.outputShape).toEqual([4, 4, 3]);
  });

  it.each([
    [
      [
        { type: "dense", units: 512 },
        { type: "reshape", shape: [28, 28, 1] },
      ],
      "Layer 2 (reshape) wants 784 values for [28, 28, 1] but gets 512: set the dense layer before it to 784 units.",
    ],
    [
      [{ type: "conv2d", filters: 1, kernelSize: 3, strides: 1 }],
      "Layer 1 (conv2d) wants an image [height, width, channels] but gets [16]: put a reshape layer before it, for example to [4, 4, 1].",
    ],
    [
      [
        { type: "reshape", shape: [4, 4, 1] },
        { type: "dense", units: 2 },
      ],
      "Layer 2 (dense) wants a flat input but gets [4, 4, 1]: put a flatten layer before it.",
    ],
  ] as const)("says what would fit in place of %j", (layers, sentence) => {
    const network = describeNetwork(
      layers.map((layer) => ("shape" in layer ? { ...layer, shape: [...layer.shape] } : layer)),
      [16],
    );
    expect(network).toMatchObject({ error: sentence });
  });
});

describe("checkArchitecture", () => {
  it.each(STACK_IDS)("finds nothing wrong with the %s stack", (id) => {
    const stack = STACKS[id];
    const shape = stack.kind === "points" ? [2] : [28, 28, 1];
    const made = config({ generator: stack.generator(shape, 2), discriminator: stack.discriminator(shape, 2) });
    expect(checkArchitecture(made, shape)).toEqual([]);
  });

  it("wants G to end in the data's shape", () => {
    const [problem] = checkArchitecture(config({ generator: [{ type: "dense", units: 3 }] }), [2]);
    expect(problem).toBe("Generator: Layer 1 (dense) gives [3], but the data is [2]: set it to 2 units.");
  });

  it("wants D to end in one logit without an activation", () => {
    const problems = checkArchitecture(
      config({ discriminator: [{ type: "dense", units: 2, activation: "sigmoid" }] }),
      [2],
    );
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain("D must end in one logit: set it to 1 unit.");
    expect(problems[1]).toContain("set its activation to linear");
  });

  it("gives D as many times the channels as samples are packed", () => {
    const packed = config({ discriminator: [{ type: "reshape", shape: [2, 3] }], packing: 3 });
    expect(checkArchitecture(packed, [2])[0]).toContain("one logit"); // 6 values reached the reshape layer
  });
});

describe("the stacks of courses", () => {
  const image = [28, 28, 1];
  const types = (layers: readonly LayerSpec[]) => layers.map(({ type }) => type).join(" ");

  it("have the course's weights: G of the MLP with batch norm has 1,489,936 from 100 latent dimensions", () => {
    const network = describeNetwork(STACKS["mlp-batch-norm"].generator(image), [100]);
    expect("error" in network ? network.error : network.parameters).toBe(1_489_936);
    const normalised = STACKS["mlp-batch-norm"].generator(image).filter(({ type }) => type === "batchNorm");
    expect(normalised).toEqual(Array(3).fill({ type: "batchNorm", epsilon: 1e-5, activation: "relu" }));
  });

  it("have the course's dropout: after each hidden layer, or after the first two", () => {
    expect(types(STACKS["mlp-batch-norm"].discriminator())).toBe(
      "flatten dense dropout dense dropout dense dropout dense",
    );
    expect(types(STACKS["mlp-leaky"].discriminator())).toBe("flatten dense dropout dense dropout dense dense");
  });
});
