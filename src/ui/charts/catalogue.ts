/** The menu of charts: what each shows, in which unit, against which lines. To add one: a row here. No drawing. */
import { formatNumber, formatProbability } from "../../core/format";
import type { ReadingId } from "../../core/readings";
import type { Role } from "../theme/colors";
import type { SeriesSource } from "./rows";

export interface ChartSeries extends SeriesSource {
  readonly label: string;
  readonly role: Role;
}

export interface ChartInfo {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** One line: what is drawn and how to read it. */
  readonly definition: string;
  readonly scale: "linear" | "log";
  /** Ends that the axis always shows, or null to follow the data. */
  readonly domain: readonly [number, number] | null;
  readonly series: readonly ChartSeries[];
  readonly references: readonly { readonly value: number; readonly label: string }[];
  format(value: number): string;
}

const number = (name: ReadingId, label: string, role: Role): ChartSeries => ({
  key: name,
  label,
  role,
  value: (read) => read(name),
});

const TWO_LN_2 = 2 * Math.LN2;

const losses = (balance: boolean): ChartInfo => ({
  id: "losses",
  title: "Losses",
  unit: balance ? "nats" : "loss units",
  definition: balance
    ? "Mean losses of each minibatch, as optimised. Where D cannot tell: D at 2 ln 2 ≈ 1.386, non-saturating G at ln 2 ≈ 0.693. A falling G loss is no proof of better samples."
    : "Mean losses of each minibatch, as optimised. Their level depends on the loss; watch their trend and their balance.",
  scale: "linear",
  domain: null,
  series: [number("dLoss", "D", "discriminator"), number("gLoss", "G", "generator")],
  references: balance
    ? [
        { value: TWO_LN_2, label: "2 ln 2" },
        { value: Math.LN2, label: "ln 2" },
      ]
    : [],
  format: (value) => formatNumber(value),
});

const value: ChartInfo = {
  id: "value",
  title: "Value function",
  unit: "nats",
  definition:
    "V(D, G) = E[log D(x)] + E[log(1 − D(G(z)))] = −(D's loss). At the equilibrium of the 2014 paper it is −log 4 ≈ −1.386; above it D can still tell.",
  scale: "linear",
  domain: null,
  series: [{ key: "value", label: "V = −L_D", role: "discriminator", value: (read) => -read("dLoss") }],
  references: [{ value: -TWO_LN_2, label: "−log 4" }],
  format: (v) => formatNumber(v),
};

const probabilities: ChartInfo = {
  id: "opinions",
  title: "D(x) and D(G(z))",
  unit: "mean probability “real”",
  definition:
    "How likely D thinks reals and fakes are real, on average over a minibatch, before D's update. Both at ½: D cannot tell them apart.",
  scale: "linear",
  domain: [0, 1],
  series: [number("dReal", "D(x)", "real"), number("dFake", "D(G(z))", "fake")],
  references: [{ value: 0.5, label: "½" }],
  format: formatProbability,
};

const scores: ChartInfo = {
  ...probabilities,
  unit: "mean score",
  definition:
    "D's mean raw score of reals and of fakes, before D's update. This loss makes no probability of it; the gap between the two is what counts.",
  domain: null,
  series: [number("dLogitReal", "D(x)", "real"), number("dLogitFake", "D(G(z))", "fake")],
  references: [],
  format: (v) => formatNumber(v),
};

const gradients: ChartInfo = {
  id: "gradients",
  title: "Gradient norms",
  unit: "L2 norm, log scale",
  definition:
    "Length of each player's whole gradient in a step. When G's falls by orders of magnitude while D wins, G has stopped learning: its gradient has vanished.",
  scale: "log",
  domain: null,
  series: [number("dGradNorm", "D", "discriminator"), number("gGradNorm", "G", "generator")],
  references: [],
  format: (v) => formatNumber(v),
};

/** Losses whose D minimises −E log D(x) − E log(1 − D(G(z))), so that 2 ln 2 and −log 4 mean something. */
const CROSS_ENTROPY: readonly string[] = ["minimax", "non-saturating", "feature-matching"];

/** The charts that make sense for a loss, in the order of the page; each place may offer alternatives. */
export function chartsFor(loss: string, probability: boolean): readonly (readonly ChartInfo[])[] {
  const balance = CROSS_ENTROPY.includes(loss);
  return [balance ? [losses(true), value] : [losses(false)], [probability ? probabilities : scores], [gradients]];
}
