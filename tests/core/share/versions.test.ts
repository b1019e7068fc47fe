/**
 * Links keep their meaning. links-of-version-1.json was written by the page that published version 1: each link as people
 * have it, and the experiment that it opened there.
 */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { withArm } from "../../../src/core/arms";
import { type ExperimentConfig, withChanges } from "../../../src/core/config";
import { DATASET_IDS, dataShape } from "../../../src/core/datasets";
import { MODEL_IDS, type ModelId } from "../../../src/core/models";
import { parseConfig } from "../../../src/core/parse-config";
import { CURRENT_VERSION, decodeExperiment, encodeExperiment, permanentHash } from "../../../src/core/share";
import { baseOf, type LinkBase } from "../../../src/core/share/bases";

interface GoldenLink {
  readonly hash: string;
  readonly config: unknown;
  readonly comparison: unknown;
}

const golden: GoldenLink[] = JSON.parse(readFileSync(new URL("links-of-version-1.json", import.meta.url), "utf8"));

/** A configuration of before there were models, networks and players, in the form of today. */
function ofToday(config: unknown): ExperimentConfig {
  const read = parseConfig(config);
  expect(read.problems).toEqual([]);
  return read.config;
}

describe("links that say no version", () => {
  it.each(golden)("open what they opened when they were made: $hash", ({ hash, config, comparison }) => {
    const further = comparison === null ? [] : [{ id: "b", config: ofToday(comparison) }]; // they knew of two arms only
    const expected = { arms: [{ id: "a", config: ofToday(config) }, ...further], problems: [] };
    expect(decodeExperiment(hash)).toEqual(expected);
    expect(decodeExperiment(`v=1&${hash.replace(/^#/, "")}`)).toEqual(expected);
    // The page writes today's version to its address, which opens the same.
    const rewritten = encodeExperiment(decodeExperiment(hash));
    expect(rewritten === "" || rewritten.startsWith(`v=${CURRENT_VERSION}&`)).toBe(true);
    expect(decodeExperiment(rewritten)).toEqual(expected);
  });

  it("can be edited and go on as links of today's version", () => {
    for (const { hash } of golden) {
      const opened = decodeExperiment(hash);
      const { id, config } = opened.arms[0];
      const edited = {
        ...opened,
        ...withArm(opened, id, withChanges(config, { batchSize: 62, model: { labelSmoothing: 0.85 } })),
      };
      expect(decodeExperiment(encodeExperiment(edited)), hash).toEqual(edited);
    }
  });
});

/** The layers that a version's stacks of a model have, for every shape of data of their kind. */
function stacksOf(base: LinkBase, model: ModelId, ids = DATASET_IDS.slice()): Record<string, unknown> {
  const stacks = Object.entries(base.stacks(model)).map(([id, stack]) => {
    const shapes = ids.map(dataShape).filter(({ length }) => (length === 1) === (stack.kind === "points"));
    const unique = [...new Map(shapes.map((shape) => [shape.join("x"), shape])).values()];
    return [id, unique.map((shape) => ({ shape, ...stack.layers({ data: shape, latent: 16, classes: 10 }) }))];
  });
  return Object.fromEntries(stacks);
}

/** What version 1 meant, as it was written when there was one model: in the form of then. */
const first: { readonly start: unknown; readonly datasets: Record<string, unknown>; readonly stacks: unknown } =
  JSON.parse(readFileSync(new URL("meaning-of-version-1.snap", import.meta.url), "utf8"));

describe("version 1", () => {
  it("means what it meant when it was published", () => {
    const base = present(baseOf(1));
    expect(base.start).toEqual(ofToday(first.start));
    const datasets = DATASET_IDS.filter((id) => id in first.datasets);
    expect(datasets).toHaveLength(Object.keys(first.datasets).length);
    for (const id of datasets) expect(base.startOn(id, "gan")).toEqual(ofToday(first.datasets[id]));
    expect(stacksOf(base, "gan", datasets)).toEqual(first.stacks);
  });
});

/**
 * One file a version from the second on. Where a file of a version that was published no longer matches, links have changed what they
 * open: freeze what that version meant (src/core/share/bases.ts says how). Before it is published, write the file anew by
 * `npx vitest run tests/core/share -u`.
 */
describe.each(Array.from({ length: CURRENT_VERSION - 1 }, (_, i) => i + 2))("version %i", (version) => {
  it("means the same default of every model on every dataset, and the same stacks", async () => {
    const base = present(baseOf(version));
    const models = MODEL_IDS.map((id) => {
      const datasets = Object.fromEntries(DATASET_IDS.map((dataset) => [dataset, base.startOn(dataset, id)]));
      return [id, { datasets, stacks: stacksOf(base, id) }];
    });
    const meaning = { start: base.start, ...Object.fromEntries(models) };
    await expect(`${JSON.stringify(meaning, null, 1)}\n`).toMatchFileSnapshot(`meaning-of-version-${version}.snap`);
  });
});

describe.each(Array.from({ length: CURRENT_VERSION }, (_, i) => i + 1))("version %i", (version) => {
  it("opens whole configurations within all bounds", () => {
    const base = present(baseOf(version));
    for (const model of MODEL_IDS) {
      for (const id of DATASET_IDS) {
        const config = base.startOn(id, model);
        expect(parseConfig(config)).toEqual({ config, problems: [] });
        const link = `v=${version}&dataset=${id}&model=${model}`;
        expect(decodeExperiment(link)).toEqual({ arms: [{ id: "a", config }], problems: [] });
      }
    }
  });
});

function present(base: LinkBase | null): LinkBase {
  if (base === null) throw new Error("there is no such version");
  return base;
}

describe("a link's version", () => {
  it("is today's where the link is empty, and the first where it says none", () => {
    expect(decodeExperiment("").arms[0].config).toEqual(baseOf(CURRENT_VERSION)?.start);
    expect(decodeExperiment(`#v=${CURRENT_VERSION}`).arms[0].config).toEqual(baseOf(CURRENT_VERSION)?.start);
    expect(decodeExperiment("seed=1").arms[0].config).toEqual(baseOf(1)?.start);
  });

  it("is said by a link that is to be kept, even that of the default experiment", () => {
    const opened = decodeExperiment("");
    expect(encodeExperiment(opened)).toBe("");
    expect(permanentHash(opened)).toBe(`v=${CURRENT_VERSION}`);
  });

  it("is told where it is none, or of a page that is newer than this one", () => {
    expect(decodeExperiment("v=1000&seed=3").problems).toEqual([expect.stringContaining("newer version")]);
    for (const version of ["", "0", "-1", "1.5", "two", "1e9", "9".repeat(400)]) {
      const { arms, problems } = decodeExperiment(`v=${version}&seed=3`);
      expect(arms[0].config.seed).toBe(3);
      expect(problems).toHaveLength(1);
    }
  });
});
