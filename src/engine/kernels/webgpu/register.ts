/**
 * Puts our WebGPU matrix products and convolutions in the place of TensorFlow.js's on the backend "webgpu", for whatever runs eagerly. The
 * kernels are in the neighbouring files; replay uses them without this.
 */
import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { convolution, convolutionFilterGradient, convolutionInputGradient } from "./convolution";
import { type Driver, driverOf } from "./driver";
import { runPlan } from "./eager";
import { gemm } from "./gemm";
import type { ConvolutionShape } from "./matrices";
import type { Product } from "./product";
import { productPlan } from "./product-plan";
import type { GpuPlan } from "./program";

type Shape4D = [number, number, number, number];

/** What a call needs: a plan on some inputs. */
interface Work {
  readonly plan: GpuPlan;
  readonly inputs: readonly tf.TensorInfo[];
  readonly shape: number[];
}

interface WebGpuKernel {
  /** TensorFlow.js's kernel name. */
  readonly name: string;
  /** Why it stands in for the stock kernel. */
  readonly why: string;
  /** undefined hands the call back to the stock kernel. */
  plan(inputs: tf.NamedTensorInfoMap, attrs: tf.NamedAttrMap, driver: Driver): Work | undefined;
}

/** Every kernel we register. */
export const WEBGPU_KERNELS: readonly WebGpuKernel[] = [
  {
    name: "BatchMatMul",
    why: "stock adds the parts of a long product with atomics, so the same input gives other bits every time",
    plan: ({ a, b }, attrs, driver) => product(a, b, attrs.transposeA === true, attrs.transposeB === true, driver),
  },
  {
    name: "Conv2D",
    why: "the same function as its gradients below",
    plan({ x, filter }, attrs, driver) {
      if (!x || !filter) return undefined;
      const shape = geometry(x.shape, filter.shape, attrs);
      return (
        shape &&
        convolve(
          convolution(shape),
          [x, filter],
          [shape.batch, shape.outHeight, shape.outWidth, shape.outChannels],
          driver,
        )
      );
    },
  },
  {
    name: "Conv2DBackpropInput",
    why: "stock multiplies by the zeros between the pixels of a strided gradient",
    plan({ dy, filter }, attrs, driver) {
      const inputShape = attrs.inputShape as Shape4D | undefined;
      if (!dy || !filter || !inputShape) return undefined;
      const shape = geometry(inputShape, filter.shape, attrs);
      return shape && convolve(convolutionInputGradient(shape), [dy, filter], inputShape, driver);
    },
  },
  {
    name: "Conv2DBackpropFilter",
    why: "stock has one thread per weight, which goes through the whole minibatch",
    plan({ x, dy }, attrs, driver) {
      const filterShape = attrs.filterShape as Shape4D | undefined;
      if (!x || !dy || !filterShape) return undefined;
      const shape = geometry(x.shape, filterShape, attrs);
      return shape && convolve(convolutionFilterGradient(shape), [x, dy], filterShape, driver);
    },
  },
];

/** op(a)[..., m, k] · op(b)[..., k, n]; leading axes equal, or none on one side. */
function product(
  a: tf.TensorInfo | undefined,
  b: tf.TensorInfo | undefined,
  transposeA: boolean,
  transposeB: boolean,
  driver: Driver,
): Work | undefined {
  if (!a || !b || !areFloats(a, b)) return undefined;
  const [rowsA = 0, columnsA = 0] = a.shape.slice(-2);
  const [rowsB = 0, columnsB = 0] = b.shape.slice(-2);
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [kOfB, n] = transposeB ? [columnsB, rowsB] : [rowsB, columnsB];
  const [leadA, leadB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [batchA, batchB] = [tf.util.sizeFromShape(leadA), tf.util.sizeFromShape(leadB)];
  const fits = batchA === 1 || batchB === 1 || leadA.join() === leadB.join();
  const batch = Math.max(batchA, batchB);
  // The stock kernel knows what to do with nothing, and how to say what does not fit.
  if (!fits || k !== kOfB || batchA * batchB * m * n * k === 0) return undefined;
  const shared = batch === 1 || batchA === batchB ? undefined : batchA === 1 ? "a" : "b";
  const own = gemm({ m, n, k, transposeA, transposeB, batch, ...(shared ? { shared } : {}) });
  const plan = productPlan(own, driver);
  return { plan, inputs: [a, b], shape: [...tf.broadcast_util.assertAndGetBroadcastShape(leadA, leadB), m, n] };
}

function convolve(own: Product, inputs: readonly tf.TensorInfo[], result: number[], driver: Driver): Work | undefined {
  const isEmpty = [...inputs.map((tensor) => tensor.shape), result].some((s) => tf.util.sizeFromShape(s) === 0);
  return areFloats(...inputs) && !isEmpty ? { plan: productPlan(own, driver), inputs, shape: result } : undefined;
}

const areFloats = (...tensors: readonly tf.TensorInfo[]): boolean => tensors.every(({ dtype }) => dtype === "float32");

/** Sizes and padding by TensorFlow.js's own rules; undefined for what our kernels do not do. */
function geometry(image: number[], filter: number[], attrs: tf.NamedAttrMap): ConvolutionShape | undefined {
  const {
    strides,
    pad,
    dataFormat,
    dilations = 1,
    dimRoundingMode,
  } = attrs as unknown as {
    strides: [number, number] | number;
    pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
    dataFormat: string;
    dilations?: [number, number] | number;
    dimRoundingMode?: "floor" | "round" | "ceil";
  };
  if (dataFormat !== "NHWC") return undefined;
  const info = tf.backend_util.computeConv2DInfo(
    image as Shape4D,
    filter as Shape4D,
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
  if (info.dilationHeight !== 1 || info.dilationWidth !== 1) return undefined;
  return { ...info, batch: info.batchSize, padTop: info.padInfo.top, padLeft: info.padInfo.left };
}

/** Workgroups in one dimension that every device allows. */
const MAX_GROUPS = 65535;

const fitsDevice = (plan: GpuPlan): boolean =>
  plan.passes.every(({ program }) => program.workgroups.every((count) => count <= MAX_GROUPS));

let registered = false;

/** Registers the kernels; to be called when the backend "webgpu" has started. Calling it again does nothing. */
export function registerWebGpuKernels(): void {
  if (registered) return;
  registered = true;
  for (const kernel of WEBGPU_KERNELS) {
    const stock = tf.getKernel(kernel.name, "webgpu") as tf.KernelConfig;
    tf.unregisterKernel(kernel.name, "webgpu"); // registering over it would print a warning
    tf.registerKernel({
      ...stock,
      kernelFunc: (call) => {
        const { device } = call.backend as WebGPUBackend;
        const work = kernel.plan(call.inputs, call.attrs ?? {}, driverOf(device));
        if (!work || !fitsDevice(work.plan)) return stock.kernelFunc(call);
        const batchSize = tf.env().getNumber("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE");
        return runPlan(call.backend as WebGPUBackend, work.plan, work.inputs, work.shape, batchSize);
      },
    });
  }
}
