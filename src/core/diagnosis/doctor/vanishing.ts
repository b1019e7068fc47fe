/** The saturating loss where it is flat: D rejects all fakes, and G's gradient has vanished. */
import { lossOf } from "../../config";
import { gradientGauge, sureAndFlat } from "./overpowers";
import { changeLoss } from "./settings";
import type { Finding } from "./types";

export const vanishing: Finding = {
  name: "Vanishing gradient",
  level: "problem",
  why: "The saturating loss, log(1 − D(G(z))), is flat where D rejects the fakes, so the worse G is the less it learns. The non-saturating loss, −log D(G(z)), is steepest just there and has the same balance.",
  term: "vanishingGradient",
  source: "Goodfellow et al. 2014, section 3",
  link: "https://arxiv.org/abs/1406.2661",
  look: (course) => (lossOf(course.config) === "minimax" ? sureAndFlat(course) : null),
  persists: sureAndFlat,
  remedy: (config) => changeLoss(config, "non-saturating", "Give G the non-saturating loss."),
  gauge: gradientGauge,
};
