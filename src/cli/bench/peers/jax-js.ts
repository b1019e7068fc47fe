/**
 * jax-js as a process of the benchmark: the whole step compiled by its `jit`. In Node, where its WebAssembly runs on one thread; its pool
 * of workers needs a browser's. Arrays are owned: a use consumes one, `.ref` keeps it.
 */
import {
  type Array as Arr,
  defaultDevice,
  grad,
  init,
  jit,
  lax,
  nn,
  numpy as np,
  random,
  tree,
  valueAndGrad,
} from "@jax-js/jax";
import type { LayerSpec } from "../../../core/architecture/layers";
import { describeNetwork, type LayerDescription, size } from "../../../core/architecture/shapes";
import { openWebGpu } from "../../webgpu-node";
import { servePeer } from "../peer-protocol";
import { peerArguments, warmUpSteps } from "./arguments";
import { meterGpu } from "./gpu-meter";

const { work, backend } = peerArguments();
const { config, dataShape } = work;
const penalty = config.model.penalties.wganGp;
const wasserstein = config.model.loss === "wasserstein";
const BATCH_NORM_EPSILON = 1e-5;

/** Channels first, the only order that jax-js's convolutions know. */
const channelsFirst = ([height = 1, width = 1, channels = 1]: readonly number[]) => [channels, height, width];

function layersOf(layers: readonly LayerSpec[], inputShape: readonly number[]): readonly LayerDescription[] {
  const network = describeNetwork(layers, inputShape);
  if ("error" in network) throw new Error(network.error);
  return network.layers;
}

/** Shapes of a layer's arrays: kernels of convolutions as [out, in, height, width]. */
function weightShapes({ spec, weights }: LayerDescription): readonly { name: string; shape: number[] }[] {
  return weights.map(({ name, shape }) => {
    if (name !== "kernel" || shape.length !== 4) return { name, shape: [...shape] };
    const [height = 1, width = 1, third = 1, fourth = 1] = shape;
    const [inputs, outputs] = spec.type === "conv2d" ? [third, fourth] : [fourth, third];
    return { name, shape: [outputs, inputs, height, width] };
  });
}

function initial(layers: readonly LayerDescription[], seed: number): Arr[] {
  let key = seed;
  return layers.flatMap((layer) =>
    weightShapes(layer).map(({ name, shape }) => {
      if (name === "gamma") return np.ones(shape);
      if (name !== "kernel") return np.zeros(shape);
      key += 1;
      const fanIn = shape.length === 4 ? size(shape.slice(1)) : (shape[0] ?? 1);
      return random.normal(random.key(key), shape).mul(1 / Math.sqrt(fanIn));
    }),
  );
}

/** Consumes the weights and the input. */
function forward(layers: readonly LayerDescription[], weights: readonly Arr[], input: Arr): Arr {
  const rest = [...weights];
  const next = () => {
    const weight = rest.shift();
    if (weight === undefined) throw new Error("a weight is missing; this is a bug");
    return weight;
  };
  let x = input;
  for (const layer of layers) {
    const { spec } = layer;
    const hasBias = layer.weights.some(({ name }) => name === "bias");
    switch (spec.type) {
      case "dense":
        x = np.dot(x, next());
        if (hasBias) x = x.add(next());
        break;
      case "conv2d":
      case "conv2dTranspose": {
        const strides = [spec.strides, spec.strides];
        x =
          spec.type === "conv2d" ? lax.conv(x, next(), strides, "SAME") : lax.convTranspose(x, next(), strides, "SAME");
        if (hasBias) x = x.add(next().reshape([1, spec.filters, 1, 1]));
        break;
      }
      case "batchNorm":
        x = batchNorm(x, next(), next());
        break;
      case "reshape":
        x = x.reshape([config.batchSize, ...channelsFirst(spec.shape)]);
        break;
      case "flatten":
        x = x.reshape([config.batchSize, size(layer.outputShape)]);
        break;
      default:
        throw new Error(`this peer has no layer "${spec.type}"`);
    }
    x = activate(spec, x);
  }
  return x;
}

function activate(spec: LayerSpec, x: Arr): Arr {
  const name = ("activation" in spec ? spec.activation : undefined) ?? "linear";
  switch (name) {
    case "linear":
      return x;
    case "leakyRelu":
      return nn.leakyRelu(x, ("alpha" in spec ? spec.alpha : undefined) ?? 0.2);
    case "relu":
      return nn.relu(x);
    case "tanh":
      return np.tanh(x);
    default:
      throw new Error(`this peer has no activation "${name}"`);
  }
}

function batchNorm(x: Arr, gamma: Arr, beta: Arr): Arr {
  const image = x.shape.length === 4;
  const axis = image ? [0, 2, 3] : [0];
  const shape = x.shape.map((side, i) => (i === 1 ? side : 1));
  const centred = x.ref.sub(x.mean(axis, { keepdims: true }));
  const variance = np.square(centred.ref).mean(axis, { keepdims: true });
  return centred
    .div(np.sqrt(variance.add(BATCH_NORM_EPSILON)))
    .mul(gamma.reshape(shape))
    .add(beta.reshape(shape));
}

