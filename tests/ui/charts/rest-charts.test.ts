/** Charts of readings that the catalogue does not know. */
import { describe, expect, it } from "vitest";
import { MODEL_IDS, modelInfo } from "../../../src/core/models";
import { restCharts } from "../../../src/ui/charts/rest-charts";

describe("a reading", () => {
  it("that no chart knows has one of its own, in its words, its unit and its player's colour", () => {
    const gan = modelInfo("gan");
    const readings = {
      ...gan.readings,
      path: { player: "generator", words: "the path length", finite: true, unit: "in data units" },
    };
    const [chart, ...more] = restCharts([{ ...gan, readings }]);
    expect(more).toEqual([]);
    expect([chart?.title, chart?.unit, chart?.series[0]?.role]).toEqual(["Path length", "in data units", "generator"]);
    expect(chart?.series[0]?.value((name) => (name === "path" ? 7 : 0))).toBe(7);
  });

  it.each(MODEL_IDS)("of %s stands in the catalogue or says why it does not", (id) => {
    expect(restCharts([modelInfo(id)])).toEqual([]);
  });

  it("of two arms of one model is drawn once", () => {
    const gan = modelInfo("gan");
    const more = {
      ...gan,
      readings: { ...gan.readings, path: { player: "generator", words: "the path length", finite: true } },
    };
    expect(restCharts([more, more])).toHaveLength(1);
  });
});
