/** Sums whose last halvings threads do among neighbours, without memory: the same bits, and fewer barriers. On whatever driver is here. */
import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { noiseFor } from "../../src/cli/noise-source";
import { withChanges } from "../../src/core/config";
import { PRESETS } from "../../src/core/presets";
import { driverOf, writeFor } from "../../src/engine/kernels/webgpu/driver";
import { halvesOf } from "../../src/engine/replay/webgpu/emit-sum";
import { createTrainer } from "../../src/engine/trainer";
import { webGpuOrSay } from "../helpers/webgpu";

const gpu = await webGpuOrSay();

/** Batch statistics are sums along the batch, gradient norms sums of all: two directions. */
const config = withChanges(PRESETS["ring-non-saturating"].config, {
  networks: {
    generator: {
      layers: [{ type: "dense", units: 24, activation: "relu" }, { type: "batchNorm" }, { type: "dense", units: 2 }],
    },
    discriminator: {
      layers: [
        { type: "dense", units: 24, activation: "relu" },
        { type: "dense", units: 1 },
      ],
    },
  },
});

describe.skipIf(!gpu)("threads that exchange numbers", () => {
  let device: GPUDevice;
  beforeAll(async () => {
    await startBackend("webgpu");
    device = (tf.backend() as WebGPUBackend).device;
  });
  afterAll(() => tf.removeBackend("webgpu"));

  async function trained(exchanging: number | undefined, software: boolean) {
    writeFor(device, { software, exchanging });
    const trainer = createTrainer({ config, data: noiseFor(config, [2]) });
    try {
      for (let step = 0; step < 2; step++) {
        trainer.train("all");
        await trainer.compiled();
      }
      const numbers = await trainer.readNumbers();
      expect(trainer.execution.mode).toBe("replay");
      const barriers = trainer.dispatches?.flatMap(({ clusters }) => clusters.filter((one) => one.barriers)).length;
      return { values: numbers.values, tensors: (await trainer.save()).tensors, barriers: barriers ?? 0 };
    } finally {
      trainer.dispose();
    }
  }

  it("are found where the device has them", (context) => {
    const { subgroupMinSize } = device.adapterInfo;
    if (!device.features.has("subgroups")) context.skip("This device has no subgroups.");
    expect(driverOf(device).exchanging).toBe(Math.min(64, subgroupMinSize ?? 0));
  });

  for (const software of [false, true]) {
    it(`train bit for bit as without, in programs for ${software ? "the processor" : "graphics cards"}`, async (context) => {
      const { exchanging } = driverOf(device);
      if (exchanging === undefined) context.skip("No threads exchange numbers on this device.");
      try {
        const [without, within] = [await trained(undefined, software), await trained(exchanging, software)];
        expect(within.values).toEqual(without.values);
        expect(within.tensors).toEqual(without.tensors);
        expect(within.barriers).toBeLessThanOrEqual(without.barriers);
      } finally {
        writeFor(device, { software: driverOf(device).software, exchanging });
      }
    });
  }
});

describe("the halvings of a sum", () => {
  it("go through memory between lanes that are no neighbours, and among neighbours without", () => {
    expect(halvesOf(64, 1, 1)).toEqual({ apart: [32, 16, 8, 4, 2, 1], near: [] });
    expect(halvesOf(64, 1, 32)).toEqual({ apart: [32], near: [16, 8, 4, 2, 1] });
    expect(halvesOf(16, 1, 32)).toEqual({ apart: [], near: [8, 4, 2, 1] });
    expect(halvesOf(4, 16, 32)).toEqual({ apart: [2], near: [1] });
    expect(halvesOf(1, 1, 32)).toEqual({ apart: [], near: [] });
  });
});
