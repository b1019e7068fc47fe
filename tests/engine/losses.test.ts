/** Losses against values worked out by hand, and at logits where naive forms overflow. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { generatorCurve, LOSS_IDS, LOSSES, type LossId } from "../../src/core/losses";
import { GAN_LOSSES, type GanLoss } from "../../src/engine/losses";

const sp = (x: number) => Math.log(1 + Math.exp(x));
const A = [0.5, -1]; // logits of reals
const B = [1.5, -0.25]; // logits of fakes
const mean = (values: readonly number[], f: (x: number) => number) =>
  values.reduce((sum, x) => sum + f(x), 0) / values.length;

const column = (values: readonly number[]) => tf.tensor2d([...values], [values.length, 1]);

async function evaluate(loss: GanLoss, a: readonly number[], b: readonly number[], smoothing = 1) {
  const [x, y] = [column(a), column(b)];
  const { real, fake } = loss.discriminator(x, y, smoothing);
  const g = loss.generatorNeeds === "fakes" ? loss.generator(y) : loss.generator(x, y);
  const read = async (scalar: tf.Tensor | null) => (scalar === null ? 0 : ((await scalar.data())[0] ?? Number.NaN));
  return { real: await read(real), fake: await read(fake), g: await read(g) };
}

const ce = { real: mean(A, (a) => sp(-a)), fake: mean(B, sp) };

/** real part, fake part, G's loss */
const EXPECTED: Record<LossId, { real: number; fake: number; g: number }> = {
  minimax: { ...ce, g: -mean(B, sp) },
  "non-saturating": { ...ce, g: mean(B, (b) => sp(-b)) },
  "least-squares": { real: (0.25 + 4) / 4, fake: (2.25 + 0.0625) / 4, g: (0.25 + 1.5625) / 4 },
  wasserstein: { real: 0.25, fake: 0.625, g: -0.625 },
  hinge: { real: (0.5 + 2) / 2, fake: (2.5 + 0.75) / 2, g: -0.625 },
  relativistic: { real: (sp(1) + sp(0.75)) / 2, fake: 0, g: (sp(-1) + sp(-0.75)) / 2 },
  "f-forward-kl": {
    real: 0.25,
    fake: mean(B, (b) => Math.exp(b - 1)),
    g: -mean(B, (b) => Math.exp(b - 1)),
  },
  "f-reverse-kl": { real: mean(A, (a) => Math.exp(-a)), fake: -0.375, g: 0.375 },
  "f-pearson": { real: 0.25, fake: mean(B, (b) => b * b * 0.25 + b), g: -mean(B, (b) => b * b * 0.25 + b) },
  "f-js": {
    real: -mean(A, (a) => Math.LN2 - sp(-a)),
    fake: mean(B, (b) => sp(b) - Math.LN2),
    g: -mean(B, (b) => sp(b) - Math.LN2),
  },
  "feature-matching": { ...ce, g: (-0.25 - 0.625) ** 2 }, // the logits themselves as features
};

describe.each(["wasm", "cpu"])("losses on %s", (backend) => {
  beforeAll(async () => {
    await startBackend(backend);
  });

  it.each(LOSS_IDS)("%s", async (id) => {
    const found = await evaluate(GAN_LOSSES[id], A, B);
    for (const part of ["real", "fake", "g"] as const) expect(found[part], part).toBeCloseTo(EXPECTED[id][part], 5);
  });

  it.each(LOSS_IDS)("%s: D that cannot tell is best off at the threshold above which it says real", async (id) => {
    const { threshold } = LOSSES[id];
    if (threshold === null) return expect(["wasserstein", "relativistic"]).toContain(id); // best off anywhere
    const at = async (score: number) => {
      const { real, fake } = await evaluate(GAN_LOSSES[id], [score], [score]);
      return real + fake;
    };
    for (const aside of [-0.5, 0.5]) expect(await at(threshold)).toBeLessThanOrEqual(await at(threshold + aside));
  });

  it.each(LOSS_IDS)("%s is drawn as it is computed", async (id) => {
    for (const a of [-1, 2]) {
      const curve = generatorCurve(id, a);
      if (curve === null) continue;
      for (const b of [-30, -4, -0.5, 0, 3, 9.5, 12]) {
        const { g } = await evaluate(GAN_LOSSES[id], [a], [b]);
        expect(Math.abs(curve(b) - g), `at ${b}`).toBeLessThan(1e-5 * Math.max(1, Math.abs(g)));
      }
    }
  });

  it("smooths the target of reals: s·sp(-a) + (1-s)·sp(a)", async () => {
    const { real, fake } = await evaluate(GAN_LOSSES["non-saturating"], A, B, 0.9);
    expect(real).toBeCloseTo(
      mean(A, (a) => 0.9 * sp(-a) + 0.1 * sp(a)),
      5,
    );
    expect(fake).toBeCloseTo(ce.fake, 5);
  });

  it("reads 2 ln 2 and ln 2 where D cannot tell", async () => {
    const { real, fake, g } = await evaluate(GAN_LOSSES["non-saturating"], [0, 0], [0, 0]);
    expect(real + fake).toBeCloseTo(2 * Math.LN2, 6);
    expect(g).toBeCloseTo(Math.LN2, 6);
  });

  it.each(["minimax", "non-saturating", "relativistic", "f-js", "hinge", "f-forward-kl"] as const)(
    "%s stays finite at logits of ±100",
    async (id) => {
      for (const found of [
        await evaluate(GAN_LOSSES[id], [-100, 100], [100, -100]),
        await evaluate(GAN_LOSSES[id], [100, 100], [-100, -100]),
      ]) {
        expect(Object.values(found).every(Number.isFinite)).toBe(true);
      }
    },
  );

  it("saturates under minimax and pulls under non-saturating when D is sure of the fakes", async () => {
    const slope = async (id: "minimax" | "non-saturating") => {
      const loss = GAN_LOSSES[id];
      if (loss.generatorNeeds !== "fakes") throw new Error("takes fakes only");
      const { generator } = loss;
      const [value] = await tf
        .grad((b) => generator(b))(column([-8]))
        .data();
      return Math.abs(value ?? Number.NaN);
    };
    expect(await slope("minimax")).toBeLessThan(1e-3);
    expect(await slope("non-saturating")).toBeGreaterThan(0.999);
  });
});
