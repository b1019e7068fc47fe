/**
 * Each loss of G as a function of one fake's logit b = D(G(z)), for drawing: what a single fake adds to the minibatch's
 * mean. The maths on tensors is engine/losses; a test holds the two together.
 */
import type { LossId } from "./losses";

/** log(1 + exp(x)), without overflow. */
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** Above this logit forward KL's exponential is taken as constant, as in the engine. */
const MAX_EXPONENT = 10;

/** @param a the logit of the real that a paired loss sets beside the fake */
type Curve = (b: number, a: number) => number;

const CURVES: Readonly<Record<LossId, Curve | null>> = {
  minimax: (b) => -softplus(b),
  "non-saturating": (b) => softplus(-b),
  "least-squares": (b) => (b - 1) ** 2 / 2,
  wasserstein: (b) => -b,
  hinge: (b) => -b,
  relativistic: (b, a) => softplus(a - b),
  "f-forward-kl": (b) => -Math.exp(Math.min(b, MAX_EXPONENT) - 1),
  "f-reverse-kl": (b) => 1 - b,
  "f-pearson": (b) => -(b * b * 0.25 + b),
  "f-js": (b) => Math.LN2 - softplus(b),
  "feature-matching": null, // of D's hidden layer, not of its logit
};

/** The curve of a loss; null where it is no function of the logit. Paired losses are drawn against a real of logit `a`. */
export function generatorCurve(loss: LossId, a: number): ((b: number) => number) | null {
  const curve = CURVES[loss];
  return curve === null ? null : (b) => curve(b, a);
}
