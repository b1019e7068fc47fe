/** What a regulariser of D is to its step. No networks. */
import type { Scalar, Tensor } from "@tensorflow/tfjs";

/** What D's step has at hand, as D sees it (noisy and packed where so configured); all [n, ...]. */
export interface PenaltyInputs {
  readonly real: Tensor;
  readonly fake: Tensor;
  /** [n], uniform in (0, 1): WGAN-GP's place between real and fake. */
  readonly mix: Tensor;
  /** [n, ...], standard normal: DRAGAN's way out of the data. */
  readonly perturbation: Tensor;
}

/** A term of D's loss that depends on the slope ∇D at certain points. */
export interface GradientPenalty {
  readonly kind: "gradient";
  /** Which random inputs `points` reads; others need not be drawn. */
  readonly needs: readonly ("mix" | "perturbation")[];
  /** Where the slope is taken, [n, ...]; constants of D's gradient. */
  points(inputs: PenaltyInputs): Tensor;
  /** The term, from ‖∇D‖² at each point [n]. */
  term(squaredNorms: Tensor, strength: number): Scalar;
}

/** Something done to every weight of D after its update. */
export interface Constraint {
  readonly kind: "constraint";
  apply(weight: Tensor, strength: number): Tensor;
}

export type Penalty = GradientPenalty | Constraint;
