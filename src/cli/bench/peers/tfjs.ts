/** Stock TensorFlow.js, eager, in a process of its own: nothing of our engine is imported, so none of our kernels is registered. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import type { Activation, LayerSpec } from "../../../core/architecture/layers";
import { describeNetwork, size } from "../../../core/architecture/shapes";
import { openWebGpu } from "../../webgpu-node";
import { servePeer } from "../peer-protocol";
import { peerArguments, warmUpSteps } from "./arguments";
import { meterGpu } from "./gpu-meter";

const { work, backend } = peerArguments();
const { config, dataShape } = work;
const penalty = config.model.penalties.wganGp;

/** leakyRelu has no second derivative in TensorFlow.js 4.22; two relus have. Where none is needed, the single operation stands. */
const leakyRelu = (x: tf.Tensor, alpha: number): tf.Tensor =>
  penalty > 0 ? tf.sub(tf.relu(x), tf.mul(tf.relu(tf.neg(x)), alpha)) : tf.leakyRelu(x, alpha);

const ACTIVATE: Partial<Record<Activation, (x: tf.Tensor, alpha: number) => tf.Tensor>> = {
  linear: (x) => x,
  leakyRelu,
  relu: (x) => tf.relu(x),
  tanh: (x) => tf.tanh(x),
};

/** A layer on a batch with its weights, in shapes' order. */
function layer(
  spec: LayerSpec,
  x: tf.Tensor,
  weights: readonly tf.Tensor[],
  outputShape: readonly number[],
): tf.Tensor {
  const [first, second] = weights;
  const biased = (y: tf.Tensor) => (second === undefined ? y : tf.add(y, second));
  switch (spec.type) {
    case "dense":
      return biased(tf.matMul(x, first as tf.Tensor2D));
    case "conv2d":
      return biased(tf.conv2d(x as tf.Tensor4D, first as tf.Tensor4D, spec.strides, "same"));
    case "conv2dTranspose": {
      const shape = [x.shape[0] ?? 0, ...outputShape] as [number, number, number, number];
      return biased(tf.conv2dTranspose(x as tf.Tensor4D, first as tf.Tensor4D, shape, spec.strides, "same"));
    }
    case "batchNorm": {
      const axes = x.shape.map((_, i) => i).slice(0, -1);
      const { mean, variance } = tf.moments(x, axes);
      return tf.batchNorm(
        x as tf.Tensor2D,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        second as tf.Tensor1D,
        first as tf.Tensor1D,
        1e-5,
      );
    }
    case "reshape":
    case "flatten":
      return tf.reshape(x, [x.shape[0] ?? 0, ...outputShape]);
    default:
      throw new Error(`this peer has no layer "${spec.type}"`);
  }
}

/** A network's variables, and the network as a function. */
function build(layers: readonly LayerSpec[], inputShape: readonly number[]) {
  const network = describeNetwork(layers, inputShape);
  if ("error" in network) throw new Error(network.error);
  const built = network.layers.map(({ spec, outputShape, weights }) => ({
    spec,
    outputShape,
    weights: weights.map(({ name, shape }) => {
      const deviation = 1 / Math.sqrt(size(shape.slice(0, -1)));
      const start = { kernel: () => tf.randomNormal([...shape], 0, deviation), gamma: () => tf.ones([...shape]) };
      return tf.variable(name === "kernel" || name === "gamma" ? start[name]() : tf.zeros([...shape]));
    }),
  }));
  return {
    variables: built.flatMap(({ weights }) => weights),
    apply(input: tf.Tensor): tf.Tensor {
      let x = input;
      for (const { spec, outputShape, weights } of built) {
        x = layer(spec, x, weights, outputShape);
        const name = ("activation" in spec ? spec.activation : undefined) ?? "linear";
        const activate = ACTIVATE[name];
        if (activate === undefined) throw new Error(`this peer has no activation "${name}"`);
        x = activate(x, ("alpha" in spec ? spec.alpha : undefined) ?? 0.2);
      }
      return x;
    },
  };
}

/** tf.train.adam with the work's numbers. */
function adam(optimizer: typeof config.players.generator.optimizer): tf.Optimizer {
  if (optimizer.type !== "adam") throw new Error("this peer has Adam only");
  return tf.train.adam(optimizer.learningRate, optimizer.beta1, optimizer.beta2, optimizer.epsilon);
}

await servePeer(async () => {
  const gpu = backend === "webgpu" ? await openWebGpu() : undefined;
  if (backend === "webgpu" && gpu === undefined) throw new Error("there is no WebGPU adapter here");
  const meter = gpu === undefined ? undefined : meterGpu();
  if (gpu !== undefined) await import("@tensorflow/tfjs-backend-webgpu");
  const package_ = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json");
  setWasmPaths(join(dirname(package_), "dist", "/"));
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js could not start "${backend}"`);
  await tf.ready();

  const { batchSize, latent } = config;
  const generator = build(config.networks.generator.layers, [latent.size]);
  const discriminator = build(config.networks.discriminator.layers, dataShape);
  const optimizers = { g: adam(config.players.generator.optimizer), d: adam(config.players.discriminator.optimizer) };
  const reals = tf.keep(tf.randomNormal([batchSize, ...dataShape]));
  const makeFakes = () => generator.apply(tf.randomNormal([batchSize, latent.size]));
  const wasserstein = config.model.loss === "wasserstein";

  const loss = {
    d(fakes: tf.Tensor): tf.Scalar {
      const a = discriminator.apply(reals);
      const b = discriminator.apply(fakes);
      if (!wasserstein) return tf.add(tf.mean(tf.softplus(tf.neg(a))), tf.mean(tf.softplus(b)));
      const share = tf.randomUniform([batchSize, ...dataShape.map(() => 1)]);
      const between = tf.add(tf.mul(share, reals), tf.mul(tf.sub(1, share), fakes));
      const slopes = tf.grad((x) => tf.sum(discriminator.apply(x)))(between);
      const norms = tf.sqrt(tf.add(tf.sum(tf.square(tf.reshape(slopes, [batchSize, -1])), 1), 1e-12));
      return tf.add(tf.sub(tf.mean(b), tf.mean(a)), tf.mul(tf.mean(tf.square(tf.sub(norms, 1))), penalty));
    },
    g(): tf.Scalar {
      const b = discriminator.apply(makeFakes());
      return wasserstein ? tf.neg(tf.mean(b)) : tf.mean(tf.softplus(tf.neg(b)));
    },
  };

  let last: tf.Tensor | undefined;
  return {
    info: {
      threads: backend === "webgpu" ? null : 1, // in Node TensorFlow.js loads its build without threads
      adapter: gpu === undefined ? null : ((await gpu.requestAdapter())?.info.description ?? null),
      execution: null,
      threadChoice: false,
      note: penalty > 0 ? "leaky ReLU as two relus: the stock one has no second derivative" : "",
    },
    step() {
      last?.dispose();
      last = tf.tidy(() => {
        const fakes = makeFakes();
        const d = optimizers.d.minimize(() => loss.d(fakes), true, discriminator.variables);
        const g = optimizers.g.minimize(loss.g, true, generator.variables);
        if (d === null || g === null) throw new Error("TensorFlow.js returned no loss");
        return tf.stack([d, g]);
      });
    },
    async settle() {
      await last?.data();
      await generator.variables[0]?.data(); // Adam's last update, too
    },
    ...(meter === undefined ? {} : { gpu: meter }),
  };
}, warmUpSteps(backend));
