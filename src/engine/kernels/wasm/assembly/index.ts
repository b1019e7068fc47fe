/** The entry of the kernel module. Built twice by src/cli/build-kernels.ts: with plain SIMD, and with relaxed SIMD's fused multiply-add. */
export {
  convolutionFilterGradient, convolutionForward, convolutionInputGradient, convolutionScratchBytes, setConvolution,
} from "./convolution";
export { adamStep, exp, leakyRelu, repeat, softplus, tanh } from "./elementwise";
export { gemm, gemmScratchBytes } from "./gemm";
export { segmentSum, sumAxis } from "./reductions";
