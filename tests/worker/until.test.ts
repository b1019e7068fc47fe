import { afterAll, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/core/config";
import { Harness } from "./harness";

const h = new Harness();
afterAll(() => h.dispose());

it("pauses by itself at the very step, for every arm, and goes on without an end when told so", async () => {
  const config = { ...DEFAULT_CONFIG, batchSize: 16 };
  await h.configure([config, { ...config, seed: 2 }]);
  await h.request({ type: "train", until: 37 });
  await h.until((e) => e.type === "state" && e.step === 37 && e.phase === "paused");
  expect((await h.snapshot()).arms.map(({ snapshot }) => snapshot.step)).toEqual([37, 37]);
  await h.trainTo(60);
  expect((await h.snapshot()).arms[0]?.snapshot.step).toBeGreaterThanOrEqual(60);
});
