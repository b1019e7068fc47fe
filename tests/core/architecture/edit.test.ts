import { describe, expect, it } from "vitest";
import { editLayer, hasActivation, moveLayer, newLayer } from "../../../src/core/architecture/edit";
import { LAYER_TYPES, type LayerSpec } from "../../../src/core/architecture/layers";
import { describeNetwork } from "../../../src/core/architecture/shapes";

const dense: LayerSpec = { type: "dense", units: 8, activation: "tanh" };

describe("editing layers", () => {
  it("makes a valid layer of every type, with the activation of the one it replaces", () => {
    for (const type of LAYER_TYPES) expect(editLayer(newLayer(type, dense), {})).toEqual(newLayer(type, dense));
    expect(newLayer("conv2d", dense)).toMatchObject({ type: "conv2d", activation: "tanh" });
    expect(hasActivation("dropout")).toBe(false);
  });

  it("begins a block with layers that keep the shape that goes in", () => {
    for (const type of ["residual", "skip"] as const) {
      for (const input of [[5], [14, 14, 3]]) {
        const network = describeNetwork([newLayer(type, undefined, input)], input);
        const [channels = 0] = input.slice(-1);
        const expected = [...input.slice(0, -1), type === "skip" ? 2 * channels : channels];
        expect(network).toMatchObject({ outputShape: expected });
      }
    }
  });

  it("changes values, returns to defaults, and refuses what is no layer", () => {
    expect(editLayer(dense, { units: 16 })).toEqual({ type: "dense", units: 16, activation: "tanh" });
    expect(editLayer(dense, { activation: undefined })).toEqual({ type: "dense", units: 8 });
    expect(editLayer(dense, { units: -1 })).toBeNull();
  });

  it("moves a layer, and leaves the list alone at its ends", () => {
    const list: LayerSpec[] = [dense, { type: "flatten" }, { type: "upsample" }];
    expect(moveLayer(list, 0, 2).map(({ type }) => type)).toEqual(["flatten", "upsample", "dense"]);
    expect(moveLayer(list, 0, -1)).toEqual(list);
  });
});
