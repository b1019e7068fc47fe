/** The catalogue of adversarial losses: names, formulas and what to watch for. No maths on tensors (engine/losses). */

export const LOSS_IDS = [
  "minimax",
  "non-saturating",
  "least-squares",
  "wasserstein",
  "hinge",
  "relativistic",
  "f-forward-kl",
  "f-reverse-kl",
  "f-pearson",
  "f-js",
  "feature-matching",
] as const;
export type LossId = (typeof LOSS_IDS)[number];

export interface LossInfo {
  readonly name: string;
  /** TeX of the loss that D minimises; a = D(x), b = D(G(z)) are logits. */
  readonly discriminatorTex: string;
  /** TeX of the loss that G minimises. */
  readonly generatorTex: string;
  /**
   * What one fake adds to the minibatch's mean of G's loss, of its logit b = D(G(z)) and of the logit a of the real that a paired loss sets
   * beside it; null where that is no function of the logit. For drawing: the maths on tensors is engine/losses, and a test holds the two together.
   */
  readonly curve: ((b: number, a: number) => number) | null;
  /** Whether sigmoid(logit) reads as the probability "real". Otherwise D is a critic and its raw score is shown. */
  readonly probability: boolean;
  /**
   * The score above which D says "real": where its best answer to equal densities lies (of an f-GAN Nowozin et al. 2016, table 6); null where a
   * score only means something beside another's.
   */
  readonly threshold: number | null;
  /** One or two sentences for a student: what is special, what to look for. */
  readonly lesson: string;
  /** Authors, year, where in the paper. */
  readonly source: string;
}

/** log(1 + exp(x)), without overflow. */
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** Above this logit forward KL's exponential is taken as constant, as in the engine. */
const MAX_EXPONENT = 10;

