/** The same gradients on the webgpu backend, through the npm package `webgpu` and whatever driver is there (SwiftShader will do). */
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { activationCases, elementwiseCases, layerCases } from "../helpers/gradient-cases";
import { plainDerivatives, tensorDerivatives } from "../helpers/gradient-check";
import { worstDifference } from "../helpers/numbers";
import { webGpuOrSay } from "../helpers/webgpu";

/** WGSL promises less of exp, tanh and division than IEEE arithmetic does (WGSL specification, "Floating Point Accuracy"). */
const TOLERANCE = 1e-3;

const gpu = await webGpuOrSay();

describe.skipIf(!gpu)("gradients on webgpu", () => {
  beforeAll(async () => {
    const { report } = await startBackend("webgpu");
    console.log(`webgpu on ${report.adapter}`);
  });
  // Dawn keeps Node alive while a device exists.
  afterAll(() => tf.removeBackend("webgpu"));

  it.for([...activationCases, ...elementwiseCases, ...layerCases])("$name", async (c) => {
    const expected = plainDerivatives(c);
    const { dx, dw, ddx, ddw } = await tensorDerivatives(c);
    expect(worstDifference(dx, expected.dx), "∂L/∂x").toBeLessThan(TOLERANCE);
    expect(worstDifference(dw, expected.dw), "∂L/∂w").toBeLessThan(TOLERANCE);
    expect(worstDifference(ddx, expected.ddx), "∂P/∂x").toBeLessThan(TOLERANCE);
    expect(worstDifference(ddw, expected.ddw), "∂P/∂w").toBeLessThan(TOLERANCE);
  });
});
