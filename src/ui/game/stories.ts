/** The cases that the view begins with, each with what to see in it. Settings and words; no maths. */

import type { Play } from "../../core/game/steps";
import type { PenaltyId } from "../../core/penalties";

export interface Story {
  readonly name: string;
  readonly play: Play;
  /** What to see, a sentence or two. */
  readonly says: string;
}

/** The game of 2014, whose players want the opposite of the same. */
export const PLAIN: Play = {
  game: "dirac",
  loss: "minimax",
  penalty: "none",
  strength: 0,
  method: "alternating",
  rate: 0.2,
  turns: 1,
  consensus: 1,
};

export const STORIES: readonly Story[] = [
  {
    name: "Plain: round and round",
    play: PLAIN,
    says: "G chases the slope of D, D turns its slope against G. Each answers the other, and neither comes nearer to rest.",
  },
  {
    name: "At once: outwards",
    play: { ...PLAIN, method: "simultaneous" },
    says: "When both step at once, each answers where the other was a step ago. The circle becomes a spiral that opens.",
  },
  {
    name: "Non-saturating",
    play: { ...PLAIN, loss: "non-saturating" },
    says: "The usual loss has the same eigenvalues. Far out its arrows lean inwards a little, the less the nearer it comes.",
  },
  {
    name: "R1: to rest",
    play: { ...PLAIN, penalty: "r1", strength: 0.5 },
    says: "R1 pulls D's slope towards 0 wherever it is: a brake on D alone, and it stops both.",
  },
  {
    name: "WGAN-GP: at a distance",
    play: { ...PLAIN, loss: "wasserstein", penalty: "wganGp", strength: 0.3, rate: 0.1 },
    says: "The penalty wants slope 1 even where fake and data lie on each other, so D keeps pushing and the two never rest.",
  },
  {
    name: "Clipping: in a box",
    play: { ...PLAIN, loss: "wasserstein", penalty: "clip", strength: 0.5, rate: 0.1 },
    says: "Clipping keeps D's slope within a box. Inside the box nothing has changed: the two go round.",
  },
  {
    name: "Consensus",
    play: { ...PLAIN, method: "consensus", rate: 0.2, consensus: 1 },
    says: "Both also try to make the arrows short. Around a circle all arrows are alike, so what is shortest is the middle.",
  },
  {
    name: "Optimistic",
    play: { ...PLAIN, loss: "wasserstein", method: "optimistic" },
    says: "Each bets that the next arrow turns on as the last one did, and so meets the other where it will be.",
  },
  {
    name: "Extragradient",
    play: { ...PLAIN, loss: "wasserstein", method: "extragradient" },
    says: "Each looks a step ahead before it goes: the arrow found there points a little inwards.",
  },
];

/** A strength to begin with, for D = ψx + c: its slope is the only thing there is to hold. */
export const STRENGTHS: Readonly<Record<PenaltyId | "none", number>> = {
  none: 0,
  clip: 0.5,
  wganGp: 0.3,
  dragan: 0.3,
  r1: 0.5,
  r2: 0.5,
};
