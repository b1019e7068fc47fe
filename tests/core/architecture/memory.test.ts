/** What training takes, against what was measured on WebAssembly, and what is refused. */
import { describe, expect, it } from "vitest";
import { MEMORY_LIMIT, memoryRefusal, trainingBytes } from "../../../src/core/architecture/memory";
import { PRESET_IDS, PRESETS } from "../../../src/core/presets";
import { decodeExperiment } from "../../../src/core/share";

const arms = (link: string) => decodeExperiment(`v=1&${link}`).arms;

/** D as wide and deep as it takes; everything else small. */
const wide = (n: number) =>
  `batchSize=64&generator.layers=dense-64~dense-2&discriminator.layers=dense-${n}~dense-${n}~dense-1`;
const images =
  "dataset=mnist&batchSize=256&generator.layers=dcgan-small&discriminator.layers=conv2d-64-k4-s1-leakyRelu~conv2d-64-k4-s2-leakyRelu~flatten~dense-1";
const busy =
  "batchSize=1024&generator.layers=dense-64~dense-2&discriminator.layers=dense-64~dense-8192-leakyRelu~dense-64~dense-1";

/** MiB that WebAssembly's memory had grown to after three steps. */
const MEASURED: readonly [link: string, mebibytes: number][] = [
  [wide(4096), 929],
  [`${wide(4096)}&discriminator.optimizer.type=sgd&discriminator.optimizer.learningRate=0.01`, 664],
  [`${wide(4096)}&b.loss=minimax`, 1313],
  [wide(8192), 3681],
  [`${wide(2048)}&unrolledSteps=2`, 1646],
  ["generator.layers=dense-4096~dense-4096~dense-2&discriminator.layers=dense-64~dense-1", 817],
  [busy, 459],
  [`${busy}&penalties.wganGp=1`, 895],
  [`${busy}&unrolledSteps=2`, 2960],
  [images, 848],
];

describe("trainingBytes", () => {
  it.each(MEASURED)("comes near what was measured: %s", (link, mebibytes) => {
    const ratio = trainingBytes(arms(link)) / (mebibytes * 2 ** 20);
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.5);
  });

  it("lets every preset run, four arms side by side", () => {
    for (const id of PRESET_IDS) {
      const { config } = PRESETS[id];
      expect(trainingBytes([{ config }, { config }, { config }, { config }])).toBeLessThan(MEMORY_LIMIT / 4);
    }
  });
});

describe("memoryRefusal", () => {
  it("gives the number", () => {
    expect(memoryRefusal(arms("generator.layers=dense-65536~dense-65536~dense-2"))).toMatch(
      /^These networks need about 2[56]0 GB of memory: 17 GB for weights, /,
    );
  });

  it.each([
    "discriminator.layers=dense-65536~dense-65536~dense-1",
    "generator.layers=dense-32768~dense-32768~dense-2",
    "discriminator.layers=dense-9216~dense-9216~dense-1",
    "dataset=mnist&discriminator.layers=conv2d-1024-k9-s1~conv2d-1024-k9-s1~flatten~dense-1",
    "dataset=mnist&generator.layers=dense-65536~reshape-8x8x1024~conv2dTranspose-1024-k9-s4~flatten~dense-784~reshape-28x28x1",
    "batchSize=1024&generator.layers=dense-65536~dense-64~dense-2&discriminator.layers=dense-65536~dense-64~dense-1",
    "batchSize=1024&discriminator.layers=dense-24576~dense-64~dense-1&penalties.r1=1&penalties.r2=1&penalties.wganGp=1",
    "unrolledSteps=10&discriminator.layers=dense-2048~dense-2048~dense-1",
    `${wide(8192)}&b.loss=minimax`,
    `${wide(6144)}&b.loss=minimax&c.loss=hinge&d.loss=least-squares`,
  ])("refuses what would not fit: %s", (link) => {
    expect(memoryRefusal(arms(link))).toMatch(/need about [\d.]+ [GT]B of memory/);
  });

  it.each([
    wide(8192),
    `${wide(5120)}&b.loss=minimax`,
    "unrolledSteps=4&discriminator.layers=dense-2048~dense-2048~dense-1",
  ])("lets run what fits: %s", (link) => {
    expect(memoryRefusal(arms(link))).toBeNull();
  });
});