function adam(player: "generator" | "discriminator", weights: Arr[], gradients: Arr[], m: Arr[], v: Arr[]) {
  const { optimizer } = config.players[player];
  if (optimizer.type !== "adam") throw new Error("this peer has Adam only");
  const { learningRate, beta1, beta2, epsilon } = optimizer;
  const updated: [Arr[], Arr[], Arr[]] = [[], [], []];
  for (const [i, weight] of weights.entries()) {
    const [gradient, oldM, oldV] = [gradients[i], m[i], v[i]];
    if (gradient === undefined || oldM === undefined || oldV === undefined) throw new Error("this is a bug");
    const newM = oldM.mul(beta1).add(gradient.ref.mul(1 - beta1));
    const newV = oldV.mul(beta2).add(gradient.ref.mul(gradient).mul(1 - beta2));
    updated[0].push(weight.sub(newM.ref.mul(learningRate).div(np.sqrt(newV.ref).add(epsilon))));
    updated[1].push(newM);
    updated[2].push(newV);
  }
  return updated;
}

await servePeer(async () => {
  const gpu = backend === "webgpu" ? await openWebGpu() : undefined;
  const meter = gpu === undefined ? undefined : meterGpu();
  // jax-js asks the browser's name; Node 20 has none.
  if (gpu !== undefined && navigator.userAgent === undefined) Object.assign(navigator, { userAgent: "Node" });
  const device = backend as "wasm" | "webgpu";
  const devices = await init(device);
  if (!devices.includes(device)) throw new Error(`jax-js found no "${backend}" in Node`);
  defaultDevice(device);

  const { batchSize, latent } = config;
  const layersG = layersOf(config.networks.generator.layers, [latent.size]);
  const layersD = layersOf(config.networks.discriminator.layers, dataShape);
  const exampleShape = dataShape.length === 3 ? channelsFirst(dataShape) : [...dataShape];
  const judge = (d: Arr[], x: Arr) => forward(layersD, d, x);
  const lossD = (d: Arr[], reals: Arr, fakes: Arr, share: Arr): Arr => {
    if (!wasserstein) {
      share.dispose();
      return nn
        .softplus(judge(tree.ref(d), reals).mul(-1))
        .mean()
        .add(nn.softplus(judge(d, fakes)).mean());
    }
    const between = share.ref.mul(reals.ref).add(np.array(1).sub(share).mul(fakes.ref));
    const slopes = grad((x: Arr, weights: Arr[]) => judge(weights, x).sum())(between, tree.ref(d)) as Arr;
    const norms = np.sqrt(
      np
        .square(slopes.reshape([batchSize, -1]))
        .sum(1)
        .add(1e-12),
    );
    const term = np.square(norms.sub(1)).mean().mul(penalty);
    return judge(tree.ref(d), fakes).mean().sub(judge(d, reals).mean()).add(term);
  };
  const lossG = (g: Arr[], d: Arr[], z: Arr): Arr => {
    const b = judge(d, forward(layersG, g, z));
    return wasserstein ? b.mean().mul(-1) : nn.softplus(b.mul(-1)).mean();
  };
  const step = jit(
    (g: Arr[], d: Arr[], mg: Arr[], vg: Arr[], md: Arr[], vd: Arr[], reals: Arr, zD: Arr, zG: Arr, share: Arr) => {
      const fakes = forward(layersG, tree.ref(g), zD);
      const [valueD, gradientsD] = valueAndGrad(lossD)(tree.ref(d), reals, fakes, share);
      const [d2, md2, vd2] = adam("discriminator", d, gradientsD as Arr[], md, vd);
      const [valueG, gradientsG] = valueAndGrad(lossG)(tree.ref(g), tree.ref(d2), zG);
      const [g2, mg2, vg2] = adam("generator", g, gradientsG as Arr[], mg, vg);
      return [g2, d2, mg2, vg2, md2, vd2, np.stack([valueD, valueG])] as [
        Arr[],
        Arr[],
        Arr[],
        Arr[],
        Arr[],
        Arr[],
        Arr,
      ];
    },
  );

  const zeros = (weights: Arr[]) => weights.map(({ shape }) => np.zeros(shape));
  let g = initial(layersG, 0);
  let d = initial(layersD, 100);
  let [mg, vg, md, vd] = [zeros(g), zeros(g), zeros(d), zeros(d)];
  const reals = random.normal(random.key(1000), [batchSize, ...exampleShape]);
  let key = 2000;
  let last: Arr | undefined;
  const draw = () => {
    key += 1;
    return random.normal(random.key(key), [batchSize, latent.size]);
  };
  return {
    info: {
      threads: backend === "webgpu" ? null : 1,
      adapter: gpu === undefined ? null : ((await gpu.requestAdapter())?.info.description ?? null),
      execution: "jit",
      threadChoice: false,
      note: "",
    },
    step() {
      key += 1;
      const share = random.uniform(random.key(key), [batchSize, ...exampleShape.map(() => 1)]);
      last?.dispose();
      [g, d, mg, vg, md, vd, last] = step(g, d, mg, vg, md, vd, reals.ref, draw(), draw(), share);
    },
    async settle() {
      await last?.ref.data();
    },
    ...(meter === undefined ? {} : { gpu: meter }),
  };
}, warmUpSteps(backend));
