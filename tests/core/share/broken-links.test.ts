/** Links that somebody broke: whatever they say, a valid experiment opens, in proportionate time and with few words. */
import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../../src/core/config";
import { fillConfig, parseConfig } from "../../../src/core/parse-config";
import { type Random, random } from "../../../src/core/rng";
import { decodeExperiment } from "../../../src/core/share";

/** Five problems, and one sentence that counts the others. */
const MOST_SENTENCES = 6;
const LONGEST_SENTENCE = 300;

const pick = (r: Random, options: readonly string[]): string => options[r.integer(options.length)] ?? "";

function expectSound(hash: string): void {
  const { arms, problems } = decodeExperiment(hash);
  const name = hash.slice(0, 200);
  expect(new Set(arms.map(({ id }) => id)).size, name).toBe(arms.length);
  for (const { config } of arms) expect(parseConfig(config), name).toEqual({ config, problems: [] });
  expect(problems.length, name).toBeLessThanOrEqual(MOST_SENTENCES);
  for (const sentence of problems) expect(sentence.length, name).toBeLessThanOrEqual(LONGEST_SENTENCE);
}

const KEYS = [
  ..."v b c b.loss c.seed d.d d seed dataset latent.size latent.prior batchSize loss generator.layers discriminator.layers".split(
    " ",
  ),
  ..."generator.optimizer.type generator.optimizer.momentum discriminator.optimizer.beta1 generator".split(" "),
  ..."penalties.r1 penalties schedule.steps schedule.type.x __proto__ constructor.name toString unrolledSteps".split(
    " ",
  ),
];
const VALUES = [
  ..."1 0 -1 1e999 NaN Infinity 4294967296 0.5 ring mnist toy mlp-small same adam sgd momentum minimax".split(" "),
  ..."dense-0 dense-2~dense-2 reshape-1x2x3x4 dropout-2 conv2d-8-k3-s1 dense-1-eps:1 __proto__ %E0%A4%A %00 %26".split(
    " ",
  ),
  "",
];

describe("broken links", () => {
  it("open a valid experiment, whatever they are made of (4,000 of them)", () => {
    const r = random(3, 20, 0);
    const alphabet = 'abdegnrst.=&~-:%0159#_ /\\"<é';
    for (let i = 0; i < 4_000; i++) {
      const noise = () =>
        Array.from({ length: r.integer(60) }, () => alphabet[r.integer(alphabet.length)] ?? "").join("");
      const pairs = Array.from({ length: 1 + r.integer(8) }, () => {
        const key = `${pick(r, ["", "", "b."])}${r.integer(10) === 0 ? noise() : pick(r, KEYS)}`;
        return `${key}${pick(r, ["=", "=", "=", ""])}${r.integer(3) === 0 ? noise() : pick(r, VALUES)}`;
      });
      expectSound(pairs.join(pick(r, ["&", "&", "&&", "#"])));
    }
  });

  const long = {
    "layers of no type": `generator.layers=${"x~".repeat(16_000)}`,
    "layers out of bounds": `generator.layers=${"dense-0~".repeat(4_000)}dense-2`,
    "as many layers as are allowed, all out of bounds": `b.generator.layers=${Array(24).fill("dense-0").join("~")}`,
    "one layer with endless options": `discriminator.layers=dense-1${"-sn".repeat(10_000)}`,
    "brackets that never close": `generator.layers=${"residual-(".repeat(3_000)}dense-2`,
    "brackets that only close": `generator.layers=dense-2${")".repeat(30_000)}`,
    "as many blocks in one another as are allowed": `generator.layers=${"residual-(".repeat(23)}dense-0${")".repeat(23)}`,
    "one shape with endless sides": `generator.layers=reshape-${"0x".repeat(16_000)}1`,
    "unknown keys": Array.from({ length: 8_000 }, (_, i) => `k${i}=1`).join("&"),
    "one key that is long": `${"a.".repeat(16_000)}=1`,
    "one value that is long": `loss=${"z".repeat(32_000)}`,
    "one number that is long": `batchSize=${"9".repeat(32_000)}`,
    "one percent sign after another": `loss=${"%".repeat(32_000)}`,
    "one pair again and again": "seed=-1&".repeat(8_000),
    "one arm after another": "b=1&".repeat(8_000),
  };
  it.each(Object.entries(long))("say little of %s", (_name, hash) => {
    expectSound(hash);
    expectSound(`v=2&${hash}`);
  });

  it("do not look into a list that is too long", () => {
    const bad = { type: "dense", units: 0 };
    const said: string[] = [];
    fillConfig({ generator: { layers: Array(20_000).fill(bad) } }, DEFAULT_CONFIG, (sentence) => said.push(sentence));
    let deep: unknown = bad;
    for (let i = 0; i < 20_000; i++) deep = { type: "residual", layers: [deep] };
    fillConfig({ generator: { layers: [deep] } }, DEFAULT_CONFIG, (sentence) => said.push(sentence));
    const shape = Array(20_000).fill(0);
    const layers = [{ type: "reshape", shape }];
    fillConfig({ discriminator: { layers } }, DEFAULT_CONFIG, (sentence) => said.push(sentence));
    expect(said).toEqual([
      "generator.layers could not be read (a list of 20000); the default is used.",
      "generator.layers could not be read (a list of one); the default is used.",
      "discriminator.layers.0.shape could not be read (a list of 20000); the default is used.",
    ]);
  });

  it("count what they do not say", () => {
    const { problems } = decodeExperiment("q=1&w=1&e=1&r=1&t=1&y=1&u=1");
    expect(problems).toHaveLength(MOST_SENTENCES);
    expect(problems.at(-1)).toBe("There were 2 more problems.");
  });
});

describe("keys that do not apply", () => {
  it("are told: settings of another optimiser", () => {
    const { arms, problems } = decodeExperiment("generator.optimizer.momentum=0.9");
    expect(arms).toEqual(decodeExperiment("v=1").arms);
    expect(problems).toEqual(["generator.optimizer.momentum is no setting of adam, so it was left out."]);
    expect(
      decodeExperiment(
        "discriminator.optimizer.type=sgd&discriminator.optimizer.learningRate=0.1&b.discriminator.optimizer.beta1=0",
      ).problems,
    ).toEqual(["Arm B: discriminator.optimizer.beta1 is no setting of sgd, so it was left out."]);
  });

  it("are told: an arm B without settings", () => {
    const { arms, problems } = decodeExperiment("b=1");
    expect(arms).toEqual([arms[0], { ...arms[0], id: "b" }]);
    expect(problems).toEqual(["“b=1” says nothing about arm B, so it was read as “b=same”."]);
    expect(decodeExperiment("b=same").problems).toEqual([]);
  });
});

it("a hash without a single pair is no link of the time before versions: today's default opens", () => {
  for (const hash of ["#stage", "#%E0%A4%A", "#a&b"])
    expect(decodeExperiment(hash).arms[0].config).toEqual(DEFAULT_CONFIG);
});
