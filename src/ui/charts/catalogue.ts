/** The menu of charts: what each shows, in which unit, against which lines. To add one: a row here. No drawing. */
import { formatNumber } from "../../core/format";
import type { GlossaryId } from "../../core/glossary";
import { isPaired, LOSSES } from "../../core/losses";
import type { ReadingId } from "../../core/models";
import { balanceOf, type Game, isValueGame } from "../../core/optimum";
import type { LoggedId } from "../../core/quality/log";
import type { Role } from "../theme/colors";
import type { SeriesSource } from "./rows";

export interface ChartSeries extends SeriesSource {
  readonly label: string;
  /** The word that explains it. */
  readonly term: GlossaryId;
  readonly role: Role;
  /** Dotted: not what is, but what theory says is best. */
  readonly ideal?: true;
}

export interface ChartInfo {
  readonly id: string;
  readonly title: string;
  /** The words that explain title and unit; none for a unit that explains itself. */
  readonly term: GlossaryId;
  readonly unit: string;
  readonly unitTerm?: GlossaryId;
  /** One line: what is drawn and how to read it. */
  readonly definition: string;
  readonly scale: "linear" | "log";
  /** Ends that the axis always shows, or null to follow the data. */
  readonly domain: readonly [number, number] | null;
  readonly series: readonly ChartSeries[];
  readonly references: readonly { readonly value: number; readonly label: string }[];
  format(value: number): string;
  /** Room for a value as it is written, in digits. Default: for any number. */
  readonly width?: number;
}

const number = (name: ReadingId, label: string, role: Role, term: GlossaryId): ChartSeries => ({
  key: name,
  of: "steps",
  label,
  term,
  role,
  value: (read) => read(name),
});

/** What holds for every arm of a comparison; their losses decide what charts there are, these what they are held against. */
export interface Charted {
  readonly game: Game;
  /** Whether sigmoid(logit) is a probability in every arm. */
  readonly probability: boolean;
  /** Whether D names classes too. */
  readonly named?: boolean;
  /** Whether theory says something of an arm's game: the data's density is known. */
  readonly theory?: boolean;
}

/** What D is shown in place of single samples, for definitions; empty where it is shown these. */
function shown({ instanceNoise, packing }: Game): string {
  if (packing > 1) return ` D judges ${packing} samples at once: x and G(z) stand for packs.`;
  return instanceNoise > 0 ? " D sees both with instance noise: x and G(z) stand for noised samples." : "";
}

function losses(game: Game): ChartInfo {
  const balance = balanceOf(game);
  const [d, g] = [formatNumber(balance?.dLoss ?? 0, 4), formatNumber(balance?.gLoss ?? 0)];
  const plain = game.labelSmoothing === 1;
  const names = plain ? { d: `2 ln 2 ≈ ${d}`, g: `ln 2 ≈ ${g}` } : { d, g };
  return {
    id: "losses",
    title: "Losses",
    term: "loss",
    unit: balance ? "in nats" : "in loss units",
    ...(balance ? { unitTerm: "nats" } : {}),
    definition: balance
      ? `Mean losses of each minibatch, as optimised. Where D cannot tell${plain ? "" : `, with label smoothing ${game.labelSmoothing}`}: D at ${names.d}, non-saturating G at ${names.g}. A falling G loss is no proof of better samples.`
      : "Mean losses of each minibatch, as optimised. Their level depends on the loss; watch their trend and their balance.",
    scale: "linear",
    domain: null,
    series: [number("dLoss", "D", "discriminator", "lossD"), number("gLoss", "G", "generator", "lossG")],
    references: balance
      ? [
          { value: balance.dLoss, label: plain ? "2 ln 2" : d },
          { value: balance.gLoss, label: plain ? "ln 2" : g },
        ]
      : [],
    format: (value) => formatNumber(value),
  };
}

const LN_4 = Math.log(4);

