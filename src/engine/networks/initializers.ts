/** Initial weights, drawn on the host from core/rng so that every backend starts from the same numbers. No tensors. */
import type { InitializerId, LayerType } from "../../core/architecture/layers";
import { type LayerDescription, size, type WeightShape } from "../../core/architecture/shapes";
import { normals, subStream, uniforms } from "../../core/rng";

interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}
type Initializer = (out: Float32Array, fans: Fans, seed: number, stream: number) => void;

const INITIALIZERS = {
  /** U(-l, l) with l = √(6 / (fan in + fan out)): Glorot and Bengio 2010, equation 16. */
  glorot(out, { fanIn, fanOut }, seed, stream) {
    const limit = Math.sqrt(6 / (fanIn + fanOut));
    uniforms(out, seed, stream, 0);
    for (let i = 0; i < out.length; i++) out[i] = limit * (2 * (out[i] ?? 0) - 1);
  },
  /** N(0, 2 / fan in): He et al. 2015, equation 10. */
  he(out, { fanIn }, seed, stream) {
    scaledNormals(out, Math.sqrt(2 / fanIn), seed, stream);
  },
  /** N(0, 0.02²): Radford et al. 2016, section 4. */
  dcgan(out, _fans, seed, stream) {
    scaledNormals(out, 0.02, seed, stream);
  },
} satisfies Record<InitializerId, Initializer>;

function scaledNormals(out: Float32Array, deviation: number, seed: number, stream: number): void {
  normals(out, seed, stream, 0);
  for (let i = 0; i < out.length; i++) out[i] = deviation * (out[i] ?? 0);
}

/**
 * Start values of one weight. Kernels follow the initialiser; biases and betas are 0, gammas 1 (also with "dcgan").
 * @param layer the layer's index, which selects its own sub-stream
 * @param stream STREAMS.initGenerator or STREAMS.initDiscriminator
 */
export function initialValues(
  description: LayerDescription,
  weight: WeightShape,
  layer: number,
  initializer: InitializerId,
  seed: number,
  stream: number,
): Float32Array {
  const out = new Float32Array(size(weight.shape));
  if (weight.name === "gamma") out.fill(1);
  if (weight.name === "kernel") {
    INITIALIZERS[initializer](out, fans(description.spec.type, weight), seed, subStream(stream, layer));
  }
  return out;
}

/** How many numbers meet in one output and how many outputs one input reaches, strides left out (as Keras counts). */
function fans(type: LayerType, weight: WeightShape): Fans {
  const window = size(weight.shape.slice(0, -2));
  const [second = 1, last = 1] = weight.shape.slice(-2);
  const [inputs, outputs] = type === "conv2dTranspose" ? [last, second] : [second, last]; // HWOI
  return { fanIn: window * inputs, fanOut: window * outputs };
}
