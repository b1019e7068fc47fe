/** Links to presets that were published are recognised, whatever has become of the presets. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { withChanges } from "../../../src/core/config";
import { PRESET_IDS, PRESETS, presetOf } from "../../../src/core/presets";
import { formerPresetOf } from "../../../src/core/presets/former";
import { decodeExperiment } from "../../../src/core/share";

const golden: { readonly hash: string }[] = JSON.parse(
  readFileSync(new URL("../share/links-of-version-1.json", import.meta.url), "utf8"),
);

/** The presets that there were at version 1. */
const FIRST = [
  ..."ring-non-saturating ring-least-squares ring-wgan-gp ring-relativistic grid-non-saturating grid-wgan-gp grid-relativistic gaussian-1d moons".split(
    " ",
  ),
  ..."spiral swiss-roll checkerboard vanishing-gradient mode-collapse mode-collapse-cured mnist-mlp mnist-dcgan mnist-spectral-norm mnist-wgan-gp".split(
    " ",
  ),
];

describe("former presets", () => {
  it("are known by their first links, with any seed: nineteen of them", () => {
    const configs = ["v=1", ...golden.map(({ hash }) => hash)].map((hash) => decodeExperiment(hash).arms[0].config);
    const found = configs.flatMap((config) => presetOf(config) ?? formerPresetOf({ ...config, seed: 77 }) ?? []);
    expect(new Set(found)).toEqual(new Set(FIRST));
  });

  it("are not what a preset is today, nor what somebody made of one", () => {
    for (const id of PRESET_IDS) {
      const { config } = PRESETS[id];
      expect(formerPresetOf(config)).toBeNull();
      expect(formerPresetOf(withChanges(config, { model: { labelSmoothing: 0.77 } }))).toBeNull();
    }
  });
});
