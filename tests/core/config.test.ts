/** Configurations: what changes mean, what other forms and strangers become. */
import { describe, expect, it } from "vitest";
import type { LayerSpec } from "../../src/core/architecture/layers";
import { DEFAULT_CONFIG, withChanges } from "../../src/core/config";
import { changeKind, recordKey } from "../../src/core/effects";
import { parseConfig } from "../../src/core/parse-config";
import { SETTINGS, shortName } from "../../src/core/short-names";
import { getAt } from "../../src/core/tree";

const changed = (changes: Parameters<typeof withChanges<typeof DEFAULT_CONFIG>>[1]) =>
  withChanges(DEFAULT_CONFIG, changes);

const ONE_LAYER: LayerSpec[] = [{ type: "dense", units: 1 }];

describe("what a change means", () => {
  it.each([
    ["none", {}],
    ["none", { latent: { size: 2 } }],
    ["live", { players: { generator: { optimizer: { learningRate: 0.5 } } } }],
    ["live", { schedule: { type: "cosine" } }],
    ["record", { model: { loss: "hinge" } }],
    ["record", { model: { penalties: { r1: 1 } } }],
    ["record", { players: { generator: { turns: 3 } } }],
    ["record", { players: { discriminator: { optimizer: { beta1: 0.7 } } } }],
    ["restart", { seed: 2 }],
    ["restart", { dataset: "moons" }],
    ["restart", { batchSize: 64 }],
    ["restart", { model: { packing: 2 } }],
    ["restart", { networks: { generator: { ema: 0.9 } } }],
    ["restart", { networks: { discriminator: { initializer: "he" } } }],
    ["restart", { networks: { discriminator: { layers: ONE_LAYER } } }],
    ["restart", { players: { generator: { optimizer: { type: "sgd", learningRate: 0.001 } } } }],
  ] as const)("is %s for %j", (kind, changes) => {
    const next = changed(changes);
    expect(changeKind(DEFAULT_CONFIG, next)).toBe(kind);
    expect(changeKind(next, DEFAULT_CONFIG)).toBe(kind);
    expect(recordKey(next) === recordKey(DEFAULT_CONFIG)).toBe(kind === "none" || kind === "live");
  });

  it("is live for an average that goes on, and a restart for one that begins or ends", () => {
    const averaged = changed({ networks: { generator: { ema: 0.9 } } });
    expect(changeKind(averaged, changed({ networks: { generator: { ema: 0.99 } } }))).toBe("record");
    expect(changeKind(averaged, DEFAULT_CONFIG)).toBe("restart");
  });
});

describe("short names", () => {
  it("are of one setting each, and lead to it", () => {
    expect(SETTINGS.size).toBe(new Set([...SETTINGS.values()].map(({ path }) => path.join("."))).size);
    for (const [key, { path }] of SETTINGS) expect(shortName(path)).toBe(key);
    expect(SETTINGS.get("discriminatorSteps")?.path).toEqual(["players", "discriminator", "turns"]);
    expect(SETTINGS.get("generator.optimizer.beta1")?.path).toEqual(["players", "generator", "optimizer", "beta1"]);
    expect(SETTINGS.get("penalties.r1")?.path).toEqual(["model", "penalties", "r1"]);
  });
});

describe("reading a configuration", () => {
  it("knows the form that files had before there were models", () => {
    const { config, problems } = parseConfig({
      seed: 3,
      loss: "wasserstein",
      discriminatorSteps: 5,
      penalties: { wganGp: 10 },
      generator: { initializer: "he", ema: 0.9 },
      discriminator: { optimizer: { type: "sgd", learningRate: 0.1 } },
    });
    expect(problems).toEqual([]);
    expect(config).toEqual(
      changed({
        seed: 3,
        model: { loss: "wasserstein", penalties: { wganGp: 10 } },
        networks: { generator: { initializer: "he", ema: 0.9 } },
        players: { discriminator: { turns: 5, optimizer: { type: "sgd", learningRate: 0.1 } } },
      }),
    );
  });

  it("refuses networks and players of another model in sentences, and keeps the model's own", () => {
    const { generator } = DEFAULT_CONFIG.networks;
    const { config, problems } = parseConfig({
      networks: { encoder: generator, generator },
      players: { critic: { turns: 2 } },
    });
    expect(config).toEqual(DEFAULT_CONFIG);
    expect(problems).toEqual([
      "The model GAN has no network “encoder”, so it was left out.",
      "The model GAN has no player “critic”, so it was left out.",
    ]);
  });

  it("mends a network that is none, and a model that there is not", () => {
    const read = parseConfig({ networks: { generator: 5 }, model: { type: "alchemy", loss: "hinge" } });
    expect(read.config.networks).toEqual(DEFAULT_CONFIG.networks);
    expect(read.config.model.type).toBe("gan");
    expect(read.problems).toHaveLength(2);
    expect(parseConfig(read.config).problems).toEqual([]);
    expect(getAt(parseConfig({ networks: 7 }).config, ["networks"])).toEqual(DEFAULT_CONFIG.networks);
  });
});
