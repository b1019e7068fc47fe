/**
 * The variational autoencoder in words (Kingma and Welling 2014), with β (Higgins et al. 2017): an encoder says where in latent space a
 * sample may lie, a decoder makes it again from there. Its maths: engine/models/vae.ts.
 */
import * as v from "valibot";
import type { LayerSpec } from "../architecture/layers";
import { size } from "../architecture/shape";
import type { OptimizerConfig } from "../config-parts";
import type { Conflict } from "../conflicts";
import { datasetOf } from "../datasets";
import type { ReadingInfo } from "../readings";
import { choice, real } from "../setting";
import type { ConfigOf, ModelInfo, ModelStack, ModelStart } from "./types";

export type VaeNetwork = "encoder" | "decoder";
export type VaePlayer = "autoencoder";

export const LIKELIHOODS = ["gaussian", "bernoulli"] as const;
export type Likelihood = (typeof LIKELIHOODS)[number];

const settings = v.object({
  type: v.literal("vae"),
  /** Of a sample given its latent. Gaussian: around the decoder's output; Bernoulli: of each pixel's brightness, from the output as logits. */
  likelihood: choice(LIKELIHOODS, {
    effect: "record",
    definition:
      "What counts as a good copy. Gaussian: squared distance, for points and pixels. Bernoulli: each pixel's brightness as the chance of white.",
  }),
  /** Standard deviation of the Gaussian likelihood, in data units. */
  sigma: real(0.001, 10, {
    effect: "record",
    free: true,
    label: "σ",
    definition:
      "How exact a copy must be, in data units, with the Gaussian likelihood: a smaller one weighs copies more and the prior less.",
  }),
  /** Weight of the divergence from the prior; 1 is the evidence lower bound. */
  beta: real(0, 100, {
    effect: "record",
    off: 0,
    free: true,
    label: "β",
    definition:
      "Weight of how far the codes are from the prior. 1 is the evidence lower bound; more makes codes simpler and copies blurrier, 0 leaves a plain autoencoder.",
  }),
});
type VaeSettings = v.InferOutput<typeof settings>;

export type VaeConfig = ConfigOf<VaeNetwork, VaePlayer, VaeSettings>;

const readings = {
  // negative evidence lower bound with β, in nats: what both networks minimise
  loss: { player: "autoencoder", words: "the loss", finite: true, is: "loss", term: "elbo" },
  // mean −log p(x | z), summed over a sample's numbers
  reconstruction: { player: "autoencoder", words: "the reconstruction loss", finite: true },
  // mean divergence of q(z | x) from the prior
  kl: { player: "autoencoder", words: "the divergence from the prior", finite: true },
  // L2 norm of all gradients
  gradNorm: {
    player: "autoencoder",
    words: "the norm of the gradients",
    finite: true,
    is: "gradient",
    term: "gradientNorm",
  },
} as const satisfies Readonly<Record<string, ReadingInfo>>;

const leaky = (units: number): LayerSpec => ({ type: "dense", units, activation: "leakyRelu", alpha: 0.2 });
const code = (latent: number): LayerSpec => ({ type: "dense", units: 2 * latent });

const points = (name: string, description: string, width: number): ModelStack<VaeNetwork> => ({
  name,
  description,
  kind: "points",
  layers: ({ data, latent }) => ({
    encoder: [leaky(width), leaky(width), leaky(width), code(latent)],
    decoder: [leaky(width), leaky(width), leaky(width), { type: "dense", units: size(data) }],
  }),
});

const stacks: Readonly<Record<string, ModelStack<VaeNetwork>>> = {
  "vae-toy": points("Toy", "Three layers of 64, leaky ReLU, in both networks.", 64),
  "vae-toy-wide": points("Toy, wide", "Three layers of 128, leaky ReLU, in both networks.", 128),
  "vae-mlp": {
    name: "MLP",
    description: "Two hidden layers of 256 and 128 units each way.",
    kind: "images",
    layers: ({ data, latent }) => ({
      encoder: [{ type: "flatten" }, leaky(256), leaky(128), code(latent)],
      decoder: [leaky(128), leaky(256), { type: "dense", units: size(data) }, { type: "reshape", shape: [...data] }],
    }),
  },
  "vae-conv": {
    name: "Convolutions",
    description: "The small DCGAN's two convolutions a side, so that it can be compared with a GAN of the same size.",
    kind: "images",
    layers: ({ data: [height = 28, width = 28, channels = 1], latent }) => ({
      encoder: [
        { type: "conv2d", filters: 32, kernelSize: 4, strides: 2, activation: "leakyRelu", alpha: 0.2 },
        { type: "conv2d", filters: 64, kernelSize: 4, strides: 2, activation: "leakyRelu", alpha: 0.2 },
        { type: "flatten" },
        code(latent),
      ],
      decoder: [
        { type: "dense", units: (height / 4) * (width / 4) * 64, activation: "relu" },
        { type: "reshape", shape: [height / 4, width / 4, 64] },
        { type: "conv2dTranspose", filters: 32, kernelSize: 4, strides: 2, activation: "relu" },
        { type: "conv2dTranspose", filters: channels, kernelSize: 4, strides: 2 },
      ],
    }),
  },
};

