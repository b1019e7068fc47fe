/** A round of the game: reals that G never saw and fresh fakes, shuffled, with D's logits. No components. */
import type { ArmId } from "../../core/arms";
import type { Drawn } from "../../core/latent-space/studies";
import type { Generated } from "../../worker/protocol";
import { drawLatent } from "../latent/latent-store";
import { askStudy } from "./ask-study";
import { joined } from "./joined";

/** Samples of a round. */
export const ROUND = 10;
/** Reals that are asked for: of a model that is told classes some are of the class that is asked for. */
const REALS = 200;

export interface Round {
  /** One sample each. */
  readonly samples: readonly Drawn[];
  readonly real: readonly boolean[];
  /** D's; NaN where nothing judges. */
  readonly logits: readonly number[];
  /** From which logit on D takes a sample for real. */
  readonly threshold: number;
}

/** What D says of the i-th sample. */
export const guessOf = ({ logits, threshold }: Round, i: number): boolean => (logits[i] ?? Number.NaN) > threshold;

/**
 * @param split of the reals: test images, which neither player saw, where there are any
 * @param label the class that fakes are asked for, so that reals are of it too; null where G is told none
 * @param probability whether D's logit is one of a probability; a score is held against the middle of what reals and fakes get
 */
export async function dealRound(
  arm: ArmId,
  split: "train" | "test",
  label: number | null,
  probability: boolean,
  generate: (latents: Float32Array<ArrayBuffer>) => Promise<Generated>,
  signal: AbortSignal,
): Promise<Round> {
  const from = Math.floor(Math.random() * 1e6); // a game: no run depends on it
  const reals = await askStudy(arm, "reals", { split, from, count: REALS }, signal);
  const { arms } = await generate(joined(Array.from({ length: ROUND }, drawLatent)) ?? new Float32Array(0));
  const fakes = arms.find((one) => one.arm === arm);
  signal.throwIfAborted();
  if (fakes === undefined) throw new Error("That arm is no longer there.");
  const fitting = [...reals.labels.keys()].filter((i) => label === null || reals.labels[i] === label);
  const one = (samples: Drawn, count: number, i: number): Drawn =>
    samples.slice((i * samples.length) / count, ((i + 1) * samples.length) / count);
  const coins = Array.from({ length: ROUND }, () => Math.random() < 0.5);
  const chosen = coins.map((real, i) => {
    const place = fitting[i % Math.max(1, fitting.length)] ?? 0;
    return real
      ? { sample: one(reals.samples, REALS, place), logit: reals.logits[place] ?? Number.NaN }
      : { sample: one(fakes.samples, ROUND, i), logit: fakes.logits[i] ?? Number.NaN };
  });
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    samples: chosen.map(({ sample }) => sample),
    real: coins,
    logits: chosen.map(({ logit }) => logit),
    threshold: probability ? 0 : (mean(reals.logits) + mean(fakes.logits)) / 2,
  };
}
