/**
 * TensorFlow.js's gradients, mended once for all backends, so that gradients of gradients (WGAN-GP, R1, DRAGAN) are right.
 * Not kernels: everything here is composed of TensorFlow.js operations.
 *
 * Causes, all in tfjs-core 4.22 (engine.ts, gradients/*.ts):
 * 1. A gradient that saves its operation's OUTPUT is silently wrong to second order. `runKernelFunc` clones what is saved onto the tape
 *    before it adds the operation itself, so on the way back the clone's gradient arrives after its producer was already passed.
 *    Cure: while a tape records the gradient itself, the output is computed again from the saved input.
 * 2. Comparisons have no gradient, and those that use one as a mask throw to second order. Cure: theirs is zero.
 * 3. The gradients of pooling and resizing are kernels without a gradient. They are linear in dy: theirs is the operation again.
 * This can go when upstream saves outputs after the tape node; the project has had no release since 2024.
 */
import * as tf from "@tensorflow/tfjs";

type Tensor4 = tf.Tensor4D;
type Gradients = Record<string, () => tf.Tensor>;

interface MendedGradient {
  readonly kernelName: string;
  readonly inputsToSave?: string[];
  readonly outputsToSave?: boolean[];
  readonly gradFunc: (dy: tf.Tensor, saved: tf.Tensor[], attrs: tf.NamedAttrMap) => Gradients;
}

/** True while an outer tape records, so that what is computed now may itself be differentiated. */
const isRecorded = (): boolean => tf.engine().state.gradientDepth > 0;

/** Cause 1. `derivative` gets the output y as a function of x where that matters, and the saved one (free) where it does not. */
function ofOutput(
  kernelName: string,
  input: string,
  derivative: (dy: tf.Tensor, y: tf.Tensor, attrs: tf.NamedAttrMap) => tf.Tensor,
): MendedGradient {
  return {
    kernelName,
    inputsToSave: [input],
    outputsToSave: [true],
    gradFunc: (dy, saved, attrs) => ({
      [input]: () => {
        const [x, y] = pair(saved);
        return derivative(dy, isRecorded() ? run(kernelName, { [input]: x }, attrs) : y, attrs);
      },
    }),
  };
}

/** A gradient dy·f'(x) that saves the input only. */
function ofInput(
  kernelName: string,
  derivative: (dy: tf.Tensor, x: tf.Tensor, attrs: tf.NamedAttrMap) => tf.Tensor,
): MendedGradient {
  return {
    kernelName,
    inputsToSave: ["x"],
    gradFunc: (dy, saved, attrs) => ({ x: () => derivative(dy, first(saved), attrs) }),
  };
}

/** Cause 2. */
function zero(kernelName: string, inputs: string[]): MendedGradient {
  return {
    kernelName,
    inputsToSave: inputs,
    gradFunc: (_dy, saved) =>
      Object.fromEntries(inputs.map((name, i) => [name, () => tf.zeros(saved[i]?.shape ?? [])])),
  };
}

// Klambauer et al. 2017, "Self-Normalizing Neural Networks", eq. 14.
const SELU_ALPHA = 1.6732632423543772;
const SELU_LAMBDA = 1.0507009873554805;

