/** The session's choice of device: measured in a quiet moment, remembered, overridden, with the run going on through every change. */
import { afterEach, describe, expect, it } from "vitest";
import { openWebGpu } from "../../src/cli/webgpu-node";
import { DEFAULT_CONFIG, type ExperimentConfig, withChanges } from "../../src/core/config";
import { stepCostKey } from "../../src/core/step-cost";
import { Device } from "../../src/worker/device";
import { Harness } from "./harness";

const gpu = await openWebGpu();

/** Small enough for a graphics driver that draws on the CPU. */
const config: ExperimentConfig = withChanges(DEFAULT_CONFIG, {
  batchSize: 8,
  networks: {
    generator: { layers: [{ type: "dense", units: 2 }] },
    discriminator: { layers: [{ type: "dense", units: 1 }] },
  },
});

let session: Harness;
afterEach(() => session.dispose());

describe("the session's device", () => {
  it("does not measure where there is nothing to choose", async () => {
    session = new Harness();
    const report = await session.configure([config], undefined, "auto");
    expect(report.backend).toBe("wasm");
    await session.trainTo(20);
    expect(session.all("measured")).toEqual([]);
  });

  it("tells how steps run and how long the device at work takes for one", async () => {
    session = new Harness();
    await session.configure([config]);
    await session.trainTo(500);
    const state = session.all("state").at(-1);
    expect(state?.arms[0]?.execution).toMatchObject({ mode: "replay" });
    const own = state?.device?.candidates.find(({ backend }) => backend === "wasm");
    expect(own?.msPerStep).toBeGreaterThan(0);
  });

  it("tells a step's time anew only where it is clearly another: the page draws its device again with each", async () => {
    session = new Harness();
    const device = new Device(session.environment, () => {});
    await device.choose("wasm", stepCostKey(config));
    const told = () => device.report?.candidates.find(({ backend }) => backend === "wasm")?.msPerStep;
    device.notice(1.04);
    const first = device.report;
    expect(told()).toBe(1);
    device.notice(1.15);
    expect(device.report).toBe(first);
    device.notice(1.31);
    expect(told()).toBe(1.3);
  });

  it.skipIf(!gpu)("measures in a quiet moment, moves to the fastest, and keeps the run", async () => {
    session = new Harness(undefined, gpu);
    const first = await session.configure([config], undefined, "auto");
    expect(first.backend).toBe("webgpu"); // the best by its looks
    await session.steps(3);
    const measured = await session.until((event) => event.type === "measured");
    if (measured.type !== "measured") throw new Error("unreachable");
    const { experiment, msPerStep } = measured.measurement;
    expect(experiment).toBe(stepCostKey(config));
    expect(Object.keys(msPerStep).sort()).toEqual(["wasm", "webgpu"]);
    expect(msPerStep.wasm).toBeLessThan(msPerStep.webgpu ?? 0); // a graphics card drawn by the CPU
    await session.until((event) => event.type === "state" && event.device?.backend === "wasm");
    const state = session.all("state").at(-1);
    expect(state?.step).toBe(3);
    expect(state?.device?.reason).toContain("The fastest here for this experiment");
    await session.steps(1);
    expect((await session.snapshot()).arms[0]?.snapshot.step).toBe(4);
  });

  it.skipIf(!gpu)("goes by what was remembered of this machine, and not by what was measured on another", async () => {
    session = new Harness(undefined, gpu);
    await session.configure([config], undefined, "auto");
    const event = await session.until(({ type }) => type === "measured");
    if (event.type !== "measured") throw new Error("unreachable");
    const { measurement } = event;
    await session.dispose();

    session = new Harness(undefined, gpu);
    const configure = (measurements: readonly (typeof measurement)[]) =>
      session.request({ type: "configure", arms: [{ id: "a", config }], device: "auto", measurements });
    expect((await configure([measurement])).backend).toBe("wasm");
    await session.steps(2);
    expect(session.all("measured")).toEqual([]);
    await session.dispose();

    session = new Harness(undefined, gpu);
    expect((await configure([{ ...measurement, machine: "another graphics card" }])).backend).toBe("webgpu");
  });

  it.skipIf(!gpu)("measures everything when asked, also while training, and obeys the person's choice", async () => {
    session = new Harness(undefined, gpu);
    await session.configure([config], undefined, "wasm");
    await session.request({ type: "train" });
    const report = await session.request({ type: "measure" });
    expect(report.backend).toBe("wasm");
    const measured = report.candidates.filter(({ msPerStep }) => msPerStep !== null).map(({ backend }) => backend);
    expect(measured).toEqual(["webgpu", "wasm", "cpu"]);
    const { step } = await session.next("state");
    await session.next("state", (state) => state.phase === "training" && state.step > step);
  });

  it("goes on with the old networks when the new ones cannot be built", async () => {
    session = new Harness();
    await session.configure([config]);
    await session.steps(2);
    const broken: ExperimentConfig = withChanges(config, {
      networks: { discriminator: { layers: [{ type: "flatten" }] } },
    });
    await expect(session.configure([broken])).rejects.toThrow();
    await session.steps(1);
    expect((await session.snapshot()).arms[0]?.snapshot.step).toBe(3);
  });
});