const value = (game: Game, theory: boolean): ChartInfo => ({
  id: "value",
  title: "Value function",
  term: "value",
  unit: "in nats",
  unitTerm: "nats",
  definition: theory
    ? `V(D, G) = E[log D(x)] + E[log(1 − D(G(z)))], of D as it stands and of the best D: V(D*, G) = −log 4 + 2 JSD. D pushes V up to the dotted line, G pushes the dotted line down to −log 4. Measured now and then, by the data's exact density and an estimate of p_g.${shown(game)}`
    : `V(D, G) = E[log D(x)] + E[log(1 − D(G(z)))] = −(D's loss). At the equilibrium of the 2014 paper it is −log 4 ≈ −1.386; above it D can still tell.${shown(game)}`,
  scale: "linear",
  domain: null,
  series: theory
    ? [
        measured("value", "V(D, G)", "discriminator", "value"),
        { ...measured("bestValue", "V(D*, G)", "discriminator", "optimalD"), ideal: true },
        { ...measured("js", "2 JSD", "generator", "divergence"), key: "twoJs", value: (read) => 2 * read("js") },
      ]
    : [
        {
          key: "value",
          of: "steps",
          label: "V = −(D's loss)",
          term: "value",
          role: "discriminator",
          value: (read) => -read("dLoss"),
        },
      ],
  references: [{ value: -LN_4, label: "−log 4" }],
  format: (v) => formatNumber(v),
});

/** Something that is measured now and then. */
const measured = (name: LoggedId, label: string, role: Role, term: GlossaryId): ChartSeries => ({
  key: name,
  of: "measures",
  label,
  term,
  role,
  value: (read) => read(name),
});

/** How far p_g is from p_data, by the divergences of theory; for data whose density is known. */
export const divergenceChart: ChartInfo = {
  id: "divergences",
  title: "Divergence",
  term: "divergence",
  unit: "in nats, log scale",
  unitTerm: "nats",
  definition:
    "How far p_g is from p_data. KL(p_data ‖ p_g) punishes what is missed, KL(p_g ‖ p_data) what is wrong, Jensen-Shannon both alike and never more than ln 2; total variation is the share of probability in the wrong place. By the data's exact density and an estimate of p_g, now and then.",
  scale: "log",
  domain: null,
  series: [
    measured("forwardKl", "KL data ‖ G", "real", "divergence"),
    measured("reverseKl", "KL G ‖ data", "fake", "divergence"),
    measured("js", "JSD", "generator", "divergence"),
    measured("totalVariation", "TV", "discriminator", "divergence"),
  ],
  references: [],
  format: (v) => formatNumber(v, 2),
};

const probabilities = (level: number): ChartInfo => ({
  id: "opinions",
  title: "D(x) and D(G(z))",
  term: "half",
  unit: "mean",
  definition: `How likely D thinks reals and fakes are real, on average over a minibatch, before D's update. Both at ${level === 0.5 ? "½" : `${formatNumber(level, 2)}, half of the smoothed label`}: D cannot tell them apart.`,
  scale: "linear",
  domain: [0, 1],
  series: [number("dReal", "D(x)", "real", "dReal"), number("dFake", "D(G(z))", "fake", "dFake")],
  references: [{ value: level, label: level === 0.5 ? "½" : formatNumber(level, 2) }],
  format: (value) => formatNumber(value), // as the diagram and the arms write them: one number, one text
  width: 7, // as there
});

const scores: ChartInfo = {
  ...probabilities(0.5),
  term: "critic",
  unit: "mean",
  definition:
    "D's mean raw score of reals and of fakes, before D's update. This loss makes no probability of it; the gap between the two is what counts.",
  domain: null,
  series: [number("dLogitReal", "D(x)", "real", "dReal"), number("dLogitFake", "D(G(z))", "fake", "dFake")],
  references: [],
  format: (v) => formatNumber(v),
};

const parts = (game: Game): ChartInfo => ({
  id: "parts",
  title: "D's parts",
  term: "lossD",
  unit: isValueGame(game) ? "in nats" : "in loss units",
  definition: `D's loss is the sum of a part from reals and a part from fakes; here each by itself.${isValueGame(game) ? " Where D only guesses, each is ln 2 ≈ 0.693." : ""} The higher one is where D errs more.`,
  scale: "linear",
  domain: null,
  series: [number("dLossReal", "on reals", "real", "lossD"), number("dLossFake", "on fakes", "fake", "lossD")],
  references: isValueGame(game) ? [{ value: Math.LN2, label: "ln 2" }] : [],
  format: (value) => formatNumber(value),
});

const accuracy = ({ loss }: Game): ChartInfo => ({
  id: "accuracy",
  title: "D's accuracy",
  term: "accuracy",
  unit: "share right",
  definition:
    LOSSES[loss].threshold === null
      ? "Share of pairs of a real and a fake in which the real has the higher score, before D's update: this loss has no score that means “real” by itself. At ½ D only guesses."
      : "Share of a minibatch's reals that D takes for real and of its fakes that D takes for fakes, before D's update. Both at ½: D only guesses. One at 1 and the other at 0: D says the same of everything.",
  scale: "linear",
  domain: [0, 1],
  series: [
    number("dAccuracyReal", "on reals", "real", "accuracy"),
    number("dAccuracyFake", "on fakes", "fake", "accuracy"),
  ],
  references: [{ value: 0.5, label: "½" }],
  format: (share) => `${Math.round(100 * share)} %`,
});

