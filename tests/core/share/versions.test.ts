/**
 * Links keep their meaning. links-of-version-1.json was written by the page that published version 1: each link as people
 * have it, and the experiment that it opened there.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { withArm } from "../../../src/core/arms";
import { DATASET_IDS, dataShape } from "../../../src/core/datasets";
import { parseConfig } from "../../../src/core/parse-config";
import { CURRENT_VERSION, decodeExperiment, encodeExperiment, permanentHash } from "../../../src/core/share";
import { baseOf } from "../../../src/core/share/bases";

interface GoldenLink {
  readonly hash: string;
  readonly config: unknown;
  readonly comparison: unknown;
}

const golden: GoldenLink[] = JSON.parse(readFileSync(new URL("links-of-version-1.json", import.meta.url), "utf8"));

describe("links that say no version", () => {
  it.each(golden)("open what they opened when they were made: $hash", ({ hash, config, comparison }) => {
    const further = comparison === null ? [] : [{ id: "b", config: comparison }]; // these links knew of two arms only
    const expected = { arms: [{ id: "a", config }, ...further], problems: [] };
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
      const edited = { ...opened, ...withArm(opened, id, { ...config, batchSize: 62, labelSmoothing: 0.85 }) };
      expect(decodeExperiment(encodeExperiment(edited)), hash).toEqual(edited);
    }
  });
});

/**
 * One file a version. Where a file of a version that was published no longer matches, links have changed what they open:
 * freeze what that version meant (src/core/share/bases.ts says how). Before it is published, write the file anew by
 * `npx vitest run tests/core/share -u`.
 */
describe.each(Array.from({ length: CURRENT_VERSION }, (_, i) => i + 1))("version %i", (version) => {
  const base = baseOf(version);

  it("means the same default on every dataset, and the same stacks", async () => {
    const stacks = Object.entries(base?.stacks ?? {}).map(([id, stack]) => {
      const shapes = DATASET_IDS.map(dataShape).filter(({ length }) => (length === 1) === (stack.kind === "points"));
      const unique = [...new Map(shapes.map((shape) => [shape.join("x"), shape])).values()];
      const layers = unique.map((shape) => ({
        shape,
        generator: stack.generator(shape, 16),
        discriminator: stack.discriminator(shape, 16),
      }));
      return [id, layers];
    });
    const meaning = {
      start: base?.start,
      datasets: Object.fromEntries(DATASET_IDS.map((id) => [id, base?.startOn(id)])),
      stacks: Object.fromEntries(stacks),
    };
    await expect(`${JSON.stringify(meaning, null, 1)}\n`).toMatchFileSnapshot(`meaning-of-version-${version}.snap`);
  });

  it("opens whole configurations within all bounds", () => {
    for (const id of DATASET_IDS) {
      const config = base?.startOn(id);
      expect(parseConfig(config)).toEqual({ config, problems: [] });
      expect(decodeExperiment(`v=${version}&dataset=${id}`)).toEqual({ arms: [{ id: "a", config }], problems: [] });
    }
  });
});

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
