/**
 * Games of two numbers, one a player: which way each wants to go from where both are. No steps (steps.ts), no eigenvalues.
 *
 * The Dirac-GAN of Mescheder et al. 2018, section 2.3: all data lie at 0, G's only sample is θ, and D(x) = ψ·x + c with the constant c at
 * which its loss says neither real nor fake. The paper lets D be high on fakes; here, as everywhere on this page, D is high on reals,
 * which turns ψ's sign and no eigenvalue. Bilinear: the value of the game is θ·ψ, which one player lowers and the other raises.
 */
import type { PenaltyId } from "../penalties";
import { type GameLoss, SLOPES, undecidedLogit } from "./slopes";

/** θ, G's number, and ψ, D's. */
export type Point = readonly [theta: number, psi: number];

export const GAMES = ["dirac", "bilinear"] as const;
export type GameId = (typeof GAMES)[number];

export interface Game {
  readonly game: GameId;
  /** Of the Dirac-GAN; the bilinear game has its own. */
  readonly loss: GameLoss;
  readonly penalty: PenaltyId | "none";
  /** γ, λ or c, as the penalty calls it. */
  readonly strength: number;
}

/** Where both players rest, if any can: the fake lies on the data and D says the same of all. */
export const EQUILIBRIUM: Point = [0, 0];

/** Minus the gradients of both players' losses: (−∂L_G/∂θ, −∂L_D/∂ψ). */
export type Field = (point: Point) => Point;

export function fieldOf(game: Game): Field {
  const pull = penaltySlope(game);
  if (game.game === "bilinear") return ([theta, psi]) => [-psi, theta - pull(psi)];
  const { discriminator, generator } = SLOPES[game.loss];
  const real = undecidedLogit(game.loss);
  return ([theta, psi]) => {
    const fake = psi * theta + real;
    return [-generator(fake, real) * psi, -discriminator(fake, real) * theta - pull(psi)];
  };
}

/**
 * The slope in ψ of a penalty on ∇ₓD, which is ψ at every x: R1 and R2 are γ/2·ψ², WGAN-GP and DRAGAN λ(|ψ| − 1)². Clipping is no slope
 * but a bound (steps.ts).
 */
function penaltySlope({ penalty, strength }: Game): (psi: number) => number {
  if (penalty === "r1" || penalty === "r2") return (psi) => strength * psi;
  if (penalty === "wganGp" || penalty === "dragan") return (psi) => 2 * strength * (Math.abs(psi) - 1) * Math.sign(psi);
  return () => 0;
}

/** What keeps ψ within bounds after an update of D. */
export function boundOf({ penalty, strength }: Game): (psi: number) => number {
  return penalty === "clip" ? (psi) => Math.min(strength, Math.max(-strength, psi)) : (psi) => psi;
}
