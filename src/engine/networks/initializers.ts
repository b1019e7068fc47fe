/** Initial weights, drawn on the host from core/rng so that every backend starts from the same numbers. No tensors. */
import type { InitializerId, LayerType } from "../../core/architecture/layers";
import { type LayerDescription, size, type WeightName, type WeightShape } from "../../core/architecture/shapes";
import { normals, subStream, uniforms } from "../../core/rng";
import { orthonormalize } from "./orthonormal";

/** A kernel as initialisers see it. */
interface Fans {
  /** How many numbers meet in one output and how many outputs one input reaches, strides left out (as Keras counts). */
  readonly fanIn: number;
  readonly fanOut: number;
  /** Fan in as PyTorch counts it: of a transposed convolution, its outputs times the window. */
  readonly torchFanIn: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Whether its last two axes are outputs and inputs, not inputs and outputs. */
  readonly transposed: boolean;
}
type Initializer = (out: Float32Array, fans: Fans, seed: number, stream: number) => void;

const INITIALIZERS = {
  /** U(-l, l) with l = √(6 / (fan in + fan out)): Glorot and Bengio 2010, equation 16. */
  glorot(out, { fanIn, fanOut }, seed, stream) {
    symmetric(out, Math.sqrt(6 / (fanIn + fanOut)), seed, stream);
  },
  /** N(0, 2 / fan in): He et al. 2015, equation 10. */
  he(out, { fanIn }, seed, stream) {
    scaledNormals(out, Math.sqrt(2 / fanIn), seed, stream);
  },
  /** N(0, 0.02²): Radford et al. 2016, section 4. */
  dcgan(out, _fans, seed, stream) {
    scaledNormals(out, 0.02, seed, stream);
  },
  /** U(-1/√fan in, 1/√fan in): what torch.nn's layers start from. */
  pytorch(out, { torchFanIn }, seed, stream) {
    symmetric(out, 1 / Math.sqrt(torchFanIn), seed, stream);
  },
  /** As a matrix [-1, outputs]: orthonormal columns, or rows where there are fewer of those (Saxe et al. 2014; as torch.nn.init). */
  orthogonal(out, { inputs, outputs, transposed }, seed, stream) {
    normals(out, seed, stream, 0);
    const rows = out.length / outputs;
    const matrix = orthonormalize(Float64Array.from(out), rows, outputs);
    for (let row = 0; row < rows; row++) {
      for (let o = 0; o < outputs; o++) {
        const within = row % inputs;
        const at = transposed ? (row - within) * outputs + o * inputs + within : row * outputs + o;
        out[at] = matrix[row * outputs + o] ?? 0;
      }
    }
  },
} satisfies Record<InitializerId, Initializer>;

function symmetric(out: Float32Array, limit: number, seed: number, stream: number): void {
  uniforms(out, seed, stream, 0);
  for (let i = 0; i < out.length; i++) out[i] = limit * (2 * (out[i] ?? 0) - 1);
}

function scaledNormals(out: Float32Array, deviation: number, seed: number, stream: number): void {
  normals(out, seed, stream, 0);
  for (let i = 0; i < out.length; i++) out[i] = deviation * (out[i] ?? 0);
}

/** The part of a layer's sub-stream that its bias is drawn from, where it is drawn. */
const BIAS = 1;
/** Weights that follow the initialiser, and the part that each is drawn from. */
const DRAWN: { readonly [name in WeightName]?: number } = { kernel: 0, query: 2, key: 3, value: 4, projection: 5 };

/**
 * Start values of one weight. Kernels follow the initialiser; gammas are 1, betas and attention's scale 0; embeddings are N(0, 1), as
 * torch.nn's; biases are 0, but with PyTorch's initialiser drawn as their kernel is.
 * @param layer the layer's index, which selects its own sub-stream
 * @param stream the network's own
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
  const { type } = description.spec;
  if (weight.name === "gamma") out.fill(1);
  const part = DRAWN[weight.name];
  if (part !== undefined) INITIALIZERS[initializer](out, fans(type, weight), seed, subStream(stream, layer, part));
  if (weight.name === "embedding") normals(out, seed, subStream(stream, layer), 0);
  const kernel = description.weights.find(({ name }) => name === "kernel");
  if (weight.name === "bias" && initializer === "pytorch" && kernel !== undefined) {
    INITIALIZERS.pytorch(out, fans(type, kernel), seed, subStream(stream, layer, BIAS));
  }
  return out;
}

function fans(type: LayerType, weight: WeightShape): Fans {
  const window = size(weight.shape.slice(0, -2));
  const [second = 1, last = 1] = weight.shape.slice(-2);
  const transposed = type === "conv2dTranspose"; // HWOI
  const [inputs, outputs] = transposed ? [last, second] : [second, last];
  const torchFanIn = window * (transposed ? outputs : inputs);
  return { fanIn: window * inputs, fanOut: window * outputs, torchFanIn, inputs, outputs, transposed };
}
