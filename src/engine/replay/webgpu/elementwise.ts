/** TensorFlow.js kernels that compute each element by itself, as WGSL expressions. Booleans are 0 and 1 in f32. Not which of them are fused: clusters.ts. */

type Attributes = Readonly<Record<string, unknown>>;

export interface Elementwise {
  /** An f32 expression of f32 expressions without side effects; each argument may be used several times. */
  readonly wgsl: (args: readonly string[], attrs: Attributes) => string;
  /** The same in JavaScript, in double precision, for arguments that are the same for all elements. */
  readonly evaluate: (args: readonly number[], attrs: Attributes) => number;
}

/** A number as a WGSL literal of f32. */
export function literal(x: number): string {
  const rounded = Math.fround(x);
  const text = Number.isInteger(rounded) && Math.abs(rounded) < 1e15 ? `${rounded}.0f` : `${rounded}f`;
  return rounded < 0 || Object.is(rounded, -0) ? `(${text})` : text;
}

const unary = (wgsl: (x: string) => string, evaluate: (x: number) => number): Elementwise => ({
  wgsl: ([x = ""]) => wgsl(x),
  evaluate: ([x = Number.NaN]) => evaluate(x),
});

const binary = (wgsl: (a: string, b: string) => string, evaluate: (a: number, b: number) => number): Elementwise => ({
  wgsl: ([a = "", b = ""]) => wgsl(a, b),
  evaluate: ([a = Number.NaN, b = Number.NaN]) => evaluate(a, b),
});

const comparison = (operator: string, evaluate: (a: number, b: number) => boolean): Elementwise =>
  binary(
    (a, b) => `select(0.0f, 1.0f, ${a} ${operator} ${b})`,
    (a, b) => (evaluate(a, b) ? 1 : 0),
  );

const alphaOf = (attrs: Attributes): number => Number(attrs.alpha ?? 0);

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

export const ELEMENTWISE: Readonly<Record<string, Elementwise>> = {
  Add: binary(
    (a, b) => `(${a} + ${b})`,
    (a, b) => a + b,
  ),
  AddV2: binary(
    (a, b) => `(${a} + ${b})`,
    (a, b) => a + b,
  ),
  Sub: binary(
    (a, b) => `(${a} - ${b})`,
    (a, b) => a - b,
  ),
  Multiply: binary(
    (a, b) => `(${a} * ${b})`,
    (a, b) => a * b,
  ),
  RealDiv: binary(
    (a, b) => `(${a} / ${b})`,
    (a, b) => a / b,
  ),
  Maximum: binary(
    (a, b) => `max(${a}, ${b})`,
    (a, b) => Math.max(a, b),
  ),
  Minimum: binary(
    (a, b) => `min(${a}, ${b})`,
    (a, b) => Math.min(a, b),
  ),
  SquaredDifference: binary(
    (a, b) => `((${a} - ${b}) * (${a} - ${b}))`,
    (a, b) => (a - b) ** 2,
  ),
  Greater: comparison(">", (a, b) => a > b),
  GreaterEqual: comparison(">=", (a, b) => a >= b),
  Less: comparison("<", (a, b) => a < b),
  LessEqual: comparison("<=", (a, b) => a <= b),
  Equal: comparison("==", (a, b) => a === b),
  NotEqual: comparison("!=", (a, b) => a !== b),
  LogicalAnd: binary(
    (a, b) => `(${a} * ${b})`,
    (a, b) => a * b,
  ),
  LogicalOr: binary(
    (a, b) => `max(${a}, ${b})`,
    (a, b) => Math.max(a, b),
  ),
  LogicalNot: unary(
    (x) => `(1.0f - ${x})`,
    (x) => 1 - x,
  ),
  Select: {
    wgsl: ([condition = "", yes = "", no = ""]) => `select(${no}, ${yes}, ${condition} != 0.0f)`,
    evaluate: ([condition = 0, yes = 0, no = 0]) => (condition !== 0 ? yes : no),
  },
  AddN: {
    wgsl: (args) => `(${args.join(" + ")})`,
    evaluate: (args) => args.reduce((a, b) => a + b, 0),
  },
  Copy: unary(
    (x) => x,
    (x) => x,
  ),
  Neg: unary(
    (x) => `(-${x})`,
    (x) => -x,
  ),
  Abs: unary((x) => `abs(${x})`, Math.abs),
  Sign: unary((x) => `sign(${x})`, Math.sign),
  Square: unary(
    (x) => `(${x} * ${x})`,
    (x) => x * x,
  ),
  Sqrt: unary((x) => `sqrt(${x})`, Math.sqrt),
  Rsqrt: unary(
    (x) => `inverseSqrt(${x})`,
    (x) => 1 / Math.sqrt(x),
  ),
  Reciprocal: unary(
    (x) => `(1.0f / ${x})`,
    (x) => 1 / x,
  ),
  Exp: unary((x) => `exp(${x})`, Math.exp),
  Log: unary((x) => `log(${x})`, Math.log),
  // By e^-2|x|, which cannot overflow as the driver's tanh may.
  Tanh: unary((x) => `(sign(${x}) * (1.0f - exp(-2.0f * abs(${x}))) / (1.0f + exp(-2.0f * abs(${x}))))`, Math.tanh),
  Sigmoid: unary((x) => `(1.0f / (1.0f + exp(-${x})))`, sigmoid),
  Softplus: unary((x) => `(max(${x}, 0.0f) + log(1.0f + exp(-abs(${x}))))`, softplus),
  Relu: unary(
    (x) => `max(${x}, 0.0f)`,
    (x) => Math.max(x, 0),
  ),
  Relu6: unary(
    (x) => `clamp(${x}, 0.0f, 6.0f)`,
    (x) => Math.min(Math.max(x, 0), 6),
  ),
  LeakyRelu: {
    wgsl: ([x = ""], attrs) => `select(${literal(alphaOf(attrs))} * ${x}, ${x}, ${x} > 0.0f)`,
    evaluate: ([x = 0], attrs) => (x > 0 ? x : alphaOf(attrs) * x),
  },
  Prelu: binary(
    (x, alpha) => `select(${alpha} * ${x}, ${x}, ${x} > 0.0f)`,
    (x, alpha) => (x > 0 ? x : alpha * x),
  ),
  Step: {
    // A comparison with NaN may be assumed away by a driver; its bits cannot.
    wgsl: ([x = ""], attrs) =>
      `select(select(${literal(alphaOf(attrs))}, 1.0f, ${x} > 0.0f), ${x}, (bitcast<u32>(${x}) & 0x7fffffffu) > 0x7f800000u)`,
    evaluate: ([x = 0], attrs) => (x > 0 ? 1 : Number.isNaN(x) ? x : alphaOf(attrs)),
  },
  Elu: unary(
    (x) => `select(exp(${x}) - 1.0f, ${x}, ${x} >= 0.0f)`,
    (x) => (x >= 0 ? x : Math.expm1(x)),
  ),
  EluGrad: binary(
    (dy, y) => `select(${dy} * (${y} + 1.0f), ${dy}, ${y} >= 0.0f)`,
    (dy, y) => (y >= 0 ? dy : dy * (y + 1)),
  ),
  ClipByValue: {
    wgsl: ([x = ""], attrs) =>
      `clamp(${x}, ${literal(Number(attrs.clipValueMin))}, ${literal(Number(attrs.clipValueMax))})`,
    evaluate: ([x = 0], attrs) => Math.min(Math.max(x, Number(attrs.clipValueMin)), Number(attrs.clipValueMax)),
  },
};
