/** What becomes of a game near its equilibrium, read off eigenvalues: round for ever, in, or out. */
import { EQUILIBRIUM, type Field, fieldOf, type Point } from "./field";
import { type Complex, eigenvalues, jacobian, modulus, quadraticRoots } from "./jacobian";
import { type Play, startAt, stepOf } from "./steps";

export interface Fate {
  /** Of the field's Jacobian at the equilibrium: the game in infinitely small steps. Real parts below 0 lead in. */
  readonly flow: readonly Complex[];
  /** Of the step's Jacobian at the equilibrium: the game as it is played. Inside the unit circle leads in. */
  readonly step: readonly Complex[];
  /** The largest modulus of the step's: what every step multiplies the distance by, in the long run. */
  readonly radius: number;
  readonly where: "in" | "out" | "round";
  /** Whether the field itself leads in or out at a distance of 1, on the average around the middle: what eigenvalues do not tell. */
  readonly farther: "in" | "out" | "round";
  /** The field has a jump at the equilibrium (a penalty that asks for slope 1 there), so no Jacobian speaks for it. */
  readonly kinked: boolean;
}

/** Nearer to 1 than this nobody could tell in a million steps, and rounding could. */
const ROUND = 1e-8;

export function fateOf(play: Play): Fate {
  const field = fieldOf(play);
  const flow = eigenvalues(jacobian(field, EQUILIBRIUM));
  const step = play.method === "optimistic" ? optimistic(flow, play.rate) : ownEigenvalues(play);
  const radius = Math.max(...step.map(modulus));
  const kinked = play.penalty === "wganGp" || play.penalty === "dragan";
  const where = Math.abs(radius - 1) < ROUND ? "round" : radius < 1 ? "in" : "out";
  return { flow, step, radius, where, farther: fartherOut(field), kinked };
}

/** Places on the circle of radius 1 that are asked. */
const PLACES = 64;

function fartherOut(field: Field): Fate["farther"] {
  let outwards = 0;
  for (let i = 0; i < PLACES; i++) {
    const angle = (2 * Math.PI * (i + 0.5)) / PLACES;
    const point: Point = [Math.cos(angle), Math.sin(angle)];
    const [theta, psi] = field(point);
    outwards += (theta * point[0] + psi * point[1]) / PLACES;
  }
  if (Math.abs(outwards) < ROUND) return "round";
  return outwards < 0 ? "in" : "out";
}

function ownEigenvalues(play: Play): readonly Complex[] {
  const step = stepOf(play);
  return eigenvalues(jacobian((point: Point) => step(startAt(point)).point, EQUILIBRIUM));
}

/**
 * Optimistic steps remember the direction before, so that each eigenvalue μ of the field gives two of the step: the roots of
 * λ² − (1 + 2hμ)λ + hμ (put w_t = λᵗ·u into w_{t+1} = w_t + h·(2μw_t − μw_{t−1})).
 */
function optimistic(flow: readonly Complex[], rate: number): readonly Complex[] {
  return flow.flatMap(({ re, im }) =>
    quadraticRoots({ re: -1 - 2 * rate * re, im: -2 * rate * im }, { re: rate * re, im: rate * im }),
  );
}
