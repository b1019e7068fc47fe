/**
 * The variational autoencoder (Kingma and Welling 2014, section 3 and appendix B): the negative evidence lower bound, with the divergence
 * from the prior weighted by β, by one draw of each latent. One player updates both networks.
 */
import * as tf from "@tensorflow/tfjs";
import { readingsOf } from "../../core/models/readings-of";
import { type VaeConfig, type VaeNetwork, type VaePlayer, vae as words } from "../../core/models/vae";
import { STREAMS, subStream } from "../../core/rng";
import { dropoutMasks, gaussian, type Masks, reals } from "../feeds";
import type { Model, ModelPlayer, Table } from "./types";

interface VaeFeed {
  readonly real: tf.Tensor; // [batch, ...shape]
  /** What the codes are drawn with, standard normal [batch, latent]. */
  readonly noise: tf.Tensor;
  readonly masks: Readonly<Record<VaeNetwork, Masks>>;
}

/** Where in latent space samples may lie: mean and logarithm of the variance, each [n, latent], from the encoder's output. */
export function codesOf(output: tf.Tensor): { readonly mean: tf.Tensor; readonly logVariance: tf.Tensor } {
  const size = (output.shape[1] ?? 2) / 2;
  const [mean = output, logVariance = output] = tf.split(output, [size, size], 1);
  return { mean, logVariance };
}

/** The decoder's output in data units: with the Bernoulli likelihood its logits as brightness, -1 to 1. */
export const shownBy = ({ model }: Pick<VaeConfig, "model">, output: tf.Tensor): tf.Tensor =>
  model.likelihood === "bernoulli" ? tf.tanh(tf.div(output, 2)) : output;

const autoencoder: ModelPlayer<VaeNetwork, VaeFeed, VaeConfig> = {
  updates: ["encoder", "decoder"],
  readings: readingsOf(words, "autoencoder"),
  gradientNorm: "gradNorm",
  feed(context, k) {
    const { config, networks } = context;
    const { batchSize, latent } = config;
    const masks = (name: VaeNetwork, stream: number) =>
      dropoutMasks(context, networks[name].network, batchSize, stream, k, 0);
    return {
      real: reals(context, k),
      noise: gaussian(context, [batchSize, latent.size], subStream(STREAMS.latentD, k), (inputs) => inputs.z),
      masks: { encoder: masks("encoder", STREAMS.dropoutD), decoder: masks("decoder", STREAMS.dropoutG) },
    };
  },
  objective(table, { real, noise, masks }) {
    const { mean, logVariance } = codesOf(table.apply("encoder", real, { masks: masks.encoder }).output);
    const z = tf.add(mean, tf.mul(tf.exp(tf.div(logVariance, 2)), noise));
    const output = table.apply("decoder", z, { masks: masks.decoder }).output;
    const reconstruction = unlikelihood(table, real, output);
    const kl = divergence(mean, logVariance);
    const { beta } = table.config.model;
    const loss: tf.Scalar = tf.add(reconstruction, tf.mul(kl, beta));
    return { loss, readings: { loss, reconstruction, kl } };
  },
};

/** Mean over the batch of the sum over all numbers of an example. */
const meanOfSums = (x: tf.Tensor): tf.Scalar => tf.mean(tf.sum(tf.reshape(x, [x.shape[0] ?? 1, -1]), 1));

/** Mean −log p(x | z) in nats, constants included. */
function unlikelihood({ config }: Table<VaeNetwork, VaeConfig>, real: tf.Tensor, output: tf.Tensor): tf.Scalar {
  const { likelihood, sigma } = config.model;
  if (likelihood === "bernoulli") {
    // Brightness t of 0 to 1 with logit l: −t log s(l) − (1 − t) log(1 − s(l)) = softplus(l) − t l.
    const target = tf.add(tf.mul(real, 0.5), 0.5);
    return meanOfSums(tf.sub(tf.softplus(output), tf.mul(target, output)));
  }
  const numbers = real.size / (real.shape[0] ?? 1);
  const constant = numbers * (Math.log(sigma) + Math.log(2 * Math.PI) / 2);
  return tf.add(tf.mul(meanOfSums(tf.square(tf.sub(real, output))), 1 / (2 * sigma * sigma)), constant);
}

/** Mean divergence KL(N(mean, variance) ‖ N(0, 1)) in nats (their appendix B). */
const divergence = (mean: tf.Tensor, logVariance: tf.Tensor): tf.Scalar =>
  tf.mul(meanOfSums(tf.sub(tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), 1), logVariance)), 0.5);

export const vae: Model<VaeNetwork, VaePlayer, VaeConfig> = {
  networks: {
    encoder: { stream: STREAMS.initDiscriminator },
    decoder: {
      stream: STREAMS.initGenerator,
      shown: ({ model }, output) => (model.type === "vae" ? shownBy({ model }, output) : output),
    },
  },
  players: { autoencoder },
  codes: (output) => codesOf(output).mean,
};
