/**
 * The readings of a training step: what every number is called, whose update gives it, and whether it must be finite.
 * To add one: a row here, and its value in that player's update (engine; the compiler asks for it). No numbers, no drawing.
 */
import type { GlossaryId } from "./glossary";

export interface ReadingInfo {
  /** Whose update computes it. */
  readonly player: string;
  /** For sentences: "At step 3, D's loss was no longer a number." */
  readonly words: string;
  /** A step of its player in which it is not finite stops the run. */
  readonly finite: boolean;
  /** Its player's loss, or the norm of its player's gradient: what stands beside a player in the diagram. */
  readonly is?: "loss" | "gradient";
  /** The word of the glossary that explains it, where it is shown by itself. */
  readonly term?: GlossaryId;
  /** What it is measured in, for the chart of a reading that has none of its own: "in nats". */
  readonly unit?: string;
  /** Drawn nowhere: other readings show the same better. */
  readonly uncharted?: true;
}

/** In the order of the columns of curves. A step that does not update a reading's player has NaN there. */
export const READINGS = {
  // D's adversarial loss, without penalties
  dLoss: { player: "discriminator", words: "D's loss", finite: true, is: "loss", term: "lossD" },
  // its part from reals
  dLossReal: { player: "discriminator", words: "D's loss on reals", finite: false },
  // its part from fakes; dLoss = dLossReal + dLossFake (paired losses report the whole in dLossReal)
  dLossFake: { player: "discriminator", words: "D's loss on fakes", finite: false },
  // dLoss with the penalties
  dTotal: { player: "discriminator", words: "D's loss with its penalties", finite: true, uncharted: true },
  gLoss: { player: "generator", words: "G's loss", finite: true, is: "loss", term: "lossG" },
  // mean sigmoid(D(x)), in D's step before its update
  dReal: { player: "discriminator", words: "D's probability of the reals", finite: false },
  // mean sigmoid(D(G(z))), in D's step before its update
  dFake: { player: "discriminator", words: "D's probability of the fakes", finite: false },
  // mean sigmoid(D(G(z))), in G's step: fresh z, D updated
  dFakeG: { player: "generator", words: "D's probability of G's fakes", finite: false, uncharted: true },
  // mean D(x), the logit
  dLogitReal: { player: "discriminator", words: "D's score of the reals", finite: true },
  // mean D(G(z)), the logit
  dLogitFake: { player: "discriminator", words: "D's score of the fakes", finite: true },
  // share of the reals that D takes for real, before its update; where scores have no threshold, of pairs whose real has the higher one
  dAccuracyReal: { player: "discriminator", words: "D's accuracy on reals", finite: false },
  // share of the fakes that D takes for fakes, or the same share of pairs
  dAccuracyFake: { player: "discriminator", words: "D's accuracy on fakes", finite: false },
  // L2 norm of all of D's gradients of dTotal
  dGradNorm: {
    player: "discriminator",
    words: "the norm of D's gradients",
    finite: true,
    is: "gradient",
    term: "gradientNorm",
  },
  // L2 norm of all of G's gradients
  gGradNorm: {
    player: "generator",
    words: "the norm of G's gradients",
    finite: true,
    is: "gradient",
    term: "gradientNorm",
  },
} as const satisfies Readonly<Record<string, ReadingInfo>>;

export type ReadingId = keyof typeof READINGS;
/** The readings that one player's update gives. */
export type ReadingOf<P extends ReadingInfo["player"]> = {
  [id in ReadingId]: (typeof READINGS)[id]["player"] extends P ? id : never;
}[ReadingId];

export const READING_IDS = Object.keys(READINGS) as readonly ReadingId[];

const of = <P extends ReadingInfo["player"]>(player: P) =>
  READING_IDS.filter((id): id is ReadingOf<P> => READINGS[id].player === player);

/** What each player's update gives, in order. */
export const PLAYER_READINGS = { discriminator: of("discriminator"), generator: of("generator") } as const;
