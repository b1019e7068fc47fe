/** The trainer against training runs computed elsewhere in double precision (tests/fixtures), on wasm and cpu. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { parseFixture, runFixture } from "../../src/cli/oracle/fixture";

const folder = new URL("../fixtures/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
const read = (name: string) => readFileSync(fileURLToPath(new URL(name, folder)), "utf8");

describe.each(["wasm", "cpu"])("fixtures on %s", (backend) => {
  beforeAll(async () => {
    await startBackend(backend);
  });

  it.each(files)("%s", async (name) => {
    const before = tf.memory().numTensors;
    expect(await runFixture(parseFixture(read(name)))).toMatchObject({ passed: true });
    expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  });
});

describe("a fixture that does not fit", () => {
  const good = () => JSON.parse(read("minimax-adam.json")) as Record<string, unknown>;

  it("fails when an expected number is off by a thousandth", async () => {
    await startBackend("cpu");
    const fixture = parseFixture(read("minimax-adam.json"));
    const [first] = fixture.expected;
    if (first !== undefined) first.gLoss = Number(first.gLoss) * 1.001;
    expect(await runFixture(fixture)).toMatchObject({ passed: false, losses: { at: "gLoss, step 1" } });
  });

  it("is told in a sentence when it is not JSON, not a fixture, or unknown to us", () => {
    expect(() => parseFixture("{")).toThrow("it is not JSON");
    expect(() => parseFixture("{}")).toThrow("it is not a fixture of format 1: format");
    expect(() => parseFixture(JSON.stringify({ ...good(), penalties: { tv: 1 } }))).toThrow("penalties.tv");
  });

  it("is told which weight is missing", async () => {
    const fixture = good();
    fixture.weights = { generator: [], discriminator: [] };
    await expect(runFixture(parseFixture(JSON.stringify(fixture)))).rejects.toThrow(
      "lacks the weight generator/weights/0/kernel",
    );
  });

  it("fails when a final weight is not a number or has no counterpart", async () => {
    const fixture = parseFixture(read("minimax-adam.json"));
    fixture.finalWeights.generator.unshift({ name: "9/kernel", shape: [1], values: [1] });
    expect(await runFixture(fixture)).toMatchObject({ passed: false, weights: { at: "generator 9/kernel" } });
  });
});
