/** A network as a function of its weights and its input, built from layer specs with plain TensorFlow.js operations. */
import type * as tf from "@tensorflow/tfjs";
import { LAYER_TABLE } from "../../core/architecture/layer-table";
import { DEFAULT_ALPHA, type LayerSpec, type LayerType } from "../../core/architecture/layers";
import {
  describeNetwork,
  flatLayers,
  type LayerDescription,
  type Shape,
  type WeightShape,
} from "../../core/architecture/shapes";
import { ACTIVATION_FUNCTIONS } from "../activations";
import { LAYERS, type Pass } from "../layers";
import type { LayerCall } from "../layers/types";

/** Where a weight lives in the flat list that forward passes take. */
export interface WeightInfo extends WeightShape {
  /** Its layer's place in the network's list. */
  readonly layer: number;
  /** "<layer's path>/<the weight's name>", the fixtures' and snapshots' name: "3/kernel", and inside layer 3 "3/0/kernel". */
  readonly key: string;
}

export interface Network {
  /** With those inside others, each before its own: masks, statistics and weights know a layer by its place here. */
  readonly layers: readonly LayerDescription[];
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** All weights, layer by layer; `forward` takes tensors in this order. */
  readonly weights: readonly WeightInfo[];
  /** Indices of the layers that keep moving statistics, and their channel counts. */
  readonly normalized: readonly { readonly layer: number; readonly channels: number }[];
  /** Whether an example's output depends on the rest of its batch. */
  readonly mixesBatch: boolean;
  /**
   * @param weights tensors in the order of `weights`, kernels already spectrally normalised (spectral-norm.ts)
   * @param x [batch, ...inputShape]
   * @returns output [batch, ...outputShape] and features, the input of the last layer that has a kernel
   */
  forward(weights: readonly tf.Tensor[], x: tf.Tensor, pass: Pass): { output: tf.Tensor; features: tf.Tensor };
}

/**
 * @param condition how many numbers its passes are conditioned on; 0 for none
 * @throws Error with the sentence of the first layer that does not fit
 */
export function buildNetwork(specs: readonly LayerSpec[], inputShape: Shape, condition = 0): Network {
  const described = describeNetwork(specs, inputShape, condition);
  if ("error" in described) throw new Error(described.error);
  const { layers: top, outputShape } = described;
  const layers = flatLayers(top);
  const places = new Map(layers.map((layer, index) => [layer, index]));
  const weights: WeightInfo[] = [];
  const firsts: number[] = []; // where each layer's weights begin
  for (const [layer, { path, weights: own }] of layers.entries()) {
    firsts.push(weights.length);
    for (const weight of own) weights.push({ ...weight, layer, key: `${path}/${weight.name}` });
  }
  const lastKernel = top.findLast((layer) => flatLayers([layer]).some(hasKernel));

  const through = (layer: LayerDescription, tensors: readonly tf.Tensor[], x: tf.Tensor, pass: Pass): tf.Tensor => {
    const { spec, inputShape, outputShape, weights: own } = layer;
    const index = places.get(layer) ?? 0;
    const first = firsts[index] ?? 0;
    const inside = (y: tf.Tensor) => layer.inside.reduce((made, inner) => through(inner, tensors, made, pass), y);
    const call = { index, inputShape, outputShape, weights: tensors.slice(first, first + own.length), pass, inside };
    const y = activate(spec, applyLayer(spec.type, x, spec, call));
    pass.onOutput?.(index, y);
    return pass.alter?.(index, y) ?? y;
  };

  return {
    layers,
    inputShape,
    outputShape,
    weights,
    normalized: layers.flatMap((description, layer) =>
      LAYER_TABLE[description.spec.type].keepsMoments ? [{ layer, channels: description.inputShape.at(-1) ?? 0 }] : [],
    ),
    mixesBatch: layers.some(({ spec }) => LAYER_TABLE[spec.type].mixesBatch),
    forward(tensors, x, pass) {
      let features = x;
      let y = x;
      for (const layer of top) {
        if (layer === lastKernel) features = y;
        y = through(layer, tensors, y, pass);
      }
      return { output: y, features };
    },
  };
}

const hasKernel = ({ weights }: LayerDescription) => weights.some(({ name }) => name === "kernel");

type SpecMap = { [T in LayerType]: LayerCall<T>["spec"] };

function applyLayer<T extends LayerType>(type: T, x: tf.Tensor, spec: SpecMap[T], call: Omit<LayerCall<T>, "spec">) {
  return LAYERS[type](x, { ...call, spec });
}

function activate(spec: LayerSpec, x: tf.Tensor): tf.Tensor {
  if (!("activation" in spec) || spec.activation === undefined) return x;
  return ACTIVATION_FUNCTIONS[spec.activation](x, spec.alpha ?? DEFAULT_ALPHA);
}
