/** The entry of the kernel module. Built twice by src/cli/build-kernels.ts: with plain SIMD, and with relaxed SIMD's fused multiply-add. */
export {
  add, copyRows, divide, eluGradient, fill, leakyGradient, maximum, minimum, multiply, subtract,
} from "./binary";
export {
  convolutionFilterGradient, convolutionForward, convolutionInputGradient, convolutionScratchBytes, setConvolution,
} from "./convolution";
export {
  absolute, adamStep, adamUpdate, clip, elu, exp, inverseSquareRoot, leakyRelu, negate, relu, repeat, sigmoid, softplus, square, squareRoot, step,
  tanh,
} from "./elementwise";
export { gemm, gemmScratchBytes } from "./gemm";
export { bernoulli, normals, uniforms } from "./random";
export { segmentSum, sumAxis, sumSquares } from "./reductions";
