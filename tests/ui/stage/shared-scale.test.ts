import { describe, expect, it } from "vitest";
import { singleArm } from "../../../src/core/arms";
import type { LossId } from "../../../src/core/losses";
import { PRESETS } from "../../../src/core/presets";
import { heatPosition } from "../../../src/ui/stage/heat-scale";
import { sharedHeatScale } from "../../../src/ui/stage/shared-scale";

type Arms = Parameters<typeof sharedHeatScale>[0]["arms"];

/** Arms that show these maps. */
function arms(...maps: readonly { readonly loss: LossId; readonly logits: Float32Array }[]): Arms {
  const [first] = singleArm(PRESETS["ring-non-saturating"].config).arms;
  return maps.map(({ loss, logits }) => ({
    ...first,
    config: { ...first.config, model: { ...first.config.model, loss } },
    stage: { step: 1, frame: { kind: "plane", extent: 2, size: 20, logits, fakes: new Float32Array(0) } },
  })) as unknown as Arms;
}

const sure = Float32Array.from({ length: 400 }, (_, i) => -9 + (4 * i) / 399);
const unsure = Float32Array.from({ length: 400 }, (_, i) => -2 + (4 * i) / 399);

describe("the scale that arms share", () => {
  it("reaches over the maps of all of them, and shows what one from 0 to 1 hides", () => {
    const both = arms({ loss: "minimax", logits: sure }, { loss: "non-saturating", logits: unsure });
    const scale = sharedHeatScale({ arms: both, visited: null });
    if (scale === null) throw new Error("a scale");
    expect(scale.kind).toBe("logit");
    expect(scale.low).toBeLessThanOrEqual(-8.8);
    expect(scale.high).toBeGreaterThanOrEqual(1.9);
    expect(heatPosition(-5.2, scale) - heatPosition(-8.8, scale)).toBeGreaterThan(0.3);
    expect(sharedHeatScale({ arms: [...both], visited: null })).toBe(scale); // the same maps
  });

  it("leaves out critics, whose scores are no probabilities, and is none where there are only those", () => {
    const critic = { loss: "wasserstein", logits: sure.map((score) => 1000 * score) } as const;
    expect(
      sharedHeatScale({ arms: arms(critic, { loss: "minimax", logits: unsure }), visited: null })?.low,
    ).toBeGreaterThan(-5);
    expect(sharedHeatScale({ arms: arms(critic), visited: null })).toBeNull();
    expect(sharedHeatScale({ arms: [], visited: null })).toBeNull();
  });

  it("is the present's again after a look at the past, although it stays while it is nearly right", () => {
    const map = (logits: Float32Array) => arms({ loss: "non-saturating", logits });
    const present = sharedHeatScale({ arms: map(unsure), visited: null });
    const visited = { step: 1, arms: [] } as unknown as Parameters<typeof sharedHeatScale>[0]["visited"];
    const past = map(unsure.map((logit) => 1.4 * logit));
    expect(sharedHeatScale({ arms: past, visited })).not.toEqual(present);
    sharedHeatScale({ arms: past, visited: null }); // on the way back, before the present's picture has come
    expect(sharedHeatScale({ arms: map(unsure.slice()), visited: null })).toEqual(present);
  });
});
