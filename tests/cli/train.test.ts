/** `npm run train` as a person runs it: a process of its own, its files, its words, its exit codes. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import { afterAll, describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/core/config";
import { FEATURE_METRIC_IDS } from "../../src/core/metrics/info";
import { PRESET_IDS } from "../../src/core/presets";
import { READING_IDS } from "../../src/core/readings";

const folder = mkdtempSync(join(tmpdir(), "gan-playground-train-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);

function train(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "src/cli/train.ts", ...args], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const STEPS = 60; // more than one readback, and not a whole number of them
const run = (name: string, ...more: string[]) =>
  train("--steps", String(STEPS), "--json", path(`${name}.json`), ...more);
const json = (name: string) => JSON.parse(readFileSync(path(`${name}.json`), "utf8")) as Record<string, unknown>;

describe("train", () => {
  const files = ["--csv", path("a.csv"), "--samples", path("a.png")];
  const first = run("a", "--preset", "ring-non-saturating", "--seed", "7", ...files);

  it("ends well, shows its progress and prints the metrics beside their floors", () => {
    expect(first.stderr).toMatch(/\[#{25}\] 100 % {2}step 60 .* 0 s left/);
    expect(first.status).toBe(0);
    expect(first.stdout).toContain("60 steps, seed 7, backend wasm");
    expect(first.stdout).toMatch(/highQuality +\d\.\d{4} +0\.9\d{3}/); // two reals: 98.9 % within 3σ
  });

  it("writes what was run, the metrics that the data allows, and every step", () => {
    const { preset, seed, backend, steps, stepsPerSecond, metrics, history } = json("a");
    expect({ preset, seed, backend, steps }).toEqual({
      preset: "ring-non-saturating",
      seed: 7,
      backend: "wasm",
      steps: STEPS,
    });
    expect(stepsPerSecond).toBeGreaterThan(0);
    for (const id of ["modes", "modes20", "highQuality", "histogramJs", "mmd", "slicedWasserstein"]) {
      expect(metrics).toHaveProperty(id, expect.any(Number));
    }
    const series = history as Record<string, (number | null)[]>;
    expect(Object.keys(series)).toEqual(["step", ...READING_IDS]);
    expect(series.step).toEqual(Array.from({ length: STEPS }, (_, i) => i + 1));
    for (const name of READING_IDS) {
      expect(series[name]).toHaveLength(STEPS);
      expect(series[name]?.every((value) => typeof value === "number")).toBe(true);
    }
  });

  it("writes one row a step as CSV, with the numbers of the JSON", () => {
    const [head, ...rows] = readFileSync(path("a.csv"), "utf8").trimEnd().split("\n");
    expect(head).toBe(["step", ...READING_IDS].join(","));
    expect(rows).toHaveLength(STEPS);
    const series = json("a").history as Record<string, number[]>;
    expect(rows.map((row) => row.split(",").map(Number))).toEqual(
      rows.map((_, i) => ["step", ...READING_IDS].map((name) => series[name]?.[i])),
    );
  });

  it("writes a picture that is a PNG with orange on white", () => {
    const bytes = readFileSync(path("a.png"));
    expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const { width, height, data } = decode(bytes);
    expect([width, height]).toEqual([512, 512]);
    const colors = new Set(Array.from({ length: width * height }, (_, i) => data.slice(3 * i, 3 * i + 3).join()));
    expect(colors).toEqual(new Set(["255,255,255", "230,120,20"]));
  });

  it("gives the same bytes twice, but for the rate", () => {
    run("b", "--preset", "ring-non-saturating", "--seed", "7", "--csv", path("b.csv"), "--samples", path("b.png"));
    const timeless = (name: string) =>
      readFileSync(path(`${name}.json`), "utf8").replace(/"stepsPerSecond":[\d.e+-]+/, "");
    expect(timeless("b")).toBe(timeless("a"));
    for (const end of ["csv", "png"]) {
      expect(readFileSync(path(`b.${end}`)).equals(readFileSync(path(`a.${end}`)))).toBe(true);
    }
  });

  it("lays a configuration file over the preset, and repeats a run from the configuration in its JSON", () => {
    writeFileSync(path("lay.json"), JSON.stringify({ loss: "least-squares", batchSize: 16 }));
    const laid = run("c", "--preset", "gaussian-1d", "--config", path("lay.json"), "--seed", "3");
    expect(laid.status).toBe(0);
    const { config, metrics } = json("c");
    expect(config).toMatchObject({ dataset: "gaussian-1d", model: { loss: "least-squares" }, batchSize: 16, seed: 3 });
    expect(metrics).not.toHaveProperty("jsdBound"); // D's loss bounds it only for the 2014 value function

    writeFileSync(path("whole.json"), JSON.stringify(config));
    run("d", "--config", path("whole.json"));
    expect(json("d").history).toEqual(json("c").history);
  });

  it("judges images by a classifier of their data, beside test images, and says that it is no Inception FID", () => {
    const { status, stdout } = train("--preset", "mnist-mlp", "--steps", "3", "--json", path("digits.json"));
    expect(status).toBe(0);
    expect(stdout).toMatch(/99\.\d % of its test images .* 2500 images a side.* not Inception FID/);
    const { metrics, floors } = json("digits") as Record<string, Record<string, number>>;
    for (const id of FEATURE_METRIC_IDS.filter((metric) => metric !== "classAccuracy")) {
      expect(metrics).toHaveProperty(id, expect.any(Number));
      expect(floors).toHaveProperty(id, expect.any(Number));
    }
    expect(metrics?.frechet).toBeGreaterThan(20 * (floors?.frechet ?? Number.NaN));
    expect(floors).toMatchObject({ classesFound: 10 });
  });

  it("tells how many samples are of the class that was asked for, where a model takes classes", () => {
    const { stdout } = train("--preset", "ring-cgan", "--steps", "100");
    expect(stdout).toMatch(/classAccuracy +[01]\.\d{4} +Class accuracy/); // by the nearest cluster, without a floor
  });

  it("clamps a value out of bounds and says so", () => {
    writeFileSync(path("wild.json"), JSON.stringify({ ...DEFAULT_CONFIG, batchSize: 1 }));
    const { status, stderr } = train("--config", path("wild.json"), "--steps", "1");
    expect(stderr).toContain("batchSize was 1; the smallest allowed is 2");
    expect(status).toBe(0);
  });

  it("explains itself with --help", () => {
    const { status, stdout } = train("--help");
    expect(status).toBe(0);
    for (const id of PRESET_IDS) expect(stdout).toContain(id);
    for (const option of ["--config", "--steps", "--seed", "--backend", "--json", "--csv", "--samples"]) {
      expect(stdout).toContain(option);
    }
  });
});

describe("train refuses with a sentence and exit code 2, before any training", () => {
  writeFileSync(path("broken.json"), "{ loss: ");
  writeFileSync(path("refused.json"), JSON.stringify({ packing: 3 }));
  it.each([
    [
      "an unknown preset",
      ["--preset", "grid-relativistc"],
      /There is no preset "grid-relativistc"\. Choose one of: ring/,
    ],
    ["an unknown backend", ["--backend", "cuda"], /There is no backend "cuda"\. Choose one of: webgpu, /],
    ["steps that are no number", ["--steps", "many"], /--steps must be a whole number from 1 to \d+, but is "many"/],
    ["no steps", ["--steps", "0"], /--steps must be a whole number/],
    ["a seed below zero", ["--seed=-1"], /--seed must be a whole number from 0 to 4294967295, but is "-1"/],
    ["an unknown option", ["--epochs", "3"], /--epochs/],
    ["a configuration that is not there", ["--config", path("none.json")], /none\.json could not be read as JSON/],
    ["a configuration that is no JSON", ["--config", path("broken.json")], /broken\.json could not be read as JSON/],
    [
      "a combination that cannot run",
      ["--config", path("refused.json")],
      /PacGAN packs 3 samples together, so the batch size must be a multiple of 3/,
    ],
    [
      "a folder that is not there",
      ["--json", path("no/where.json")],
      /where\.json cannot be written: there is no folder/,
    ],
    ["a folder as a file", ["--samples", folder], /cannot be written: it is a folder/],
  ])("%s", (_, args, sentence) => {
    const { status, stdout, stderr } = train(...args);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/^ +at /m); // no stack trace
    expect(stdout).not.toContain("steps/s");
    expect(status).toBe(2);
  });

  it("leaves no file behind", () => {
    expect(existsSync(path("no"))).toBe(false);
  });
});