const activations: MendedGradient[] = [
  // dy(1 - y²) and dy·y(1 - y), without a tensor for the constant 1.
  ofOutput("Tanh", "x", (dy, y) => tf.sub(dy, tf.mul(dy, tf.square(y)))),
  ofOutput("Sigmoid", "x", (dy, y) => tf.mul(dy, tf.sub(y, tf.square(y)))),
  ofOutput("Exp", "x", (dy, y) => tf.mul(dy, y)),
  ofOutput("Softmax", "logits", (dy, y, attrs) => {
    const weighted = tf.mul(dy, y);
    return tf.sub(weighted, tf.mul(tf.sum(weighted, [Number(attrs.dim)], true), y));
  }),
  {
    kernelName: "Elu",
    inputsToSave: ["x"],
    outputsToSave: [true],
    gradFunc: (dy, saved) => ({
      x: () => {
        const [x, y] = pair(saved);
        // e^min(x, 0) is 1 for positive x. The stock kernel EluGrad has no gradient of its own.
        return isRecorded() ? tf.mul(dy, tf.exp(tf.minimum(x, 0))) : run("EluGrad", { dy, y }, {});
      },
    }),
  },
  // step(x, a) is 1 for positive x and a otherwise. Stock goes through a comparison and `where`: cause 2, and twice the work.
  ofInput("LeakyRelu", (dy, x, attrs) => tf.mul(dy, tf.step(x, Number(attrs.alpha)))),
  // Stock raises x to the power 3/2, element by element, in the library's pow: -½·x^(-3/2) is a product of roots.
  ofInput("Rsqrt", (dy, x) => {
    const root = tf.rsqrt(x);
    return tf.mul(dy, tf.mul(tf.mul(root, tf.square(root)), -0.5));
  }),
  ofInput("Relu6", (dy, x) => tf.mul(dy, tf.sub(tf.step(x), tf.step(tf.sub(x, 6))))),
  // One expression for both branches, in which no branch can overflow: λ·α·e^x or λ (Klambauer et al. 2017, eq. 2).
  ofInput("Selu", (dy, x) => tf.mul(dy, tf.mul(tf.step(x, SELU_ALPHA), tf.mul(tf.exp(tf.minimum(x, 0)), SELU_LAMBDA)))),
  {
    kernelName: "Prelu",
    inputsToSave: ["x", "alpha"],
    gradFunc: (dy, saved) => {
      const [x, alpha] = pair(saved);
      return {
        // d/dx is 1 or alpha; d/dalpha is min(x, 0).
        x: () => tf.mul(dy, tf.add(alpha, tf.mul(tf.step(x), tf.sub(1, alpha)))),
        alpha: () => sumTo(tf.mul(dy, tf.minimum(x, 0)), alpha.shape),
      };
    },
  },
  // The subgradient at zero is zero, as everywhere else; stock has -1 there.
  ofInput("Abs", (dy, x) => tf.mul(dy, tf.sign(x))),
];

/** Larger and smaller of two: stock forgets to sum over broadcast axes, besides cause 2. Ties go to `a`. */
function ofExtremum(kernelName: "Maximum" | "Minimum"): MendedGradient {
  return {
    kernelName,
    inputsToSave: ["a", "b"],
    gradFunc: (dy, saved) => {
      const [a, b] = pair(saved);
      const bWins = (): tf.Tensor => (kernelName === "Maximum" ? tf.step(tf.sub(b, a)) : tf.step(tf.sub(a, b)));
      return {
        a: () => sumTo(tf.mul(dy, tf.sub(1, bWins())), a.shape),
        b: () => sumTo(tf.mul(dy, bWins()), b.shape),
      };
    },
  };
}

const elementwise: MendedGradient[] = [
  ofExtremum("Maximum"),
  ofExtremum("Minimum"),
  {
    kernelName: "Pow",
    inputsToSave: ["a", "b"],
    gradFunc: (dy, saved) => {
      const [a, b] = pair(saved);
      return {
        a: () => sumTo(tf.mul(dy, tf.mul(b, tf.pow(a, tf.sub(b, 1)))), a.shape),
        // 0^b does not move with b, so its logarithm counts as zero; cause 1 for the power itself.
        b: () =>
          sumTo(tf.mul(dy, tf.mul(tf.pow(a, b), tf.log(tf.where(tf.greater(a, 0), a, tf.onesLike(a))))), b.shape),
      };
    },
  },
  ...["Equal", "NotEqual", "Greater", "GreaterEqual", "Less", "LessEqual", "LogicalAnd", "LogicalOr"].map((name) =>
    zero(name, ["a", "b"]),
  ),
  zero("LogicalNot", ["x"]),
];

