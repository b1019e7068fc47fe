/** What a layer is to a network: a function of its input and its weights. No state: variables belong to players. */
import type { Tensor } from "@tensorflow/tfjs";
import type { LayerType, SpecOf } from "../../core/architecture/layers";
import type { Shape } from "../../core/architecture/shapes";

/** Mean and (biased) variance of each channel: [channels]. */
export interface Moments {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** How one forward pass treats the layers that are not plain functions. All maps are keyed by layer index. */
export interface Pass {
  /** Dropout's masks [batch, ...shape], already divided by 1 - rate; a layer without one passes its input on. */
  readonly masks?: ReadonlyMap<number, Tensor>;
  /** Batch norm's statistics for evaluation; a layer without them uses those of the batch at hand. */
  readonly moments?: ReadonlyMap<number, Moments>;
  /** What the pass is conditioned on, [batch, size], such as labels one-hot; read by the layers that depend on it. */
  readonly condition?: Tensor;
  /** Is told the statistics of the batch at hand, which live no longer than the surrounding tidy. */
  readonly onMoments?: (layer: number, moments: Moments) => void;
  /** Is told what each layer gives, its activation applied, which lives no longer than the surrounding tidy. */
  readonly onOutput?: (layer: number, output: Tensor) => void;
  /** What goes on in place of what a layer gives, its activation applied; left out: what it gives. */
  readonly alter?: (layer: number, output: Tensor) => Tensor;
}

export interface LayerCall<T extends LayerType> {
  readonly spec: SpecOf<T>;
  readonly index: number;
  /** Shape of one example that goes in or comes out. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** The layer's weights in the order of core/architecture/shapes; kernels already spectrally normalised. */
  readonly weights: readonly Tensor[];
  readonly pass: Pass;
  /** What the layers inside it make of x; x itself for a layer that holds none. */
  readonly inside: (x: Tensor) => Tensor;
}

/** x [batch, ...inputShape] to [batch, ...outputShape], the layer's own activation not yet applied. */
export type Layer<T extends LayerType> = (x: Tensor, call: LayerCall<T>) => Tensor;

/** What the pass is conditioned on. @throws Error when the model gave nothing */
export function conditionOf({ pass, spec }: LayerCall<LayerType>): Tensor {
  if (pass.condition === undefined)
    throw new Error(`A pass through a layer ${spec.type} lacks its condition; this is a bug.`);
  return pass.condition;
}

/** The i-th weight. @throws Error when the network was built wrongly. */
export function weight(call: { readonly weights: readonly Tensor[] }, i: number): Tensor {
  const tensor = call.weights[i];
  if (tensor === undefined) throw new Error(`A layer lacks its weight number ${i}; this is a bug.`);
  return tensor;
}
