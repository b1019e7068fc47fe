/** The pages of concepts: each opens the preset that it names, and everything that it links to is there. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PRESET_IDS, PRESETS, presetExperiment } from "../../src/core/presets";
import { decodeExperiment } from "../../src/core/share";

const FOLDER = join(import.meta.dirname, "../../docs/concepts");
const PAGES = readdirSync(FOLDER).filter((name) => name.endsWith(".md") && name !== "README.md");
const textOf = (page: string) => readFileSync(join(FOLDER, page), "utf8");

describe("a page of a concept", () => {
  it.each(PAGES)("opens the preset that it names: %s", (page) => {
    const found = /Open the preset \*(.+)\* at \[#(.+)\]\(http:\/\/localhost:4173\/#(.+)\)/.exec(textOf(page));
    const [, name, shown, hash] = found ?? [];
    expect(shown).toBe(hash);
    const preset = PRESET_IDS.find((id) => PRESETS[id].name === name);
    if (preset === undefined) throw new Error(`No preset is called ${name}.`);
    const { arms, problems } = decodeExperiment(hash ?? "");
    expect(problems).toEqual([]);
    expect(arms).toEqual(presetExperiment(preset).arms);
  });

  it.each([...PAGES, "README.md"])("links to nothing that is not there: %s", (page) => {
    const links = [...textOf(page).matchAll(/\]\((?!http)([^)]+)\)/g)].map(([, link]) => link ?? "");
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(existsSync(join(FOLDER, link)), link).toBe(true);
  });

  it("is listed", () => {
    for (const page of PAGES) expect(textOf("README.md")).toContain(`(${page})`);
  });
});
