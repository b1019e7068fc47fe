/**
 * How steep the losses of D and G are in one fake's logit b = D(G(z)): all that a game of two numbers needs of a loss. The maths on tensors
 * is engine/losses; a test holds the two together.
 */
import { sigmoid } from "../density";
import { LOSSES, type LossId } from "../losses";

/** Losses that are functions of D's logits. Feature matching looks at a hidden layer, and D = ψx + c has none. */
export type GameLoss = Exclude<LossId, "feature-matching">;

export interface Slopes {
  /** ∂L_D/∂b and ∂L_G/∂b at the logits a of the real and b of the fake. */
  readonly discriminator: (b: number, a: number) => number;
  readonly generator: (b: number, a: number) => number;
}

/** Both players want the opposite of the same. */
const zeroSum = (slope: (b: number) => number): Slopes => ({ discriminator: slope, generator: (b) => -slope(b) });

export const SLOPES: Readonly<Record<GameLoss, Slopes>> = {
  minimax: zeroSum(sigmoid),
  "non-saturating": { discriminator: sigmoid, generator: (b) => -sigmoid(-b) },
  "least-squares": { discriminator: (b) => b, generator: (b) => b - 1 },
  wasserstein: zeroSum(() => 1),
  hinge: { discriminator: (b) => (b > -1 ? 1 : 0), generator: () => -1 },
  relativistic: { discriminator: (b, a) => sigmoid(b - a), generator: (b, a) => -sigmoid(a - b) },
  "f-forward-kl": zeroSum((b) => (b < 10 ? Math.exp(b - 1) : 0)),
  "f-reverse-kl": zeroSum(() => 1),
  "f-pearson": zeroSum((b) => b / 2 + 1),
  "f-js": zeroSum(sigmoid),
};

export const GAME_LOSSES = Object.keys(SLOPES) as readonly GameLoss[];

/** The logit that says neither real nor fake, which D gives where it cannot tell. */
export const undecidedLogit = (loss: GameLoss): number => LOSSES[loss].threshold ?? 0;
