/** Dropout (Srivastava et al. 2014), inverted: the pass's mask is 0 or 1 / (1 - rate). Draws nothing itself. */
import * as tf from "@tensorflow/tfjs";
import type { Layer } from "./types";

export const dropout: Layer<"dropout"> = (x, call) => {
  const mask = call.pass.masks?.get(call.index);
  return mask === undefined ? x : tf.mul(x, mask);
};
