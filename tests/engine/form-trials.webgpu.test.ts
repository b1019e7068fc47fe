/** Forms of products tried on the device itself, kept, and used by the programs that are written afterwards. On whatever driver is here. */
import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WORKS } from "../../src/cli/bench/works";
import { startBackend } from "../../src/cli/node-backend";
import { planOfStep } from "../../src/cli/plan-totals";
import { writeFor } from "../../src/engine/kernels/webgpu/driver";
import { FormTrials, type FoundForms } from "../../src/engine/kernels/webgpu/form-trials";
import { gemm } from "../../src/engine/kernels/webgpu/gemm";
import { rankForms } from "../../src/engine/kernels/webgpu/product-form";
import { productPlan } from "../../src/engine/kernels/webgpu/product-plan";
import { PipelineCache } from "../../src/engine/kernels/webgpu/program";
import { timePlan } from "../../src/engine/kernels/webgpu/time-plan";
import { FormTuning } from "../../src/worker/form-tuning";
import { webGpuOrSay } from "../helpers/webgpu";

const gpu = await webGpuOrSay();

const { config, dataShape } = WORKS["2d"];
/** What the products of a step are computed by. */
const shapes = () =>
  planOfStep(config, dataShape).flatMap(({ clusters }) =>
    clusters.filter(({ name }) => name.startsWith("Product")).map(({ shape }) => shape),
  );

describe.skipIf(!gpu)("forms of products on a graphics card", () => {
  let device: GPUDevice;

  beforeAll(async () => {
    await startBackend("webgpu");
    device = (tf.backend() as WebGPUBackend).device;
  });
  afterAll(() => tf.removeBackend("webgpu"));

  const fresh = () => {
    const trials = new FormTrials(device);
    writeFor(device, { software: false, trials });
    return trials;
  };

  it("are tried after a step was written, within their time, and kept by adapter", async () => {
    const kept = new Map<string, FoundForms>();
    const tuning = new FormTuning({
      load: async (adapter) => kept.get(adapter) ?? {},
      save: async (adapter, found) => void kept.set(adapter, found),
    });
    const trials = fresh();
    expect(trials.isDue).toBe(false);
    const estimated = shapes();
    expect(trials.isDue).toBe(true);
    expect(shapes(), "nothing changes before it was tried").toEqual(estimated);
    await tuning.tryNext();
    const [found] = [...kept.values()];
    expect(Object.keys(found ?? {})).toHaveLength(1);

    const later = fresh(); // the next visit
    await tuning.recall();
    expect(later.found).toEqual(found);
  });

  it("are those that were found, where there still is such a form", async () => {
    const product = gemm({ m: 128, n: 64, k: 64 });
    const [estimated, other] = rankForms(product, { software: false });
    if (estimated === undefined || other === undefined) throw new Error("A product has several forms.");
    fresh();
    const written = shapes();
    const trials = fresh();
    expect(trials.formOf(product)).toBeUndefined();
    await trials.next();
    const [key = ""] = Object.keys(trials.found);
    expect(rankForms(product, { software: false })).toContainEqual(trials.formOf(product));

    const second = fresh();
    second.recall({ [key]: other });
    expect(second.formOf(product)).toEqual(other);
    expect(shapes()).not.toEqual(written);
    const third = fresh();
    third.recall({ [key]: { ...estimated, splits: 3 } });
    expect(third.formOf(product)).toBeUndefined();
  });

  it("are timed by the device's own clock where it has one, else by the host's", async () => {
    const product = gemm({ m: 32, n: 32, k: 32 });
    const [form] = rankForms(product, { software: false });
    if (form === undefined) throw new Error("A product has a form.");
    const adapter = await gpu?.requestAdapter();
    const plain = await adapter?.requestDevice(); // asked for no clock
    if (!plain) throw new Error("There was a device before.");
    for (const one of [device, plain]) {
      const { ms, clock } = await timePlan(one, new PipelineCache(one), productPlan(product, form), [1024, 1024, 1024]);
      expect(ms).toBeGreaterThan(0);
      expect(clock).toBe(one.features.has("timestamp-query") ? "device" : "host");
    }
    plain.destroy();
  });

  it("are not found on a device that is gone", async () => {
    const adapter = await gpu?.requestAdapter();
    const lost = await adapter?.requestDevice();
    if (!lost) throw new Error("There was a device before.");
    const trials = new FormTrials(lost);
    const product = gemm({ m: 64, n: 64, k: 64 });
    trials.formOf(product);
    lost.destroy();
    await trials.next();
    expect(trials.found).toEqual({});
  });
});
