/** Ways to take a step in a game of two numbers, each with its source. The field is field.ts. */
import { boundOf, type Field, fieldOf, type Game, type Point } from "./field";
import { jacobian } from "./jacobian";

export const METHODS = {
  simultaneous: {
    name: "Simultaneous",
    lesson: "Both players step at once, from where both were: w ← w + h·v(w).",
    source: "Mescheder et al. 2018, section 2.1",
  },
  alternating: {
    name: "Alternating",
    lesson: "D steps first, n times, and G answers D's new number. This is what the page's training does.",
    source: "Mescheder et al. 2018, section 2.1",
  },
  consensus: {
    name: "Consensus",
    lesson: "Both also go down the length of v, so that going round costs something: w ← w + h·(v − γ∇½‖v‖²).",
    source: "Mescheder et al. 2017, equation 9",
  },
  optimistic: {
    name: "Optimistic",
    lesson:
      "Each step counts the present direction twice and takes the last one back: w ← w + h·(2v(w) − v(w before)).",
    source: "Daskalakis et al. 2018, equation 4",
  },
  extragradient: {
    name: "Extragradient",
    lesson: "Looks one step ahead and goes in the direction that it finds there: w ← w + h·v(w + h·v(w)).",
    source: "Korpelevich 1976; Gidel et al. 2019, section 3.1",
  },
} as const;
export type MethodId = keyof typeof METHODS;
export const METHOD_IDS = Object.keys(METHODS) as readonly MethodId[];

export interface Play extends Game {
  readonly method: MethodId;
  /** h, the learning rate of both. */
  readonly rate: number;
  /** Updates of D for each of G; only where players alternate. */
  readonly turns: number;
  /** γ of consensus. */
  readonly consensus: number;
}

/** Where a play is: both numbers, and the direction at the step before, which optimistic steps need. */
export interface Position {
  readonly point: Point;
  /** Null before the first step. */
  readonly former: Point | null;
}

export const startAt = (point: Point): Position => ({ point, former: null });

/** A step of both players. */
export type Step = (position: Position) => Position;

export function stepOf(play: Play): Step {
  const field = fieldOf(play);
  const bound = boundOf(play);
  const { rate } = play;
  const to = ([theta, psi]: Point, [dTheta, dPsi]: Point, length = rate): Point => [
    theta + length * dTheta,
    bound(psi + length * dPsi),
  ];
  switch (play.method) {
    case "simultaneous":
      return ({ point }) => startAt(to(point, field(point)));
    case "alternating":
      return ({ point }) => startAt(alternate(field, to, point, play.turns));
    case "consensus":
      return ({ point }) => startAt(to(point, withConsensus(field, point, play.consensus)));
    case "optimistic":
      return ({ point, former }) => {
        const now = field(point);
        const last = former ?? now;
        return { point: to(point, [2 * now[0] - last[0], 2 * now[1] - last[1]]), former: now };
      };
    case "extragradient":
      return ({ point }) => startAt(to(point, field(to(point, field(point)))));
    default:
      return play.method satisfies never;
  }
}

function alternate(field: Field, to: (point: Point, v: Point) => Point, point: Point, turns: number): Point {
  let now = point;
  for (let i = 0; i < turns; i++) now = to(now, [0, field(now)[1]]);
  return to(now, [field(now)[0], 0]);
}

/** v − γ·Jᵀv: the gradient of ½‖v‖² is the transposed Jacobian times v. */
function withConsensus(field: Field, point: Point, gamma: number): Point {
  const [theta, psi] = field(point);
  const [[a, b], [c, d]] = jacobian(field, point);
  return [theta - gamma * (a * theta + c * psi), psi - gamma * (b * theta + d * psi)];
}
