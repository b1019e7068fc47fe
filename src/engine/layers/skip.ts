/** A skip connection: the input's channels, then those that the layers inside make of it. Nested, they are a U-Net (Ronneberger et al. 2015). */
import * as tf from "@tensorflow/tfjs";
import type { Layer } from "./types";

export const skip: Layer<"skip"> = (x, call) => tf.concat([x, call.inside(x)], x.rank - 1);