/** Right upstream, but at a price: a tensor of ones made in JavaScript per sum, and one slice and one addition per repeat of a tile. */
const reductions: MendedGradient[] = [
  ofReduction("Sum"),
  ofReduction("Mean"),
  {
    kernelName: "Tile",
    inputsToSave: ["x"],
    gradFunc: (dy, saved, attrs) => ({
      x: () => {
        const { shape } = first(saved);
        let sum = dy;
        for (const [axis, times] of (attrs.reps as number[]).entries()) {
          if (times === 1) continue;
          // [..., times, length, ...]: all the axes before, the repeats, and the rest of one repeat.
          const outer = tf.util.sizeFromShape(shape.slice(0, axis));
          sum = tf.sum(tf.reshape(sum, [outer, times, sum.size / (outer * times)]), 1);
        }
        return tf.reshape(sum, shape);
      },
    }),
  },
];

function ofReduction(kernelName: "Sum" | "Mean"): MendedGradient {
  return {
    kernelName,
    inputsToSave: ["x"],
    gradFunc: (dy, saved, attrs) => ({
      x: () => {
        const { shape } = first(saved);
        const axis = attrs.axis as number | number[] | null | undefined;
        const axes = tf.util.parseAxisParam(axis ?? shape.map((_, i) => i), shape);
        const kept = shape.map((length, i) => (axes.includes(i) ? 1 : length));
        const count = axes.reduce((product, i) => product * (shape[i] ?? 1), 1);
        // Divided while it is still small.
        const share = kernelName === "Mean" ? tf.div(dy, count) : dy;
        return tf.broadcastTo(tf.reshape(share, kept), shape);
      },
    }),
  };
}

const convolutions: MendedGradient[] = [
  {
    // Stock has none, so a penalty on a convolution's filter gradient throws. It is linear in x and in dy.
    kernelName: "Conv2DBackpropFilter",
    inputsToSave: ["x", "dy"],
    gradFunc: (ddw, saved, attrs) => {
      const [x, dy] = pair(saved);
      const { strides, pad, dataFormat, dimRoundingMode } = attrs;
      const shared = { strides, pad, dataFormat, dimRoundingMode } as tf.NamedAttrMap;
      return {
        x: () => run("Conv2DBackpropInput", { dy, filter: ddw }, { ...shared, inputShape: x.shape }),
        dy: () => run("Conv2D", { x, filter: ddw }, { ...shared, dilations: [1, 1] }),
      };
    },
  },
];

const resizingAndPooling: MendedGradient[] = [
  {
    kernelName: "ResizeNearestNeighbor",
    inputsToSave: ["images"],
    gradFunc: (dy, saved, attrs) => ({
      images: () => {
        const images = first(saved);
        const [, height = 0, width = 0] = images.shape;
        const [, newHeight = 0, newWidth = 0] = dy.shape;
        const whole = newHeight % height === 0 && newWidth % width === 0 && attrs.alignCorners !== true;
        // A whole factor repeats every pixel: its gradient is a sum over the repeats, right for any batch on any backend.
        // (The cpu kernel ResizeNearestNeighborGrad is wrong for batches above one.)
        if (whole) return sumRepeats(dy, newHeight / height, newWidth / width);
        return run("ResizeNearestNeighborGrad", { dy, images }, attrs);
      },
    }),
  },
  ofResizeGradient("ResizeNearestNeighborGrad", "ResizeNearestNeighbor"),
  ofResizeGradient("ResizeBilinearGrad", "ResizeBilinear"),
  {
    kernelName: "AvgPoolGrad",
    inputsToSave: ["input"],
    gradFunc: (ddx, saved, attrs) => ({
      dy: () => run("AvgPool", { x: ddx }, attrs),
      input: () => tf.zeros(first(saved).shape),
    }),
  },
  {
    kernelName: "MaxPoolGrad",
    inputsToSave: ["dy", "input", "output"],
    gradFunc: (ddx, saved, attrs) => {
      const [dy, input, output] = saved;
      if (!dy || !input || !output) throw new Error("MaxPoolGrad was recorded without its inputs.");
      return {
        // dy went to the largest of each window, so what comes back is read there.
        dy: () => {
          const { filterSize, strides, pad } = attrs as unknown as {
            filterSize: [number, number];
            strides: [number, number];
            pad: "same";
          };
          const { indexes } = tf.maxPoolWithArgmax(input as Tensor4, filterSize, strides, pad, true);
          if (!indexes) throw new Error("This backend's max pooling does not say where the maxima are.");
          return tf.reshape(tf.gather(tf.reshape(ddx, [-1]), tf.cast(tf.reshape(indexes, [-1]), "int32")), dy.shape);
        },
        input: () => tf.zeros(input.shape),
        output: () => tf.zeros(output.shape),
      };
    },
  },
];

