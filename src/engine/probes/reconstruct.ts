/** What a model with an encoder makes of given samples: coded and made again. Draws nothing; a code is the mean of its cloud. */
import { modelOf } from "../../core/models";
import { mathsOf } from "../models";
import type { Trainer } from "../trainer";
import { evaluateSampler, movingMoments } from "./evaluation";

/** The samples [count, ...dataShape] made again from their codes [count, latent]; null for a model that codes none. */
export async function reconstruct(
  trainer: Trainer,
  samples: Float32Array,
  count: number,
  averaged: boolean,
): Promise<{ readonly samples: Float32Array; readonly codes: Float32Array } | null> {
  const { coder } = modelOf(trainer.config);
  const codesOf = mathsOf(trainer.config).codes;
  if (coder === undefined || codesOf === undefined) return null;
  const [made = new Float32Array(0), codes = new Float32Array(0)] = await trainer.look(
    (seen, [x]) => {
      if (x === undefined) throw new Error("A probe was computed without its input; this is a bug.");
      const state = seen.network(coder);
      const code = codesOf(state.network.forward(state.effective(), x, { moments: movingMoments(state) }).output);
      return [evaluateSampler(seen, code, averaged), code];
    },
    { key: `reconstruct ${averaged} ${count}`, given: [{ values: samples, shape: [count, ...trainer.shape] }] },
  );
  return { samples: made, codes };
}
