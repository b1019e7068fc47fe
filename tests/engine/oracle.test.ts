/** The trainer against training runs computed elsewhere in double precision (tests/fixtures), on wasm and cpu. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { type Fixture, runFixture } from "../../src/cli/oracle/fixture";
import { parseFixture, runAny } from "../../src/cli/oracle/run";
import { runWholeFixture, type WholeFixture } from "../../src/cli/oracle/whole";

const folder = new URL("../fixtures/", import.meta.url);
const files = ["", "whole/", "models/"].flatMap((part) =>
  readdirSync(new URL(part, folder))
    .filter((name) => name.endsWith(".json"))
    .map((name) => part + name),
);
const read = (name: string) => readFileSync(fileURLToPath(new URL(name, folder)), "utf8");

describe.each(["wasm", "cpu"])("fixtures on %s", (backend) => {
  beforeAll(async () => {
    await startBackend(backend);
  });

  it.each(files)("%s", async (name) => {
    const before = tf.memory().numTensors;
    expect(await runAny(parseFixture(read(name)))).toMatchObject({ passed: true });
    expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  });
});

describe("a fixture that does not fit", () => {
  const parsed = () => parseFixture(read("minimax-adam.json")) as Fixture;
  const good = () => JSON.parse(read("minimax-adam.json")) as Record<string, unknown>;

  it("fails when an expected number is off by a thousandth", async () => {
    await startBackend("cpu");
    const fixture = parsed();
    const [first] = fixture.expected;
    if (first !== undefined) first.gLoss = Number(first.gLoss) * 1.001;
    expect(await runFixture(fixture)).toMatchObject({
      passed: false,
      parts: { losses: { at: "gLoss, step 1" } },
    });
  });

  it("is told in a sentence when it is not JSON, not a fixture, or unknown to us", () => {
    expect(() => parseFixture("{")).toThrow("it is not JSON");
    expect(() => parseFixture("{}")).toThrow("it is not a fixture of a format we know: format");
    expect(() => parseFixture(JSON.stringify({ ...good(), penalties: { tv: 1 } }))).toThrow("penalties.tv");
  });

  it("is told which weight is missing", async () => {
    const fixture = good();
    fixture.weights = { generator: [], discriminator: [] };
    await expect(runAny(parseFixture(JSON.stringify(fixture)))).rejects.toThrow(
      "lacks the weight generator/weights/0/kernel",
    );
  });

  it("fails when a final weight is not a number or has no counterpart", async () => {
    const fixture = parsed();
    fixture.finalWeights.generator.unshift({ name: "9/kernel", shape: [1], values: [1] });
    expect(await runFixture(fixture)).toMatchObject({
      passed: false,
      parts: { weights: { at: "generator 9/kernel" } },
    });
  });

  it.each([
    ["discriminator/spectral/0/u", "moments and spectral vectors"],
    ["generator/optimizer/m", "optimizer slots"],
    ["generator/weights/0/kernel", "weights"],
  ])("fails when a whole experiment's %s is off", async (name, part) => {
    const fixture = parseFixture(read("whole/H-sn-conv-gp.json")) as WholeFixture;
    const values = fixture.final[name] ?? [];
    values[0] = Number(values[0]) + 3e-4;
    expect(await runWholeFixture(fixture)).toMatchObject({
      passed: false,
      parts: { [part]: { passed: false, at: name } },
    });
  });

  it("fails when a whole experiment does not name one of our tensors", async () => {
    const fixture = parseFixture(read("whole/H-sn-conv-gp.json")) as WholeFixture;
    delete fixture.final["discriminator/spectral/0/u"];
    expect(await runWholeFixture(fixture)).toMatchObject({ passed: false });
  });
});