/** Cause 3: the gradient of a resize is linear in dy, and transposed twice it is the resize. */
function ofResizeGradient(kernelName: string, forward: string): MendedGradient {
  return {
    kernelName,
    inputsToSave: ["dy", "images"],
    gradFunc: (ddx, saved, attrs) => {
      const [dy, images] = pair(saved);
      const { alignCorners = false, halfPixelCenters = false } = attrs;
      const size = dy.shape.slice(1, 3);
      return {
        dy: () => run(forward, { images: ddx }, { alignCorners, halfPixelCenters, size }),
        images: () => tf.zeros(images.shape),
      };
    },
  };
}

/** [batch, height·v, width·h, channels] to [batch, height, width, channels], in tensors of rank 3, which every backend reduces well. */
function sumRepeats(dy: tf.Tensor, vertical: number, horizontal: number): tf.Tensor {
  const [batch = 0, tall = 0, wide = 0, channels = 0] = dy.shape;
  const height = tall / vertical;
  const width = wide / horizontal;
  const rows = tf.sum(tf.reshape(dy, [batch * height, vertical, wide * channels]), 1);
  return tf.reshape(tf.sum(tf.reshape(rows, [batch * height * width, horizontal, channels]), 1), [
    batch,
    height,
    width,
    channels,
  ]);
}

/** Sums over the axes along which `shape` was broadcast. */
function sumTo(x: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, x.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(x, axes) : x, shape);
}

const run = (kernelName: string, inputs: tf.NamedTensorMap, attrs: tf.NamedAttrMap): tf.Tensor =>
  tf.engine().runKernel(kernelName, inputs, attrs) as tf.Tensor;

function first(saved: tf.Tensor[]): tf.Tensor {
  const [x] = saved;
  if (!x) throw new Error("A gradient was called without its saved tensor.");
  return x;
}

function pair(saved: tf.Tensor[]): [tf.Tensor, tf.Tensor] {
  const [x, y] = saved;
  if (!x || !y) throw new Error("A gradient was called without its two saved tensors.");
  return [x, y];
}

let mended = false;

/** Registers the mended gradients. Needs no backend; calling it again does nothing. */
export function mendGradients(): void {
  if (mended) return;
  mended = true;
  for (const gradient of [...activations, ...elementwise, ...reductions, ...convolutions, ...resizingAndPooling]) {
    // Registering over a gradient prints a warning in debug mode.
    if (tf.getGradient(gradient.kernelName)) tf.unregisterGradient(gradient.kernelName);
    tf.registerGradient({
      ...gradient,
      gradFunc: (dy, saved, attrs) => {
        if (Array.isArray(dy)) throw new Error(`${gradient.kernelName} has one output but got several gradients.`);
        return gradient.gradFunc(dy, saved, attrs);
      },
    });
  }
}
