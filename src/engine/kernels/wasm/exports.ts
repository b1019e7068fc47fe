/** The functions of our WebAssembly module, as assembly/index.ts exports them. Types only. */

/** Addresses and sizes are bytes from the start of memory and counts of floats; flags are 0 or 1. See assembly/*.ts for each function. */
export interface KernelExports {
  /** Rows of the register tile, 4 or 6; no number depends on it. */
  setTileRows(rows: number): void;
  gemmScratchBytes(m: number, n: number, k: number): number;
  gemm(
    a: number,
    b: number,
    c: number,
    m: number,
    n: number,
    k: number,
    transposeA: number,
    transposeB: number,
    lda: number,
    ldb: number,
    ldc: number,
    bias: number,
    accumulate: number,
    scratch: number,
  ): void;
  setConvolution(
    batch: number,
    inHeight: number,
    inWidth: number,
    inChannels: number,
    outHeight: number,
    outWidth: number,
    outChannels: number,
    filterHeight: number,
    filterWidth: number,
    strideHeight: number,
    strideWidth: number,
    dilationHeight: number,
    dilationWidth: number,
    padTop: number,
    padLeft: number,
  ): void;
  convolutionScratchBytes(): number;
  convolutionForward(x: number, filter: number, bias: number, y: number, scratch: number): void;
  convolutionInputGradient(dy: number, filter: number, dx: number, scratch: number): void;
  convolutionFilterGradient(x: number, dy: number, dw: number, scratch: number): void;
  /** The same for some output channels: what one of several threads computes. */
  convolutionFilterColumns(x: number, dy: number, dw: number, first: number, columns: number, scratch: number): void;
  sumAxis(source: number, target: number, outer: number, length: number, inner: number, scale: number): void;
  /** sumAxis along the first axis, for some columns: what one of several threads computes. */
  sumColumns(source: number, target: number, length: number, columns: number, width: number, scale: number): void;
  exp(source: number, target: number, count: number): void;
  tanh(source: number, target: number, count: number): void;
  softplus(source: number, target: number, count: number): void;
  leakyRelu(source: number, target: number, count: number, slope: number): void;
  square(source: number, target: number, count: number): void;
  squareRoot(source: number, target: number, count: number): void;
  inverseSquareRoot(source: number, target: number, count: number): void;
  negate(source: number, target: number, count: number): void;
  sigmoid(source: number, target: number, count: number): void;
  relu(source: number, target: number, count: number): void;
  elu(source: number, target: number, count: number): void;
  absolute(source: number, target: number, count: number): void;
  step(source: number, target: number, count: number, otherwise: number): void;
  clip(source: number, target: number, count: number, low: number, high: number): void;
  eluGradient(dy: number, y: number, dx: number, count: number): void;
  leakyGradient(dy: number, x: number, dx: number, count: number, slope: number): void;
  add: BinaryExport;
  subtract: BinaryExport;
  multiply: BinaryExport;
  divide: BinaryExport;
  maximum: BinaryExport;
  minimum: BinaryExport;
  copyRows(
    source: number,
    target: number,
    rows: number,
    bytes: number,
    sourceStride: number,
    targetStride: number,
  ): void;
  fill(target: number, count: number, value: number): void;
  /** Axes in another order: target's four sizes, and how far apart source's elements lie along each. */
  rearrange(
    source: number,
    target: number,
    n0: number,
    n1: number,
    n2: number,
    n3: number,
    s0: number,
    s1: number,
    s2: number,
    s3: number,
  ): void;
  /** As core/rng's, bit for bit; `words` is 32 bytes of scratch. */
  normals(target: number, count: number, seed: number, stream: number, step: number, words: number): void;
  uniforms(
    target: number,
    count: number,
    seed: number,
    stream: number,
    step: number,
    symmetric: number,
    words: number,
  ): void;
  bernoulli(
    target: number,
    count: number,
    seed: number,
    stream: number,
    step: number,
    threshold: number,
    value: number,
    words: number,
  ): void;
  repeat(source: number, target: number, outer: number, times: number, inner: number): void;
  adamStep(
    gradient: number,
    m: number,
    v: number,
    rate: number,
    correction: number,
    change: number,
    newM: number,
    newV: number,
    count: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void;
  /** adamStep and the subtraction of its change from the weights, at once; and partialSquares of the gradient where `squares` is not 0. */
  adamUpdate(
    w: number,
    gradient: number,
    m: number,
    v: number,
    rate: number,
    correction: number,
    newW: number,
    newM: number,
    newV: number,
    count: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    squares: number,
  ): void;
  /** Batch norm of the first `columns` columns of x [length, width]. */
  normalizeColumns(
    x: number,
    gamma: number,
    beta: number,
    y: number,
    mean: number,
    variance: number,
    length: number,
    columns: number,
    width: number,
    epsilon: number,
  ): void;
  normalizeGradient(
    x: number,
    dy: number,
    gamma: number,
    mean: number,
    variance: number,
    dx: number,
    dGamma: number,
    dBeta: number,
    length: number,
    columns: number,
    width: number,
    epsilon: number,
  ): void;
  sumSquares(source: number, target: number, length: number): void;
  /** Doubles, each the sum of the squares of up to 4096 floats. */
  partialSquares(source: number, partials: number, length: number): void;
  sumPartials(partials: number, target: number, count: number): void;
  segmentSum(source: number, ids: number, target: number, count: number, inner: number, segments: number): void;
}

/** y = a ∘ b over three axes; the last six are the operands' strides in floats. */
type BinaryExport = (
  a: number,
  b: number,
  y: number,
  outer: number,
  middle: number,
  inner: number,
  outerA: number,
  middleA: number,
  innerA: number,
  outerB: number,
  middleB: number,
  innerB: number,
) => void;
