import { describe, expect, it } from "vitest";
import { stackOf, stacksFor, withDataset, withStack } from "../../../src/core/architecture/adapt";
import { checkArchitecture } from "../../../src/core/architecture/shapes";
import { DEFAULT_CONFIG, withChanges } from "../../../src/core/config";
import { DATASET_IDS } from "../../../src/core/datasets";

const edited = withChanges(DEFAULT_CONFIG, {
  networks: {
    generator: {
      layers: [
        { type: "dense", units: 7, activation: "tanh" },
        { type: "dense", units: 2 },
      ],
    },
  },
});

describe("fitting an experiment to data", () => {
  it("knows the stack of an untouched experiment and of no edited one", () => {
    expect(stackOf(DEFAULT_CONFIG)).toBe("toy");
    expect(stackOf(edited)).toBeNull();
  });

  it("offers stacks of the data's kind only", () => {
    expect(stacksFor(DEFAULT_CONFIG)).toEqual(["toy", "toy-wide"]);
    expect(stacksFor(withDataset(DEFAULT_CONFIG, "mnist"))).toContain("dcgan-small");
  });

  it("keeps edited networks when the new data have the same shape", () => {
    expect(withDataset(edited, "moons")).toEqual({ ...edited, dataset: "moons" });
  });

  it("builds the same named stack for data of another shape", () => {
    const line = withDataset(withStack(DEFAULT_CONFIG, "toy-wide"), "gaussian-1d");
    expect(stackOf(line)).toBe("toy-wide");
    expect(line.networks.generator.layers.at(-1)).toEqual({ type: "dense", units: 1 });
  });

  it("fits every dataset from every other", () => {
    for (const from of DATASET_IDS) {
      for (const to of DATASET_IDS) {
        expect(checkArchitecture(withDataset(withDataset(edited, from), to))).toEqual([]);
      }
    }
  });

  it("keeps seed and loss from points to images, and takes a latent that can hold digits", () => {
    const digits = withDataset(withChanges(edited, { seed: 9, model: { loss: "hinge" } }), "mnist");
    expect(digits).toMatchObject({ seed: 9, model: { loss: "hinge" } });
    expect(digits.latent.size).toBeGreaterThanOrEqual(16);
  });
});
