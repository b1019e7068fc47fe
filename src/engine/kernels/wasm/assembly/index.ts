/**
 * The entry of the kernel module. Built four times by src/cli/build-kernels.ts: with plain SIMD and with relaxed SIMD's fused multiply-add,
 * for TensorFlow.js's memory and for one that threads share.
 */
export { normalizeColumns, normalizeGradient } from "./batch-norm";
export {
  add, copyRows, divide, eluGradient, fill, leakyGradient, maximum, minimum, multiply, rearrange, subtract,
} from "./binary";
export {
  convolutionFilterColumns, convolutionFilterGradient, convolutionForward, convolutionInputGradient, convolutionScratchBytes, setConvolution,
} from "./convolution";
export {
  absolute, adamStep, adamUpdate, clip, elu, exp, inverseSquareRoot, leakyRelu, negate, relu, repeat, sigmoid, softplus, square, squareRoot, step,
  tanh,
} from "./elementwise";
export { gemm, gemmScratchBytes, setTileRows } from "./gemm";
export { bernoulli, normals, uniforms } from "./random";
export { partialSquares, segmentSum, sumAxis, sumColumns, sumPartials, sumSquares } from "./reductions";
