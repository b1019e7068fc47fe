/** Arms as values: names for life, one first arm, and what becomes of those that run when others are wanted. */
import { describe, expect, it } from "vitest";
import { planArms, type WantedArm } from "../../src/core/arm-plan";
import {
  ARM_IDS,
  type ArmConfig,
  type Experiment,
  findArm,
  freeArmId,
  mapArms,
  singleArm,
  withArm,
  withoutArm,
} from "../../src/core/arms";
import { DEFAULT_CONFIG, type ExperimentConfig, lossOf, withChanges } from "../../src/core/config";
import { presetExperiment, saturatingStory } from "../../src/core/presets";

const saturating: ExperimentConfig = withChanges(DEFAULT_CONFIG, { model: { loss: "minimax" } });
const other: ExperimentConfig = { ...DEFAULT_CONFIG, batchSize: 64 };
const ids = ({ arms }: Experiment) => arms.map(({ id }) => id).join("");

describe("an experiment's arms", () => {
  it("come in order, keep their names, and are four at most", () => {
    let experiment = singleArm(DEFAULT_CONFIG);
    expect(freeArmId(experiment)).toBe("b");
    experiment = withArm(withArm(experiment, "d", other), "b", saturating);
    expect(ids(experiment)).toBe("abd");
    expect(freeArmId(experiment)).toBe("c");
    expect(freeArmId(withArm(experiment, "c", other))).toBeNull();
    expect(ids(withoutArm(experiment, "b"))).toBe("ad");
    expect(withoutArm(singleArm(other), "a")).toEqual(singleArm(other));
  });
  it("are changed by name", () => {
    const experiment = withArm(singleArm(DEFAULT_CONFIG), "b", saturating);
    expect(findArm(withArm(experiment, "b", other), "b")?.config).toBe(other);
    expect(withArm(experiment, "a", other).arms[1]?.config).toBe(saturating);
    expect(mapArms(experiment, () => other).arms.map(({ config }) => config)).toEqual([other, other]);
  });
});

describe("the plan for arms that run", () => {
  const run = (...configs: ExperimentConfig[]): ArmConfig[] =>
    configs.map((config, i) => ({ id: ARM_IDS[i] ?? "d", config }));
  const kinds = (running: readonly ArmConfig[], wanted: readonly WantedArm[]) => {
    const plan = planArms(running, wanted);
    return plan.kind === "rebuild" ? "rebuild" : plan.arms.map(({ id, kind, source }) => `${id} ${kind} ${source}`);
  };
  it("lets arms go on with live changes, and splits new ones off", () => {
    expect(kinds(run(DEFAULT_CONFIG), run(saturating))).toEqual(["a update a"]);
    expect(kinds(run(DEFAULT_CONFIG), run(DEFAULT_CONFIG, saturating))).toEqual(["a update a", "b split a"]);
    expect(kinds(run(DEFAULT_CONFIG, saturating), run(DEFAULT_CONFIG))).toEqual(["a update a"]);
  });
  it("begins all anew where one can do neither", () => {
    expect(kinds(run(DEFAULT_CONFIG), run(DEFAULT_CONFIG, other))).toBe("rebuild");
    expect(kinds(run(DEFAULT_CONFIG, saturating), run(other, saturating))).toBe("rebuild");
    expect(kinds([], run(DEFAULT_CONFIG))).toBe("rebuild");
  });
  it("takes an arm's state over by name: as its successor where nobody else is, otherwise as a split", () => {
    const running = run(DEFAULT_CONFIG, saturating);
    expect(kinds(running, [{ id: "a", config: saturating, from: "b" }])).toEqual(["a update b"]);
    expect(kinds(running, [...running, { id: "c", config: saturating, from: "b" }])).toEqual([
      "a update a",
      "b update b",
      "c split b",
    ]);
    // Of networks that only B has, A's successor can be made all the same.
    const wide = run(DEFAULT_CONFIG, other);
    expect(kinds(wide, [{ id: "a", config: other, from: "b" }])).toEqual(["a update b"]);
  });
  it("does without an origin that does not run", () => {
    expect(kinds(run(DEFAULT_CONFIG), [...run(DEFAULT_CONFIG), { id: "c", config: saturating, from: "b" }])).toEqual([
      "a update a",
      "c split a",
    ]);
  });
});

describe("presets with two arms", () => {
  it("open with both, and with one's own seed in both", () => {
    const story = saturatingStory();
    expect(story.arms.map(({ config }) => lossOf(config))).toEqual(["minimax", "non-saturating"]);
    const [a, b] = saturatingStory(7).arms;
    expect([a.config.seed, b?.config.seed]).toEqual([7, 7]);
    expect(presetExperiment("moons", 7).arms).toHaveLength(1);
  });
});