const optimizer: OptimizerConfig = { type: "adam", learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

function start(kind: "points" | "images"): ModelStart<VaeNetwork, VaePlayer, VaeSettings> {
  const images = kind === "images";
  return {
    latent: { size: images ? 16 : 2, prior: "normal" },
    batchSize: images ? 64 : 128,
    schedule: { type: images ? "constant" : "linear", steps: images ? 10_000 : 6_000, finalRatio: 0.01 },
    model: { type: "vae", likelihood: images ? "bernoulli" : "gaussian", sigma: 0.25, beta: 1 },
    stack: images ? "vae-conv" : "vae-toy",
    networks: { encoder: { initializer: "he", ema: 0 }, decoder: { initializer: "he", ema: 0 } },
    players: { autoencoder: { optimizer, turns: 1 } },
  };
}

function conflicts({ model, latent, networks, dataset }: VaeConfig): Conflict[] {
  const found: Conflict[] = [];
  if (latent.prior !== "normal") {
    found.push({
      level: "refused",
      path: "latent.prior",
      text: "A VAE measures how far its codes are from a normal prior. Set the latent's prior to normal.",
    });
  }
  const last = networks.decoder.layers.findLast(({ type }) => type !== "reshape" && type !== "flatten");
  const ending = last !== undefined && "activation" in last ? (last.activation ?? "linear") : "linear";
  if (model.likelihood === "bernoulli" && datasetOf(dataset).kind === "points") {
    found.push({
      level: "refused",
      path: "model.likelihood",
      text: "The Bernoulli likelihood is of pixels between black and white. Points take the Gaussian one.",
    });
  }
  if (model.likelihood === "bernoulli" && ending !== "linear") {
    found.push({
      level: "refused",
      path: "networks.decoder.layers",
      text: `With the Bernoulli likelihood the decoder's output is a logit for each pixel, but its last layer ends in ${ending}. Set its activation to linear.`,
    });
  }
  return found;
}

export const vae: ModelInfo<VaeNetwork, VaePlayer, typeof settings, keyof typeof readings> = {
  id: "vae",
  name: "VAE",
  lesson:
    "No game: an encoder maps each sample to a small cloud in latent space, a decoder makes the sample again, and the clouds are kept close to the prior. It never fails to train; where several samples share a code it gives their mean, and that is blur.",
  source: "Kingma and Welling 2014; β: Higgins et al. 2017",
  data: "samples",
  networks: {
    encoder: {
      symbol: "E",
      name: "Encoder",
      role: "discriminator",
      term: "encoder",
      inputSymbol: "x",
      outputs: [
        {
          symbol: "μ, σ",
          role: "discriminator",
          term: "latentCode",
          numbers: [{ reading: "kl", label: "KL" }],
        },
      ],
      input: ({ data }) => data,
      output: ({ latent }) => [2 * latent],
      ends: "free",
    },
    decoder: {
      symbol: "G",
      name: "Decoder",
      role: "generator",
      term: "decoder",
      inputSymbol: "z",
      outputs: [
        {
          symbol: "x̂",
          word: "copies",
          role: "fake",
          term: "copy",
          numbers: [{ reading: "reconstruction", label: "−log p" }],
        },
        { symbol: "G(z)", word: "samples", role: "fake", term: "fake", numbers: [] },
      ],
      input: ({ latent }) => [latent],
      output: ({ data }) => data,
      ends: "data",
    },
  },
  players: {
    autoencoder: {
      symbol: "VAE",
      name: "Encoder and decoder",
      role: "generator",
      updates: ["encoder", "decoder"],
      passes: ({ batchSize }) => [
        { network: "encoder", examples: batchSize, kind: "learned" },
        { network: "decoder", examples: batchSize, kind: "inner" },
      ],
    },
  },
  sampler: "decoder",
  judge: null,
  coder: "encoder",
  settings,
  readings,
  stacks,
  start,
  ofData: ["likelihood", "sigma"],
  conflicts,
};
