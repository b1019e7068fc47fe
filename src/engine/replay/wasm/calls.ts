/** Calls into the kernel module as data: which arguments are addresses, and which functions may write where they read. No tensors. */
import type { KernelExports } from "../../kernels/wasm/exports";

/**
 * One letter an argument: r is read, w written, x read and y written unless it is 0, s scratch, n a number.
 * What is missing here asks the module something and computes nothing.
 */
export const SIGNATURES: { readonly [name in keyof KernelExports]?: string } = {
  gemm: "rrwnnnnnnnnxns",
  setConvolution: "nnnnnnnnnnnnnnn",
  convolutionForward: "rrxws",
  convolutionInputGradient: "rrws",
  convolutionFilterGradient: "rrws",
  convolutionFilterColumns: "rrwnns",
  sumAxis: "rwnnnn",
  sumColumns: "rwnnnn",
  sumSquares: "rwn",
  partialSquares: "rwn",
  sumPartials: "rwn",
  exp: "rwn",
  tanh: "rwn",
  softplus: "rwn",
  leakyRelu: "rwnn",
  square: "rwn",
  squareRoot: "rwn",
  inverseSquareRoot: "rwn",
  negate: "rwn",
  sigmoid: "rwn",
  relu: "rwn",
  elu: "rwn",
  absolute: "rwn",
  step: "rwnn",
  clip: "rwnnn",
  eluGradient: "rrwn",
  leakyGradient: "rrwnn",
  add: "rrwnnnnnnnnn",
  subtract: "rrwnnnnnnnnn",
  multiply: "rrwnnnnnnnnn",
  divide: "rrwnnnnnnnnn",
  maximum: "rrwnnnnnnnnn",
  minimum: "rrwnnnnnnnnn",
  copyRows: "rwnnnn",
  repeat: "rwnnn",
  fill: "wnn",
  rearrange: "rwnnnnnnnn",
  adamStep: "rrrrrwwwnnnn",
  adamUpdate: "rrrrrrwwwnnnny",
  normalizeColumns: "rrrwwwnnnn",
  normalizeGradient: "rrrrrwwwnnnn",
  segmentSum: "rrwnnn",
};

/** Functions of each element by itself: an output may lie where an input of the same size lies. */
export const ELEMENTWISE: ReadonlySet<string> = new Set([
  "exp",
  "tanh",
  "softplus",
  "leakyRelu",
  "square",
  "squareRoot",
  "inverseSquareRoot",
  "negate",
  "sigmoid",
  "relu",
  "elu",
  "absolute",
  "step",
  "clip",
  "eluGradient",
  "leakyGradient",
  "add",
  "subtract",
  "multiply",
  "divide",
  "maximum",
  "minimum",
  "adamStep",
  "adamUpdate",
]);

/** A piece of memory that holds one tensor's numbers, from when it is computed until nothing reads it any more. */
export interface Value {
  readonly bytes: number;
  readonly source:
    | { readonly kind: "computed" }
    /** The same in every step. */
    | { readonly kind: "constant"; readonly content: Uint8Array }
    /** Filled by the host before every step; the number is its place in the recording's list. */
    | { readonly kind: "draw"; readonly index: number }
    /** What a variable held at the start of the step. */
    | { readonly kind: "variable"; readonly index: number };
}

/** A place within a value, in bytes. */
export interface Place {
  readonly value: Value;
  readonly offset: number;
}

export const SCRATCH = "scratch";
export type Argument = number | Place | typeof SCRATCH;

/** A call of a function of the kernel module. */
export interface ModuleCall {
  readonly kind: "module";
  readonly name: keyof KernelExports;
  readonly args: readonly Argument[];
}

/** A tensor that a stock kernel reads or makes. */
export interface StockTensor {
  readonly value: Value;
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32" | "bool";
}

/** A call of one of TensorFlow.js's own kernels, for what the kernel module lacks. */
export interface StockCall {
  readonly kind: "stock";
  readonly name: string;
  readonly inputs: Readonly<Record<string, StockTensor>>;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly outputs: readonly StockTensor[];
}

export type Call = ModuleCall | StockCall;

export const isPlace = (argument: Argument): argument is Place => typeof argument === "object";

/** Places that a call reads. */
export function readsOf(call: Call): Place[] {
  if (call.kind === "stock") return Object.values(call.inputs).map(({ value }) => ({ value, offset: 0 }));
  const signature = SIGNATURES[call.name] ?? "";
  const reads = call.args.filter(
    (argument, i): argument is Place => isPlace(argument) && "rx".includes(signature[i] ?? ""),
  );
  // A product that is added to what is there reads it.
  const target = call.args[2];
  if (call.name === "gemm" && call.args[12] === 1 && target !== undefined && isPlace(target)) reads.push(target);
  return reads;
}

/** Places that a call writes. */
export function writesOf(call: Call): Place[] {
  if (call.kind === "stock") return call.outputs.map(({ value }) => ({ value, offset: 0 }));
  const signature = SIGNATURES[call.name] ?? "";
  return call.args.filter((argument, i): argument is Place => isPlace(argument) && "wy".includes(signature[i] ?? ""));
}
