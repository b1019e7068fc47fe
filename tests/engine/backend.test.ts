/** The choice of the backend, in Node: WebAssembly and plain JavaScript are there, WebGL is not, WebGPU only in software if at all. */

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { openWebGpu } from "../../src/cli/webgpu-node";
import { chooseBackend } from "../../src/engine/backend";

const wasmPaths = join(
  dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json")),
  "dist",
  "/",
);
const gpu = await openWebGpu();
const software = gpu !== undefined && /swiftshader/i.test((await gpu.requestAdapter())?.info.architecture ?? "");

describe("the choice of the backend", () => {
  it("takes WebAssembly where there is no graphics card, and says why", async () => {
    const { report } = await chooseBackend("auto", { wasmPaths, gpu: undefined });
    expect(report.backend).toBe("wasm");
    expect(tf.getBackend()).toBe("wasm");
    expect(report.reason).toContain("Not WebGPU: This browser offers no WebGPU here.");
    expect(report.adapter).toBeNull();
    expect(report.arithmetic).not.toBeNull();
    expect(report.candidates.map((c) => [c.backend, c.available])).toEqual([
      ["webgpu", false],
      ["webgl", false],
      ["wasm", true],
      ["cpu", true],
    ]);
  });

  it("gives what was asked for", async () => {
    const { report } = await chooseBackend("cpu", { wasmPaths, gpu: undefined });
    expect(report.backend).toBe("cpu");
    expect(report.reason).toContain("As you asked.");
  });

  it.each(["webgpu", "webgl"] as const)("falls back from a missing %s with a sentence", async (wish) => {
    const { report } = await chooseBackend(wish, { wasmPaths, gpu: undefined });
    expect(report.backend).toBe("wasm");
    expect(report.requested).toBe(wish);
    expect(report.reason).toMatch(/^You asked for Web(GPU|GL), but: .+ Instead: .+/);
  });

  it("survives a browser whose WebGPU gives no adapter, or throws", async () => {
    const silent = { requestAdapter: async () => null } as unknown as GPU;
    expect((await chooseBackend("webgpu", { wasmPaths, gpu: silent })).report.reason).toContain("no graphics adapter");
    const broken = {
      requestAdapter: () => Promise.reject(new Error("blocked by policy")),
    } as unknown as GPU;
    expect((await chooseBackend("webgpu", { wasmPaths, gpu: broken })).report.reason).toContain("blocked by policy");
  });

  it.skipIf(!software)("does not take a software adapter by itself, but does when asked", async () => {
    const unasked = await chooseBackend("auto", { wasmPaths, gpu });
    expect(unasked.report.backend).toBe("wasm");
    expect(unasked.report.reason).toContain("draws on the CPU");
    const asked = await chooseBackend("webgpu", { wasmPaths, gpu });
    expect(asked.report.backend).toBe("webgpu");
    expect(asked.report.adapter).toMatch(/swiftshader/i);
    expect([...(await tf.square(tf.tensor1d([1, 2, 3])).data())]).toEqual([1, 4, 9]);
    tf.removeBackend("webgpu");
  });
});
