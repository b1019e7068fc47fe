/**
 * Some of the fixtures on the webgpu backend: dense, second-order, convolutional, and whole experiments. All of them, for which software rendering
 * takes minutes: `npm run oracle -- tests/fixtures/FILE.json... --backend webgpu`.
 */
import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { parseFixture, runAny } from "../../src/cli/oracle/run";
import { webGpuOrSay } from "../helpers/webgpu";

const gpu = await webGpuOrSay();

describe.skipIf(!gpu)("fixtures on webgpu", () => {
  beforeAll(async () => {
    await startBackend("webgpu");
  });
  // Dawn keeps Node alive while a device exists.
  afterAll(() => tf.removeBackend("webgpu"));

  it.for([
    "minimax-adam",
    "wgan-gp-tanh",
    "dcgan",
    "whole/H-sn-conv-GD",
    "whole/I-live2",
    "whole/J-beta2-max",
    "models/vae-bernoulli-conv",
    "models/cgan-projection",
    "models/acgan-r1",
  ])("%s is as PyTorch computed it", async (name) => {
    const comparison = await runAny(parseFixture(readFileSync(`tests/fixtures/${name}.json`, "utf8")));
    expect(comparison).toMatchObject({ passed: true });
  });
});
