/** One player takes far larger steps than the other. */
import { formatNumber } from "../../format";
import { changeRate, rateOf } from "./settings";
import type { Finding } from "./types";
import { lastStep, WINDOW_STEPS } from "./window";

/** Times that one learning rate is the other's. Two time scales of up to 4 are common practice (Heusel et al. 2017). */
const APART = 20;

export const ratesApart: Finding = {
  name: "Learning rates far apart",
  level: "warning",
  why: "The two players learn from each other, so the slower one sets the pace: against a G that runs ahead D never catches up, against a D that runs ahead G gets no gradient. Factors of 2 to 4 are common, more seldom helps.",
  term: "learningRate",
  source: "Heusel et al. 2017, GANs trained by a two time-scale update rule",
  link: "https://arxiv.org/abs/1706.08500",
  look({ config, curves }) {
    const [d, g] = [rateOf(config, "discriminator"), rateOf(config, "generator")];
    if (lastStep(curves) < WINDOW_STEPS || d === 0 || g === 0) return null; // a rate of 0 freezes a player on purpose
    if (config.players.discriminator.optimizer.type !== config.players.generator.optimizer.type) return null;
    const factor = d > g ? d / g : g / d;
    if (factor < APART) return null;
    const [ahead, behind] = d > g ? ["D", "G"] : ["G", "D"];
    return [
      {
        name: "Learning rates",
        text: `D ${formatNumber(d, 2)}, G ${formatNumber(g, 2)}: ${ahead} takes ${Math.round(factor)} times the steps of ${behind}`,
      },
    ];
  },
  remedy(config) {
    const [d, g] = [rateOf(config, "discriminator"), rateOf(config, "generator")];
    return d > g ? changeRate(config, "discriminator", g / d) : changeRate(config, "generator", d / g);
  },
  gauge({ config }) {
    const [d, g] = [rateOf(config, "discriminator"), rateOf(config, "generator")];
    const value = Math.max(d / g, g / d);
    return { name: "factor between the learning rates", value, text: formatNumber(value, 2), better: "lower" };
  },
};