const gradients: ChartInfo = {
  id: "gradients",
  title: "Gradient norms",
  term: "gradientNorm",
  unit: "L2 norm, log scale",
  unitTerm: "gradientNorm",
  definition:
    "Length of each player's whole gradient in a step. When G's falls by orders of magnitude while D wins, G has stopped learning: its gradient has vanished.",
  scale: "log",
  domain: null,
  series: [
    number("dGradNorm", "D", "discriminator", "gradientNorm"),
    number("gGradNorm", "G", "generator", "gradientNorm"),
  ],
  references: [],
  format: (v) => formatNumber(v),
};

const classLoss: ChartInfo = {
  id: "classLoss",
  title: "Class loss",
  term: "classHead",
  unit: "in nats",
  unitTerm: "nats",
  definition:
    "How badly D names the class of reals and of fakes, on average over a minibatch: minus the logarithm of the share it gives to the right one.",
  scale: "linear",
  domain: null,
  series: [
    number("dClassReal", "on reals", "real", "classHead"),
    number("dClassFake", "on fakes", "fake", "classHead"),
    number("gClass", "in G's turn", "generator", "classHead"),
  ],
  references: [],
  format: (value) => formatNumber(value),
};

const classAccuracy: ChartInfo = {
  ...classLoss,
  id: "classAccuracy",
  title: "Classes named",
  unit: "share right",
  definition:
    "Share of a minibatch's reals whose class D names, and of its fakes that D takes for the class that G was asked for.",
  domain: [0, 1],
  series: [
    number("dClassAccuracyReal", "reals", "real", "classHead"),
    number("dClassAccuracyFake", "fakes", "fake", "classHead"),
  ],
  format: (share) => `${Math.round(100 * share)} %`,
};

/** A variational autoencoder's: what it minimises, in its parts, and how long its gradient is. */
const bound: ChartInfo = {
  id: "bound",
  title: "Loss",
  term: "elbo",
  unit: "in nats",
  unitTerm: "nats",
  definition:
    "Reconstruction loss plus β times the divergence from the prior, on average over a minibatch: the negative evidence lower bound. It only has to fall.",
  scale: "linear",
  domain: null,
  series: [number("loss", "loss", "generator", "elbo")],
  references: [],
  format: (value) => formatNumber(value),
};

const boundParts: readonly ChartInfo[] = [
  {
    ...bound,
    id: "reconstruction",
    title: "Reconstruction",
    term: "reconstruction",
    definition:
      "−log p(x | z): how unlikely the data are under what the decoder makes of their codes. Lower is a closer copy.",
    series: [number("reconstruction", "reconstruction", "real", "reconstruction")],
  },
  {
    ...bound,
    id: "kl",
    title: "KL",
    term: "klPrior",
    definition:
      "How many nats a code says about its sample: the divergence of each code's cloud from the prior. At 0 the codes say nothing, and the decoder ignores them.",
    series: [number("kl", "divergence from the prior", "discriminator", "klPrior")],
  },
];

const ownGradient: ChartInfo = {
  ...gradients,
  id: "gradient",
  definition: "Length of the whole gradient in a step, of both networks together.",
  series: [number("gradNorm", "gradient", "generator", "gradientNorm")],
};

/** The charts of a model without a game. */
export const autoencoderCharts: readonly (readonly ChartInfo[])[] = [[bound], boundParts, [ownGradient]];

/** The charts that make sense for a game, in the order of the page; each place may offer alternatives. */
export function chartsFor({
  game,
  probability,
  named = false,
  theory = false,
}: Charted): readonly (readonly ChartInfo[])[] {
  const opinions = probability ? probabilities(balanceOf(game)?.opinion ?? 0.5) : scores;
  const ofLosses = [
    losses(game),
    ...(isValueGame(game) ? [value(game, theory)] : []),
    ...(isPaired(game.loss) ? [] : [parts(game)]),
  ];
  const places = [ofLosses, [opinions, accuracy(game)], [gradients]];
  return named ? [...places, [classAccuracy, classLoss]] : places;
}