/** a, b: logits of D on reals and on fakes; sp: softplus; means over the minibatch are minimised (design: SCIENCE). */
export const LOSSES = {
  minimax: {
    name: "Minimax (saturating)",
    discriminatorTex: String.raw`-\mathbb{E}_x[\log D(x)] - \mathbb{E}_z[\log(1 - D(G(z)))]`,
    generatorTex: String.raw`\mathbb{E}_z[\log(1 - D(G(z)))]`,
    curve: (b) => -softplus(b),
    probability: true,
    threshold: 0,
    lesson:
      "The game as the 2014 paper states it. When D rejects the fakes with confidence, this loss is flat and G's gradient vanishes: watch G's gradient norm.",
    source: "Goodfellow et al. 2014, equation 1",
  },
  "non-saturating": {
    name: "Non-saturating",
    discriminatorTex: String.raw`-\mathbb{E}_x[\log D(x)] - \mathbb{E}_z[\log(1 - D(G(z)))]`,
    generatorTex: String.raw`-\mathbb{E}_z[\log D(G(z))]`,
    curve: (b) => softplus(-b),
    probability: true,
    threshold: 0,
    lesson:
      "Same D, but G maximises log D(G(z)). Its gradient is strongest just where the fakes are worst, so G learns from the start.",
    source: "Goodfellow et al. 2014, section 3",
  },
  "least-squares": {
    name: "Least squares (LSGAN)",
    discriminatorTex: String.raw`\tfrac12\mathbb{E}_x[(a-1)^2] + \tfrac12\mathbb{E}_z[b^2]`,
    generatorTex: String.raw`\tfrac12\mathbb{E}_z[(b-1)^2]`,
    curve: (b) => (b - 1) ** 2 / 2,
    probability: false,
    threshold: 0.5,
    lesson: "Penalises distance from the target score, so even fakes on the right side of the boundary are pulled in.",
    source: "Mao et al. 2017, equation 9",
  },
  wasserstein: {
    name: "Wasserstein",
    discriminatorTex: String.raw`\mathbb{E}_z[b] - \mathbb{E}_x[a]`,
    generatorTex: String.raw`-\mathbb{E}_z[b]`,
    curve: (b) => -b,
    probability: false,
    threshold: null,
    lesson:
      "D is a critic whose score difference estimates the earth mover's distance. It needs a Lipschitz bound: add a gradient penalty, weight clipping or spectral norm.",
    source: "Arjovsky et al. 2017, equation 2",
  },
  hinge: {
    name: "Hinge",
    discriminatorTex: String.raw`\mathbb{E}_x[\max(0, 1-a)] + \mathbb{E}_z[\max(0, 1+b)]`,
    generatorTex: String.raw`-\mathbb{E}_z[b]`,
    curve: (b) => -b,
    probability: false,
    threshold: 0,
    lesson: "D stops caring about samples beyond its margin. The usual partner of spectral norm.",
    source: "Lim and Ye 2017; Miyato et al. 2018, equations 16 and 17",
  },
  relativistic: {
    name: "Relativistic (paired)",
    discriminatorTex: String.raw`\mathbb{E}_{x,z}[\operatorname{softplus}(b-a)]`,
    generatorTex: String.raw`\mathbb{E}_{x,z}[\operatorname{softplus}(a-b)]`,
    curve: (b, a) => softplus(a - b),
    probability: false,
    threshold: null,
    lesson:
      "D judges whether a real is more real than a fake. With R1 and R2 it covers all modes of a ring or grid where the classic losses drop some.",
    source: "Jolicoeur-Martineau 2019; Huang et al. 2024 (R3GAN), equation 2",
  },
  "f-forward-kl": {
    name: "f-GAN: forward KL",
    discriminatorTex: String.raw`-\mathbb{E}_x[a] + \mathbb{E}_z[e^{b-1}]`,
    generatorTex: String.raw`-\mathbb{E}_z[e^{b-1}]`,
    curve: (b) => -Math.exp(Math.min(b, MAX_EXPONENT) - 1),
    probability: false,
    threshold: 1,
    lesson: "KL(data‖model): missing a mode is expensive, inventing samples is cheap.",
    source: "Nowozin et al. 2016, table 2 (b clamped at 10)",
  },
  "f-reverse-kl": {
    name: "f-GAN: reverse KL",
    discriminatorTex: String.raw`\mathbb{E}_x[e^{-a}] + \mathbb{E}_z[b - 1]`,
    generatorTex: String.raw`-\mathbb{E}_z[b - 1]`,
    curve: (b) => 1 - b,
    probability: false,
    threshold: 0,
    lesson: "KL(model‖data): inventing samples is expensive, missing a mode is cheap: it seeks modes.",
    source: "Nowozin et al. 2016, table 2",
  },
  "f-pearson": {
    name: "f-GAN: Pearson χ²",
    discriminatorTex: String.raw`-\mathbb{E}_x[a] + \mathbb{E}_z[\tfrac14 b^2 + b]`,
    generatorTex: String.raw`-\mathbb{E}_z[\tfrac14 b^2 + b]`,
    curve: (b) => -(b * b * 0.25 + b),
    probability: false,
    threshold: 0,
    lesson: "A quadratic divergence: strong pull where the model has too much mass.",
    source: "Nowozin et al. 2016, table 2",
  },
  "f-js": {
    name: "f-GAN: Jensen–Shannon",
    discriminatorTex: String.raw`-\mathbb{E}_x[\log 2 - \operatorname{sp}(-a)] + \mathbb{E}_z[\operatorname{sp}(b) - \log 2]`,
    generatorTex: String.raw`-\mathbb{E}_z[\operatorname{sp}(b) - \log 2]`,
    curve: (b) => Math.LN2 - softplus(b),
    probability: true,
    threshold: 0,
    lesson:
      "The original game shifted by 2 log 2: D's loss is minus twice the Jensen–Shannon divergence at its optimum.",
    source: "Nowozin et al. 2016, table 2",
  },
  "feature-matching": {
    name: "Feature matching",
    discriminatorTex: String.raw`-\mathbb{E}_x[\log D(x)] - \mathbb{E}_z[\log(1 - D(G(z)))]`,
    generatorTex: String.raw`\lVert \mathbb{E}_x f(x) - \mathbb{E}_z f(G(z)) \rVert_2^2`,
    curve: null, // of D's hidden layer, not of its logit
    probability: true,
    threshold: 0,
    lesson: "G matches the mean of D's last hidden layer f instead of fooling D: steadier, but it can blur.",
    source: "Salimans et al. 2016, section 3.1",
  },
} satisfies Record<LossId, LossInfo>;

/** The curve of a loss; null where it is no function of the logit. Paired losses are drawn against a real of logit `a`. */
export function generatorCurve(loss: LossId, a: number): ((b: number) => number) | null {
  const { curve }: LossInfo = LOSSES[loss];
  return curve === null ? null : (b) => curve(b, a);
}

/** Losses whose D minimises −E log D(x) − E log(1 − D(G(z))), the loss of the 2014 paper. */
const CROSS_ENTROPY: ReadonlySet<LossId> = new Set(["minimax", "non-saturating", "feature-matching"]);

/** Whether D minimises the cross-entropy of real and fake: what label smoothing, 2 ln 2 and −log 4 are about. */
export function isCrossEntropy(loss: LossId): boolean {
  return CROSS_ENTROPY.has(loss);
}

/** Whether D's loss is one of pairs of a real and a fake, so that it has no parts of reals alone and of fakes alone. */
export const isPaired = (loss: LossId): boolean => loss === "relativistic";
