import { afterAll, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/core/config";
import { columnReader } from "../../src/core/step-table";
import { Harness } from "./harness";

const h = new Harness();
afterAll(() => h.dispose());

it("trains D alone: G stays as it is, bit for bit, and D comes to tell its fakes", async () => {
  await h.configure([DEFAULT_CONFIG]);
  await h.request({ type: "train", until: 100 });
  await h.until((e) => e.type === "state" && e.step === 100 && e.phase === "paused");
  const state = async (player: string) =>
    (await h.snapshot()).arms[0]?.snapshot.tensors.filter(({ name }) => name.includes(player)) ?? [];
  const [g, d] = [await state("generator"), await state("discriminator")];
  expect(g.length).toBeGreaterThan(0);
  await h.request({ type: "train", until: 600, player: "discriminator" });
  await h.until((e) => e.type === "state" && e.step === 600 && e.phase === "paused");
  expect(await state("generator")).toEqual(g);
  expect(await state("discriminator")).not.toEqual(d);
  const history = (await h.snapshot()).arms[0]?.history;
  if (history === undefined) throw new Error("there is an arm");
  const loss = columnReader(history, "dLoss");
  const mean = (from: number) =>
    Array.from({ length: 50 }, (_, i) => loss(from + i)).reduce((sum, x) => sum + x / 50, 0);
  expect(mean(550)).toBeLessThan(0.8 * mean(100));
  expect(columnReader(history, "gLoss")(599)).toBeNaN(); // G had no turn
});
