import { describe, expect, it } from "vitest";
import { ACTIVATIONS, INITIALIZERS, type LayerSpec } from "../../../src/core/architecture/layers";
import { STACK_IDS, STACKS } from "../../../src/core/architecture/stacks";
import { singleArm, withArm } from "../../../src/core/arms";
import {
  DEFAULT_CONFIG,
  type ExperimentConfig,
  LATENT_PRIORS,
  lossOf,
  type OptimizerConfig,
  SCHEDULES,
  withChanges,
} from "../../../src/core/config";
import { DATASET_IDS, dataShape } from "../../../src/core/datasets";
import { LOSS_IDS } from "../../../src/core/losses";
import { parseConfig } from "../../../src/core/parse-config";
import { type Random, random } from "../../../src/core/rng";
import { decodeExperiment, encodeExperiment, startingConfig } from "../../../src/core/share";
import { formatLayers, parseLayers } from "../../../src/core/share/layer-notation";

const pick = <T>(r: Random, options: readonly T[]): T => {
  const option = options[r.integer(options.length)];
  if (option === undefined) throw new Error("nothing to pick from");
  return option;
};
const maybe = (r: Random) => r.integer(2) === 1;

function randomLayer(r: Random): LayerSpec {
  const activation = {
    ...(maybe(r) ? { activation: pick(r, ACTIVATIONS) } : {}),
    ...(maybe(r) ? { alpha: r.uniform() } : {}),
  };
  const weights = { ...(maybe(r) ? { useBias: maybe(r) } : {}), ...(maybe(r) ? { spectralNorm: maybe(r) } : {}) };
  const epsilon = maybe(r) ? { epsilon: pick(r, [1e-8, 1e-5, 0.001, 1.25e-7]) } : {};
  const kernel = { filters: 1 + r.integer(64), kernelSize: 1 + r.integer(9), strides: 1 + r.integer(4) };
  return pick(r, [
    { type: "dense", units: 1 + r.integer(512), ...weights, ...activation },
    { type: "conv2d", ...kernel, ...weights, ...activation },
    { type: "conv2dTranspose", ...kernel, ...weights, ...activation },
    { type: "batchNorm", ...epsilon, ...activation },
    { type: "layerNorm", ...epsilon, ...activation },
    { type: "dropout", rate: 0.9 * r.uniform() },
    { type: "upsample", ...activation },
    { type: "reshape", shape: [7, 7, 1 + r.integer(64)] },
    { type: "flatten" },
    { type: "minibatchStdDev" },
  ] satisfies LayerSpec[]);
}

function randomOptimizer(r: Random): OptimizerConfig {
  const learningRate = pick(r, [1e-4, 0.0005, 0.123456789, 1e-7, r.uniform()]);
  return pick(r, [
    { type: "adam", learningRate, beta1: 0.9 * r.uniform(), beta2: 0.999, epsilon: 1e-8 },
    { type: "sgd", learningRate },
    { type: "momentum", learningRate, momentum: 0.9 },
    { type: "rmsprop", learningRate, decay: 0.9, epsilon: 1e-7 },
  ] satisfies OptimizerConfig[]);
}

function randomConfig(seed: number): ExperimentConfig {
  const r = random(seed, 20, 0);
  const network = () => ({
    layers: Array.from({ length: 1 + r.integer(6) }, () => randomLayer(r)),
    initializer: pick(r, INITIALIZERS),
    ema: pick(r, [0, 0.999]),
  });
  const player = () => ({ optimizer: randomOptimizer(r), turns: 1 + r.integer(5) });
  return {
    seed: r.integer(2 ** 31),
    dataset: pick(r, DATASET_IDS),
    latent: { size: 1 + r.integer(128), prior: pick(r, LATENT_PRIORS) },
    batchSize: 2 + r.integer(256),
    schedule: { type: pick(r, SCHEDULES), steps: 1 + r.integer(9_999), finalRatio: r.uniform() },
    model: {
      type: "gan",
      loss: pick(r, LOSS_IDS),
      penalties: {
        clip: pick(r, [0, 0.01]),
        wganGp: pick(r, [0, 10]),
        dragan: 0,
        r1: pick(r, [0, 0.1]),
        r2: pick(r, [0, 0.1]),
      },
      labelSmoothing: pick(r, [1, 0.9]),
      instanceNoise: pick(r, [0, 0.05]),
      augment: {
        flip: pick(r, [0, 0.5]),
        shift: pick(r, [0, 0.125]),
        colour: pick(r, [0, 1]),
        cutout: pick(r, [0, 0.5]),
      },
      packing: pick(r, [1, 2, 4]),
      unrolledSteps: r.integer(3),
    },
    networks: { generator: network(), discriminator: network() },
    players: { discriminator: player(), generator: player() },
  };
}

