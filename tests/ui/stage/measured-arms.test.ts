import { expect, it } from "vitest";
import { initialState } from "../../../src/client/state-parts";
import type { ArmView } from "../../../src/client/store";
import { measuredArms } from "../../../src/ui/stage/live";

it("stays the same while pictures and steps arrive, and is renewed when an arm was measured, changed or joined", () => {
  const [first] = initialState("auto").arms;
  if (first === undefined) throw new Error("there is an arm");
  const of = (...arms: readonly ArmView[]) => measuredArms({ arms });
  const before = of(first);
  expect(before).toEqual([{ id: "a", config: first.config, quality: null }]);
  expect(of({ ...first, step: 9, stage: null })).toBe(before);
  const standards = { floor: {}, worst: {}, clusters: 0 };
  const curves = { columns: [], steps: new Float64Array(0), values: new Float32Array(0) };
  const quality = { step: 9, latest: {}, counts: null, standards, spectra: null, seen: null, theory: null, curves };
  const measured = of({ ...first, quality });
  expect(measured[0]?.quality).toBe(quality);
  expect(of({ ...first, quality, step: 10 })).toBe(measured);
  expect(of({ ...first, quality, config: { ...first.config, seed: 5 } })).not.toBe(measured);
  expect(of({ ...first, quality }, { ...first, id: "b" }).map(({ id }) => id)).toEqual(["a", "b"]);
});
