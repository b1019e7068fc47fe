/** What an adversarial loss is: scalars from logits. No networks, no penalties. */
import type { Scalar, Tensor } from "@tensorflow/tfjs";

/** D's loss in its two parts; it minimises their sum. A paired loss has no part of its own for fakes. */
export interface DiscriminatorLoss {
  readonly real: Scalar;
  readonly fake: Scalar | null;
}

/**
 * a = D(x) and b = D(G(z)) are logits [n, 1]. Means over the minibatch, in a form that is stable for large logits.
 * `realTarget` is one-sided label smoothing's s (1 is off); losses without target probabilities leave it unused.
 */
interface Discriminating {
  discriminator(a: Tensor, b: Tensor, realTarget: number): DiscriminatorLoss;
}

export type GanLoss = Discriminating &
  (
    | { readonly generatorNeeds: "fakes"; generator(b: Tensor): Scalar }
    /** The same reals as in D's step, scored again by the updated D. */
    | { readonly generatorNeeds: "pairs"; generator(a: Tensor, b: Tensor): Scalar }
    /** Features of D's last hidden layer on reals and on fakes, [n, ...]. */
    | { readonly generatorNeeds: "features"; generator(real: Tensor, fake: Tensor): Scalar }
  );
