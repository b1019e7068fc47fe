/** Penalties on a D whose slope is known, and weight clipping. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import type { PenaltyId } from "../../src/core/penalties";
import { differentiate } from "../../src/engine/differentiate";
import { buildNetwork } from "../../src/engine/networks/network";
import { activePenalties } from "../../src/engine/penalties";
import { penaltyTerm } from "../../src/engine/penalties/term";

const NONE: Record<PenaltyId, number> = { clip: 0, wganGp: 0, dragan: 0, r1: 0, r2: 0 };
const network = buildNetwork([{ type: "dense", units: 1 }], [2]);
/** D(x) = 3x + 4y + 1: slope 5 everywhere. */
const weights = () => [tf.tensor2d([3, 4], [2, 1]), tf.tensor1d([1])];
const table = (own: readonly tf.Tensor[]) => ({ networks: { judge: { network } }, weights: () => own });
const inputs = () => ({
  real: tf.tensor2d([0, 0, 1, 1], [2, 2]),
  fake: tf.tensor2d([5, 5, 7, 9], [2, 2]),
  mix: tf.tensor1d([0.25, 0.75]),
  perturbation: tf.ones([2, 2]),
});

const term = (strengths: Partial<Record<PenaltyId, number>>) =>
  penaltyTerm(table(weights()), "judge", activePenalties({ ...NONE, ...strengths }).gradient, inputs());
const value = async (x: tf.Tensor | null) => (x === null ? null : ((await x.data())[0] ?? Number.NaN));

describe.each(["wasm", "cpu"])("penalties on %s", (backend) => {
  beforeAll(async () => {
    await startBackend(backend);
  });

  it.each([
    ["wganGp", 10 * 16],
    ["dragan", 10 * 16],
    ["r1", 5 * 25],
    ["r2", 5 * 25],
  ] as const)("%s of a slope of 5 with strength 10", async (id, expected) => {
    expect(await value(term({ [id]: 10 }))).toBeCloseTo(expected, 3);
  });

  it("add up", async () => {
    expect(await value(term({ r1: 1, r2: 2, dragan: 3 }))).toBeCloseTo(12.5 + 25 + 48, 3);
  });

  it("are nothing at strength 0", () => {
    expect(term({})).toBeNull();
  });

  it("have the gradient of the formula: ∂(γ/2·(w₁²+w₂²))/∂w = γ·w", async () => {
    const [kernel, bias] = weights();
    if (kernel === undefined || bias === undefined) throw new Error("two weights were made");
    const { gradient } = activePenalties({ ...NONE, r1: 2 });
    const { gradients } = differentiate([kernel, bias], () => {
      return penaltyTerm(table([kernel, bias]), "judge", gradient, inputs()) ?? tf.scalar(0);
    });
    const [ofKernel, ofBias] = await Promise.all(gradients.map((g) => g.data()));
    expect([...(ofKernel ?? [])]).toEqual([6, 8]);
    expect([...(ofBias ?? [])]).toEqual([0]);
  });

  it("WGAN-GP looks at mix·x + (1-mix)·G(z)", async () => {
    const [active] = activePenalties({ ...NONE, wganGp: 1 }).gradient;
    expect([...((await active?.penalty.points(inputs()).data()) ?? [])]).toEqual([3.75, 3.75, 2.5, 3]);
  });

  it("DRAGAN looks half a standard deviation away from the reals", async () => {
    const [active] = activePenalties({ ...NONE, dragan: 1 }).gradient;
    expect([...((await active?.penalty.points(inputs()).data()) ?? [])]).toEqual([0.25, 0.25, 1.25, 1.25]);
  });

  it("clips weights on both sides", async () => {
    const [active] = activePenalties({ ...NONE, clip: 0.5 }).constraints;
    expect([...((await active?.penalty.apply(tf.tensor1d([-2, -0.25, 0.25, 2]), 0.5).data()) ?? [])]).toEqual([
      -0.5, -0.25, 0.25, 0.5,
    ]);
  });
});
