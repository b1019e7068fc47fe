/** D never learned anything: it says one half to everything, and its gradient is nothing. */
import { formatNumber } from "../../format";
import { balanceOf } from "../../optimum";
import { changeInitializer } from "./settings";
import type { Finding } from "./types";
import { lastStep, median, whole } from "./window";

/** Steps after which a D that lives has moved. */
const SOON = 300;
/** D's loss is this near to what guessing costs, nats, all along. */
const NEAR = 0.02;
/** D's gradient, at its strongest: that of the last bias is left, which moves all outputs alike. */
const NOTHING = 0.1;
/** Logits of reals and of fakes are this near to each other, all along. */
const SAME = 0.01;

export const dead: Finding = {
  name: "Dead D",
  level: "problem",
  why: "D's weights are so small, or its units so often off, that its output does not depend on its input: there is no gradient to begin with. G learns nothing from a judge who gives all the same mark.",
  term: "initializer",
  source: "Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward neural networks",
  link: "https://proceedings.mlr.press/v9/glorot10a.html",
  look({ config, curves }) {
    const balance = balanceOf(config.model);
    const [losses, gradients] = [whole(curves, "dLoss"), whole(curves, "dGradNorm")];
    if (balance === null || lastStep(curves) < SOON || losses.length === 0) return null;
    const farthest = Math.max(...losses.map((loss) => Math.abs(loss - balance.dLoss)));
    const strongest = Math.max(...gradients);
    const fakes = whole(curves, "dLogitFake");
    const apart = whole(curves, "dLogitReal").map((real, i) => Math.abs(real - (fakes[i] ?? real)));
    if (!(farthest < NEAR && strongest < NOTHING && Math.max(...apart) < SAME)) return null;
    return [
      { name: "D's loss", text: `${formatNumber(median(losses))} since the start, which is what guessing costs` },
      { name: "D's gradient", text: `${formatNumber(strongest, 2)} at its strongest` },
    ];
  },
  remedy: (config) => changeInitializer(config, "Start D with larger weights (He's initial weights)."),
  gauge({ curves }) {
    const value = Math.max(...whole(curves, "dGradNorm"));
    if (!Number.isFinite(value)) return null;
    return { name: "D's gradient norm", value, text: formatNumber(value, 2), better: "higher" };
  },
};
