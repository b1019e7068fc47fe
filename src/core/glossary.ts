/** The words and signs of the page, for people who meet them for the first time. Text only; no sign here is explained by another alone. */

export interface GlossaryEntry {
  /** How it is written, when that is not its name; an underscore begins a subscript. */
  readonly sign?: string;
  readonly name: string;
  /** One to three plain sentences. */
  readonly text: string;
  readonly group: GlossaryGroupId;
}

export const GLOSSARY_GROUPS = [
  { id: "players", name: "Networks and players" },
  { id: "numbers", name: "Numbers while it trains" },
  { id: "quality", name: "How good is it?" },
  { id: "losses", name: "Losses" },
  { id: "training", name: "Training" },
  { id: "networks", name: "Networks" },
  { id: "regularisers", name: "Regularisers" },
  { id: "latent", name: "Latent space" },
] as const;
export type GlossaryGroupId = (typeof GLOSSARY_GROUPS)[number]["id"];

const entry = <G extends GlossaryGroupId>(group: G, name: string, text: string, sign?: string): GlossaryEntry =>
  sign === undefined ? { group, name, text } : { group, name, text, sign };

export const GLOSSARY = {
  gan: entry(
    "players",
    "Generative adversarial network",
    "Two networks that train against each other: G makes fakes, D tells fakes from real samples. When G is good enough, D can only guess.",
    "GAN",
  ),
  generator: entry(
    "players",
    "Generator",
    "The network that turns random numbers into samples. It never sees the data; it learns only from what D thinks of its fakes.",
    "G",
  ),
  discriminator: entry(
    "players",
    "Discriminator",
    "The network that judges one sample at a time: real or fake? It sees real samples and fakes, and is right more often the better it is.",
    "D",
  ),
  critic: entry(
    "players",
    "Critic",
    "A D that gives a score instead of a probability: higher is more real, but no value means “certain”. Wasserstein and hinge losses have critics.",
  ),
  encoder: entry(
    "players",
    "Encoder",
    "The network of an autoencoder that says where in latent space a sample belongs: a mean μ and a spread σ for each number of z.",
    "E",
  ),
  decoder: entry(
    "players",
    "Decoder",
    "The network of an autoencoder that makes samples of latents. It learns by making samples again from their codes; given a random z it makes new ones.",
    "G",
  ),
  latentCode: entry(
    "players",
    "Code",
    "Where the encoder puts a sample in latent space: a small cloud with mean μ and spread σ, from which z is drawn. KL says how many nats the clouds tell about their samples.",
    "μ, σ",
  ),
  copy: entry(
    "players",
    "Copy",
    "A sample that the decoder made again from its code. Orange, as all that a network makes; how far it is off is the reconstruction loss.",
    "x̂",
  ),
  classLabel: entry(
    "players",
    "Class",
    "What a sample is of: a digit, a garment, a cluster. A network that is told y makes or judges samples of that class.",
    "y",
  ),
  real: entry("players", "Real sample", "A sample of the data: what G should learn to make. Always blue.", "x"),
  fake: entry("players", "Fake", "A sample that G made from a latent z. Always orange.", "G(z)"),
  noise: entry(
    "players",
    "Latent",
    "The random numbers that G starts from. The same z gives the same fake, and neighbouring z give similar ones.",
    "z",
  ),
  pData: entry(
    "players",
    "Data distribution",
    "How likely each value is among the real samples. G never sees it; it is drawn so that you can compare.",
    "p_data",
  ),
  pG: entry(
    "players",
    "Generated distribution",
    "How likely each value is among the fakes. The goal of training is that it becomes the data's.",
    "p_g",
  ),
  dReal: entry(
    "numbers",
    "D's opinion of reals",
    "The mean probability “real” that D gives to real samples. 1 is right and certain, ½ is a guess. For a critic: its mean score.",
    "D(x)",
  ),
  dFake: entry(
    "numbers",
    "D's opinion of fakes",
    "The mean probability “real” that D gives to fakes. Near 0: D sees through them. ½: it can only guess. For a critic: its mean score.",
    "D(G(z))",
  ),
  half: entry(
    "numbers",
    "D = ½",
    "Where D cannot tell: as likely real as fake. When the fakes match the data, D says one half everywhere near it.",
    "½",
  ),
  logit: entry(
    "numbers",
    "Logit",
    "D's raw output before it is squeezed into a probability: 0 is ½, +4.6 is 99 %, −4.6 is 1 %. Each 0.69 doubles or halves the odds.",
  ),
  loss: entry(
    "numbers",
    "Loss",
    "The number that a player makes smaller. The players pull against each other, so a falling loss of G alone does not mean better fakes: D may have become worse.",
    "L",
  ),
  accuracy: entry(
    "numbers",
    "Accuracy of D",
    "The share of a minibatch that D gets right: reals that it takes for real, fakes that it takes for fakes. Near 100 % D has won for now; near 50 % it only guesses.",
  ),
  classHead: entry(
    "numbers",
    "D's second task",
    "In an auxiliary-classifier GAN D also says which class a sample is of. Its class loss is low when it names the right one with certainty.",
  ),
  elbo: entry(
    "numbers",
    "Evidence lower bound",
    "What a variational autoencoder raises, and whose negative is its loss: how well samples are made again, less what their codes cost.",
  ),
  reconstruction: entry(
    "numbers",
    "Reconstruction loss",
    "How far the samples that the decoder makes again are from the originals.",
  ),
  klPrior: entry(
    "numbers",
    "Divergence from the prior",
    "How much the codes of samples differ from plain random latents. The loss asks for little of it, so that random latents give samples too.",
  ),
  lossD: entry(
    "numbers",
    "Loss of D",
    "How wrong D is, on average over a minibatch. At 2 ln 2 ≈ 1.386 it only guesses.",
    "L_D",
  ),
  lossG: entry(
    "numbers",
    "Loss of G",
    "How badly G fools D, on average over a minibatch. With the non-saturating loss it is ln 2 ≈ 0.693 when D only guesses.",
    "L_G",
  ),
  value: entry(
    "numbers",
    "Value function",
    "The one number over which the two players of 2014 fight: D makes it larger, G smaller. It is minus D's loss, and −log 4 ≈ −1.386 when D can only guess.",
    "V",
  ),
  nats: entry(
    "numbers",
    "Nat",
    "The unit of a loss that is measured with natural logarithms, as bits are with base 2. One nat is 1.44 bits.",
    "nats",
  ),
  bits: entry("numbers", "Bit", "The unit of information with logarithms of base 2: one fair coin toss."),
  gradient: entry(
    "numbers",
    "Gradient",
    "The direction in which each weight of a network has to move to change its loss fastest. A training step goes a little way down it.",
    "∇",
  ),
  gradientNorm: entry(
    "numbers",
    "Length of the gradient",
    "How strongly a player is told to change, all its weights together. Near 0 it learns nothing more; a sudden leap is a sign of trouble.",
    "‖∇‖",
  ),
  expectation: entry(
    "numbers",
    "Mean",
    "The average over samples: E[…] of something is its mean over a minibatch here.",
    "E",
  ),
  optimalD: entry(
    "numbers",
    "The best possible D",
    "What D should say at each point if it knew both distributions: p_data / (p_data + p_g). The nearer D is to it, the better its advice to G.",
    "D*",
  ),
  modes: entry(
    "quality",
    "Clusters found",
    "Clusters of the data in which at least 20 of 2,500 fakes lie, within three standard deviations of the centre. Fewer could be luck.",
  ),
  onTarget: entry(
    "quality",
    "On target",
    "The share of fakes that look like data: within three standard deviations of a cluster's centre, or among the real points where there are no clusters.",
  ),
  coverage: entry(
    "quality",
    "Data covered",
    "The share of real points with a fake close by, closer than their fifth real neighbour. Low when G leaves parts of the data out.",
  ),
  distance: entry(
    "quality",
    "Distance to the data",
    "How far the fakes would have to be moved, on average, to become the data, seen along 128 random directions (sliced Wasserstein). In units of the data.",
  ),
  divergence: entry(
    "quality",
    "Divergence",
    "How far the distribution of fakes p_g is from that of the data p_data. KL(p_data ‖ p_g) punishes what is missed, KL(p_g ‖ p_data) what is wrong, Jensen-Shannon (JSD) both alike.",
  ),
  mismatch: entry(
    "quality",
    "Mismatch",
    "How different the histograms of fakes and data are: 0 bits is the same, 1 bit is no overlap (Jensen-Shannon divergence).",
  ),
  sharpness: entry(
    "quality",
    "Sharpness",
    "How steeply brightness changes from pixel to pixel, beside the data: 1 is as sharp as real images, less is blurred, more is noisy.",
  ),
  spectrum: entry(
    "quality",
    "Power spectrum",
    "How much of an image's contrast is coarse and how much is fine. Blurred images have too little of the fine.",
  ),
  diversity: entry(
    "quality",
    "Diversity",
    "How far two fakes are apart on average, compared with two real samples: 1 is as varied as the data, 0 is the same fake again and again.",
  ),
  judged: entry(
    "quality",
    "As a classifier sees it",
    "A small network, trained on the real images and their classes alone, looks at 500 fakes. Precision is the share of fakes among the reals, recall the share of reals among the fakes, by their distances in its last hidden layer; density and coverage are the same made robust. Its score is high when each fake is surely of one class and all classes are equally common. Real data is what test images read.",
  ),
  classesFound: entry(
    "quality",
    "Classes found",
    "Classes of the data that enough fakes belong to, as a small classifier tells them that was trained on real images alone. Each class has its mark, and lights up with a fifth of its share of 500 fakes.",
  ),
  readable: entry(
    "quality",
    "Readable",
    "How sure a small classifier, trained on real images alone, is of what it sees in a fake: its mean probability of the likeliest class. It can be sure and wrong, so look at the picture too.",
  ),
  frechet: entry(
    "quality",
    "Fréchet distance",
    "How far two clouds of images are apart as a small classifier of this data sees them: how their features' means and spreads differ. 0 is the same, 100 is what the data's mean alone would read. The formula is that of FID, but not Inception's features: it compares with no published FID.",
  ),
  noiseFloor: entry(
    "quality",
    "What real data would read",
    "The same number between two samples of real data. Chance alone keeps it from being perfect, so nothing can do honestly better.",
  ),
  modeCollapse: entry(
    "quality",
    "Mode collapse",
    "G makes only a few kinds of sample, whatever z is, because those fool D best just now. Then D learns them, and G jumps elsewhere.",
  ),
  memorising: entry(
    "quality",
    "Memorising",
    "D knows its training images one by one, and doubts others that are as real. Or G makes copies of training images instead of new ones.",
  ),
  vanishingGradient: entry(
    "quality",
    "Vanishing gradient",
    "D is so sure that nothing G changes makes a difference: G's gradient is nearly zero, and it stops learning.",
  ),
  saturating: entry(
    "losses",
    "Saturating loss (minimax)",
    "G minimises log(1 − D(G(z))), as the theory of 2014 has it. When D is sure that a fake is fake, this curve is flat: the gradient vanishes.",
  ),
  nonSaturating: entry(
    "losses",
    "Non-saturating loss",
    "G minimises −log D(G(z)) instead: the same goal, but steep where D is sure, so that G learns most when it is worst.",
  ),
  wasserstein: entry(
    "losses",
    "Wasserstein loss",
    "D is a critic whose mean scores of reals and fakes should lie far apart, while it must not be steep. The gap measures a distance between the two distributions.",
  ),
  leastSquares: entry(
    "losses",
    "Least squares",
    "D should answer 1 for reals and 0 for fakes, and pays the square of its error.",
  ),
  hinge: entry(
    "losses",
    "Hinge loss",
    "D pays only for scores that are not at least 1 on the right side; G raises the scores of its fakes.",
  ),
  relativistic: entry(
    "losses",
    "Relativistic loss",
    "D says which of two is more real, a real sample or a fake; it cannot win by calling everything fake.",
  ),
  featureMatching: entry(
    "losses",
    "Feature matching",
    "G tries to match the mean of what D's last hidden layer sees in real samples, instead of fooling D outright.",
  ),
  step: entry(
    "training",
    "Training step",
    "D's updates (one, unless set otherwise) and one update of G, each on a fresh minibatch.",
  ),
  minibatch: entry(
    "training",
    "Minibatch",
    "The few samples that one update looks at. More of them give calmer gradients and slower steps.",
  ),
  learningRate: entry(
    "training",
    "Learning rate",
    "How far an update goes down the gradient. Too large and it overshoots, too small and it crawls.",
    "η",
  ),
  adam: entry(
    "training",
    "Adam",
    "An optimiser that keeps a running mean of the gradient and of its square, and scales each weight's step by them.",
  ),
  beta1: entry(
    "training",
    "Momentum of Adam",
    "How much of the past gradients is kept in the direction of a step, 0 to 1. GANs often use 0 or 0.5 instead of the usual 0.9: the other player keeps moving the goal.",
    "β₁",
  ),
  beta2: entry(
    "training",
    "Memory of Adam",
    "How slowly Adam's measure of each gradient's size changes, 0 to 1. Near 1 is slow.",
    "β₂",
  ),
  epsilon: entry(
    "training",
    "Epsilon",
    "A small number that keeps Adam and RMSProp from dividing by zero; a large one lets small gradients stay small.",
    "ε",
  ),
  momentum: entry(
    "training",
    "Momentum",
    "A step keeps some of the direction of the steps before, like a ball that rolls.",
  ),
  rmsprop: entry(
    "training",
    "RMSProp",
    "An optimiser that divides each weight's step by the running size of its gradient.",
  ),
  sgd: entry(
    "training",
    "SGD",
    "Stochastic gradient descent: straight down the gradient of a minibatch, nothing more.",
  ),
  schedule: entry(
    "training",
    "Schedule",
    "How the learning rates fall over the run. Small steps at the end let the fakes settle.",
  ),
  ema: entry(
    "training",
    "Averaged weights",
    "A slow running mean of G's weights (EMA). It smooths out the wobble of the game, so its fakes are often better than those of the weights that train.",
    "EMA",
  ),
  seed: entry(
    "training",
    "Seed",
    "The number that all chance is computed from. The same experiment and seed give the same run.",
  ),
  arm: entry(
    "training",
    "Arm",
    "One of the runs of a comparison. All start from the same weights and see the same noise and data.",
  ),
  dense: entry(
    "networks",
    "Dense layer",
    "Every unit sees every output of the layer before: a weighted sum, a bias, and an activation.",
  ),
  activation: entry(
    "networks",
    "Activation",
    "The bend after a layer's sum. Without it a network of many layers would be one straight line.",
  ),
  leakyRelu: entry(
    "networks",
    "Leaky ReLU",
    "Passes what is positive and a little of what is negative, so that no unit goes silent for good.",
  ),
  convolution: entry(
    "networks",
    "Convolution",
    "A small window of weights that slides over an image; a transposed one makes images larger.",
  ),
  batchNorm: entry(
    "networks",
    "Batch norm",
    "Shifts and scales a layer's numbers to mean 0 and spread 1 over the minibatch, then learns both anew.",
  ),
  dropout: entry(
    "networks",
    "Dropout",
    "Silences a random share of units at each step, so that D cannot rely on any one of them.",
  ),
  initializer: entry(
    "networks",
    "Initial weights",
    "The random numbers that a network starts with: their spread decides whether signals die out or blow up.",
  ),
  gradientPenalty: entry(
    "regularisers",
    "Gradient penalty",
    "Makes D pay for being steep, so that its advice reaches G from everywhere. λ and γ say how much it pays.",
    "λ, γ",
  ),
  r1: entry(
    "regularisers",
    "R1 and R2",
    "Gradient penalties where the samples are: D should be flat at the reals (R1) and at the fakes (R2).",
  ),
  wganGp: entry("regularisers", "WGAN-GP", "A gradient penalty between reals and fakes: D's slope should be 1 there."),
  clipping: entry(
    "regularisers",
    "Weight clipping",
    "Keeps every weight of D within a small box: the plain way to keep a critic from being steep.",
  ),
  spectralNorm: entry(
    "regularisers",
    "Spectral norm",
    "Divides a layer's weights by the most that they can stretch anything, so that D cannot be steep.",
  ),
  instanceNoise: entry(
    "regularisers",
    "Instance noise",
    "Noise added to reals and fakes alike before D sees them: their clouds overlap, and D stays unsure.",
  ),
  labelSmoothing: entry(
    "regularisers",
    "Label smoothing",
    "D's goal for reals is a little less than 1, so that it never becomes too sure.",
  ),
  packing: entry(
    "regularisers",
    "Packing",
    "D sees several samples at once, so that a G that repeats itself is found out.",
  ),
  unrolling: entry(
    "regularisers",
    "Unrolling",
    "G looks a few of D's updates ahead before it moves, so that jumping to D's blind spot pays off less.",
  ),
  prior: entry("latent", "Prior", "The distribution that z is drawn from: a bell curve or an even box."),
  interpolation: entry(
    "latent",
    "Walk between two latents",
    "All z on the way from A to B: straight (lerp), or along the sphere on which most of a Gaussian's mass lies (slerp).",
  ),
} as const satisfies Readonly<Record<string, GlossaryEntry>>;

export type GlossaryId = keyof typeof GLOSSARY;

/** Entries whose sign, name or text hold the words, in order; all of them for an empty search. */
export function searchGlossary(search: string): readonly (GlossaryEntry & { readonly id: GlossaryId })[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return (Object.keys(GLOSSARY) as GlossaryId[])
    .map((id) => ({ id, ...(GLOSSARY[id] as GlossaryEntry) }))
    .filter(({ sign = "", name, text }) => {
      const all = `${sign} ${sign.replaceAll("_", "")} ${name} ${text}`.toLowerCase();
      return words.every((word) => all.includes(word));
    });
}