describe("encodeExperiment and decodeExperiment", () => {
  it("say nothing for the default experiment", () => {
    expect(encodeExperiment(singleArm(DEFAULT_CONFIG))).toBe("");
    expect(decodeExperiment("")).toEqual({ ...singleArm(DEFAULT_CONFIG), problems: [] });
  });

  it("write what differs, readably", () => {
    const config: ExperimentConfig = withChanges(DEFAULT_CONFIG, { seed: 7, model: { loss: "minimax" } });
    expect(encodeExperiment(withArm(singleArm(config), "b", withChanges(config, { model: { loss: "hinge" } })))).toBe(
      "v=2&seed=7&loss=minimax&b.loss=hinge",
    );
  });

  it("open a dataset by its name alone, with layers that fit it", () => {
    const {
      arms: [{ config }],
      problems,
    } = decodeExperiment("#v=2&dataset=mnist");
    expect(problems).toEqual([]);
    expect(config).toEqual(startingConfig("mnist"));
    expect(encodeExperiment(singleArm(config))).toBe("v=2&dataset=mnist");
  });

  it("open the comparison of a link that knew of two arms only", () => {
    const { arms, problems } = decodeExperiment("#seed=7&loss=minimax&b.loss=non-saturating&b.batchSize=64");
    expect(problems).toEqual([]);
    expect(arms.map(({ id, config }) => [id, config.seed, lossOf(config), config.batchSize])).toEqual([
      ["a", 7, "minimax", 128],
      ["b", 7, "non-saturating", 64],
    ]);
    expect(decodeExperiment("#b=same").arms).toHaveLength(2);
  });

  it("remember that two arms are compared even where nothing differs", () => {
    const hash = encodeExperiment(withArm(singleArm(DEFAULT_CONFIG), "b", DEFAULT_CONFIG));
    expect(decodeExperiment(hash).arms[1]).toEqual({ id: "b", config: DEFAULT_CONFIG });
  });

  for (const id of STACK_IDS) {
    it(`bring back the stack ${id}, by name and written out`, () => {
      const dataset = STACKS[id].kind === "points" ? "grid" : "mnist";
      const shape = dataShape(dataset);
      const start = startingConfig(dataset);
      const layers = STACKS[id].generator(shape, 2);
      const config: ExperimentConfig = withChanges(start, {
        networks: { generator: { layers }, discriminator: { layers: STACKS[id].discriminator(shape, 2) } },
      });
      const hash = encodeExperiment(singleArm(config));
      expect(decodeExperiment(`#${hash}`)).toEqual({ ...singleArm(config), problems: [] });
      expect(parseLayers(formatLayers(layers))).toEqual(layers);
    });
  }

  it("bring back any experiment, alone and beside another", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const config = randomConfig(seed);
      expect(parseConfig(config).problems).toEqual([]); // the test's own configurations are valid
      let experiment = singleArm(config);
      if (seed % 3 === 1) experiment = withArm(experiment, "b", randomConfig(seed + 1000));
      if (seed % 3 === 2) experiment = withArm(experiment, "b", { ...config, seed });
      if (seed % 5 === 1) experiment = withArm(experiment, "c", { ...config, batchSize: 17 });
      if (seed % 7 === 1) experiment = withArm(experiment, "d", config);
      const hash = encodeExperiment(experiment);
      expect(decodeExperiment(hash), hash).toEqual({ ...experiment, problems: [] });
    }
  });

  it("use only characters that need no escaping in a link", () => {
    for (let seed = 1; seed <= 50; seed++) {
      expect(encodeExperiment(singleArm(randomConfig(seed)))).toMatch(/^[\w.~:=&-]*$/);
    }
  });
});

describe("a broken link", () => {
  it("opens what can be read and says what is unknown", () => {
    const {
      arms: [{ config }],
      problems,
    } = decodeExperiment("#loss=hinge&colour=green&seed=5");
    expect([lossOf(config), config.seed]).toEqual(["hinge", 5]);
    expect(problems).toEqual(["“colour” is not a setting of this version, so it was left out."]);
  });

  it("clamps a number out of bounds and says so", () => {
    const {
      arms: [{ config }],
      problems,
    } = decodeExperiment("#batchSize=999999");
    expect(config.batchSize).toBe(1024);
    expect(problems.join()).toContain("1024");
  });

  it("replaces a number that is no number", () => {
    const {
      arms: [{ config }],
      problems,
    } = decodeExperiment("#generator.optimizer.learningRate=fast&seed=3");
    expect(config).toEqual({ ...decodeExperiment("v=1").arms[0].config, seed: 3 });
    expect(problems).toHaveLength(1);
  });

  it("names the layer that cannot be read", () => {
    const {
      arms: [{ config }],
      problems,
    } = decodeExperiment("#generator.layers=dense-64~dance-2");
    expect(config).toEqual(decodeExperiment("v=1").arms[0].config);
    expect(problems[0]).toContain("layer 2, “dance-2”: there is no layer of type “dance”");
  });

  it("names the layer that cannot be read, and where it is inside another", () => {
    const { problems } = decodeExperiment("#generator.layers=dense-64~residual-(dense-64~dance-2)~dense-2");
    expect(problems[0]).toMatch(/layer 2, “residual-.*”: layer 2, “dance-2”: there is no layer of type “dance”/);
    expect(decodeExperiment("#generator.layers=dense-2~skip-sn").problems[0]).toContain("they stand in brackets");
  });

  it("says which arm a problem is in", () => {
    expect(decodeExperiment("#b.loss=nonsense").problems[0]).toMatch(/^Arm B: /);
  });
});
