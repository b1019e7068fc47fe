/** What is different in a game whose players know classes: who is told a sample's class, and what D's second head says of it. */
import * as tf from "@tensorflow/tfjs";
import { classAccuracy, classLoss } from "../losses/classes";
import type { Passed, PassOptions } from "./types";

/** Who is told the class, and whether D has to name it. */
export interface Told {
  readonly generator: boolean;
  readonly discriminator: boolean;
  /** D ends in a logit and a score for each class (Odena et al. 2017). */
  readonly names: boolean;
}

/** The game of 2014: nobody is told anything. */
export const UNTOLD: Told = { generator: false, discriminator: false, names: false };

/** Whether the game needs classes at all. */
export const hasClasses = ({ generator, discriminator, names }: Told): boolean => generator || discriminator || names;

/** How a pass is conditioned. @param labels one-hot [batch, classes], null in a game without */
export const toldTo = (told: boolean, labels: tf.Tensor | null): Pick<PassOptions, "condition"> =>
  told && labels !== null ? { condition: labels } : {};

export interface Verdict extends Passed {
  /** Scores of classes [n, classes]; null where D names none. `output` is then the logit alone. */
  readonly classes: tf.Tensor | null;
}

/** D's output in its parts. */
export function heads({ output, features }: Passed, { names }: Told): Verdict {
  if (!names) return { output, features, classes: null };
  const [logit = output, classes = output] = tf.split(output, [1, (output.shape[1] ?? 2) - 1], 1);
  return { output: logit, features, classes };
}

/** As many copies of labels as there are batches in x; null in a game without. */
export function labelsFor(x: tf.Tensor, labels: tf.Tensor | null): tf.Tensor | null {
  if (labels === null) return null;
  const copies = Math.max(1, Math.round((x.shape[0] ?? 0) / (labels.shape[0] ?? 1)));
  return copies === 1
    ? labels
    : tf.concat(
        Array.from({ length: copies }, () => labels),
        0,
      );
}

/** Loss and accuracy of naming classes; null in a game where D names none. */
export function naming(
  classes: tf.Tensor | null,
  labels: tf.Tensor | null,
): { readonly loss: tf.Scalar; readonly accuracy: tf.Scalar } | null {
  if (classes === null || labels === null) return null;
  return { loss: classLoss(classes, labels), accuracy: classAccuracy(classes, labels) };
}
