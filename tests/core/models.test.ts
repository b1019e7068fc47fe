/** What holds for every model, by enumeration. */
import { describe, expect, it } from "vitest";
import { withModel } from "../../src/core/architecture/adapt";
import { stepFlops } from "../../src/core/architecture/flops";
import { trainingBytes } from "../../src/core/architecture/memory";
import { checkArchitecture } from "../../src/core/architecture/shapes";
import { DEFAULT_CONFIG, startOf } from "../../src/core/config";
import { findConflicts } from "../../src/core/conflicts";
import { DATASET_IDS, dataShape, datasetClasses } from "../../src/core/datasets";
import { MODEL_IDS, modelInfo, readingIds } from "../../src/core/models";
import { parseConfig } from "../../src/core/parse-config";

describe.each(MODEL_IDS)("the model %s", (id) => {
  const info = modelInfo(id);
  const datasets = DATASET_IDS.filter((dataset) => info.data !== "labelled" || datasetClasses(dataset) > 0);

  it("says what it is, and its networks, players and readings belong together", () => {
    expect(info.id).toBe(id);
    expect(info.lesson.length).toBeGreaterThan(40);
    expect(info.source).toMatch(/\d{4}/);
    expect(Object.keys(info.networks)).toContain(info.sampler);
    for (const { updates } of Object.values(info.players)) {
      for (const network of updates) expect(Object.keys(info.networks)).toContain(network);
    }
    for (const { player } of Object.values(info.readings)) expect(Object.keys(info.players)).toContain(player);
    for (const player of Object.keys(info.players)) {
      expect(Object.values(info.readings).some((reading) => reading.player === player)).toBe(true);
    }
  });

  it("begins with an experiment that fits, costs something and can be read back, on all data that it can learn", () => {
    for (const dataset of datasets) {
      for (const config of [startOf(id, dataset), withModel({ ...startOf("gan", dataset), seed: 9 }, id)]) {
        expect(checkArchitecture(config), dataset).toEqual([]);
        expect(findConflicts(config).filter(({ level }) => level === "refused")).toEqual([]);
        expect(parseConfig(config)).toEqual({ config, problems: [] });
        expect(stepFlops(config, dataShape(dataset))).toBeGreaterThan(0);
        expect(trainingBytes([{ config }])).toBeGreaterThan(0);
        expect(readingIds(config).length).toBeGreaterThan(1);
      }
    }
  });

  it("has stacks that fit on all data of their kind", () => {
    expect(Object.keys(info.stacks).length).toBeGreaterThan(1);
    for (const dataset of datasets) expect(checkArchitecture(startOf(id, dataset))).toEqual([]);
  });

  it("refuses data without classes where it needs them", () => {
    const dataset = DATASET_IDS.find((one) => datasetClasses(one) === 0);
    if (info.data !== "labelled" || dataset === undefined) return;
    expect(findConflicts(startOf(id, dataset)).some(({ level }) => level === "refused")).toBe(true);
  });

  it("takes over from another model what both know", () => {
    const before = { ...DEFAULT_CONFIG, seed: 5, dataset: "grid" as const, batchSize: 64 };
    expect(withModel(before, id)).toMatchObject({ seed: 5, dataset: "grid", batchSize: 64, model: { type: id } });
    expect(withModel(withModel(before, id), "gan").model.type).toBe("gan");
  });
});
