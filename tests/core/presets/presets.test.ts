import { existsSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../../src/core/config";
import { findConflicts } from "../../../src/core/conflicts";
import { parseConfig } from "../../../src/core/parse-config";
import { PRESET_GROUPS, PRESET_IDS, PRESETS, presetOf, presetPicture } from "../../../src/core/presets";

describe("presets", () => {
  it("begin with the default experiment", () => {
    expect(PRESETS[PRESET_IDS[0]].config).toEqual(DEFAULT_CONFIG);
  });

  it.each(PRESET_IDS)("%s is a whole configuration within all bounds, without refusals", (id) => {
    const { id: own, config } = PRESETS[id];
    expect(own).toBe(id);
    expect(parseConfig(config)).toEqual({ config, problems: [] });
    expect(findConflicts(config).filter(({ level }) => level === "refused")).toEqual([]);
  });

  it.each(PRESET_IDS)("%s says what to look for in two sentences", (id) => {
    const sentences = PRESETS[id].lesson.match(/[.!?](\s|$)/g) ?? [];
    expect(sentences).toHaveLength(2);
  });

  it.each(PRESET_IDS)("%s fits a card of the gallery: a short name, one line of what it shows, a picture", (id) => {
    const { name, shows } = PRESETS[id];
    expect(name.length).toBeLessThanOrEqual(24);
    expect(shows.length).toBeLessThanOrEqual(90);
    expect(shows).toMatch(/^[A-Z].*\.$/);
    expect(existsSync(`public/${presetPicture(id)}`)).toBe(true);
  });

  it("stand group by group, and no group is empty", () => {
    const groups = PRESET_IDS.map((id) => PRESETS[id].group);
    const runs = groups.filter((group, i) => group !== groups[i - 1]);
    expect(runs).toEqual(PRESET_GROUPS.map(({ id }) => id));
  });

  it("bring pictures of little weight", () => {
    const bytes = PRESET_IDS.map((id) => statSync(`public/${presetPicture(id)}`).size);
    expect(bytes.reduce((a, b) => a + b, 0)).toBeLessThan(10_000 * PRESET_IDS.length);
  });

  it("are recognised with any seed, and by no other change", () => {
    for (const id of PRESET_IDS) {
      const { config } = PRESETS[id];
      expect(presetOf({ ...config, seed: 99 })).toBe(id);
      expect(presetOf({ ...config, batchSize: config.batchSize + 2 })).toBeNull();
    }
  });
});
