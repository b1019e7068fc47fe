/** Drawings of models, from the roles of their networks. */
import { describe, expect, it } from "vitest";
import { MODEL_IDS, modelInfo } from "../../../src/core/models";
import { drawingOf, drawingWords } from "../../../src/ui/model/drawing";

describe("the drawing of a model", () => {
  it("leads from noise through G, and from data, to D", () => {
    const { nodes, arrows } = drawingOf(modelInfo("gan"));
    const names = arrows.map(({ from, to }) => `${from.text} → ${to.text}`);
    expect(names.sort()).toEqual(["D → real?", "G → D", "x → D", "z → G"]);
    const x = (text: string) => nodes.find((node) => node.text === text)?.x ?? Number.NaN;
    expect(x("z")).toBeLessThan(x("G"));
    expect(x("G")).toBeLessThan(x("D"));
    expect(drawingWords(drawingOf(modelInfo("gan")))).toBe("z goes into G; G and x go into D.");
  });

  it.each(MODEL_IDS)("of %s has every network in a place of its own, and no arrow that goes back", (id) => {
    const model = modelInfo(id);
    const { nodes, arrows, width, height } = drawingOf(model);
    expect(nodes.filter(({ kind }) => kind === "network").map((node) => node.id)).toEqual(Object.keys(model.networks));
    expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(nodes.length);
    for (const { from, to } of arrows) expect(from.x).toBeLessThan(to.x);
    for (const { x, y } of nodes) expect([x < width, y < height]).toEqual([true, true]);
  });
});
