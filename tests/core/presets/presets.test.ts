import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG, parseConfig } from "../../../src/core/config";
import { findConflicts } from "../../../src/core/penalties";
import { PRESET_IDS, PRESETS, presetOf } from "../../../src/core/presets";

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
    const sentences = PRESETS[id].summary.match(/[.!?](\s|$)/g) ?? [];
    expect(sentences).toHaveLength(2);
  });

  it("are recognised with any seed, and by no other change", () => {
    for (const id of PRESET_IDS) {
      const { config } = PRESETS[id];
      expect(presetOf({ ...config, seed: 99 })).toBe(id);
      expect(presetOf({ ...config, batchSize: config.batchSize + 2 })).toBeNull();
    }
  });
});
