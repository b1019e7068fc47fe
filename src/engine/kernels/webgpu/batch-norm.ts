/**
 * Batch normalisation in training, forwards and backwards, in one dispatch for a dense layer and two for images (Ioffe and Szegedy 2015,
 * algorithm 1 and section 3; the same biased variance as layers/batch-norm.ts). First-order gradients only.
 */
import { namedPlan } from "./plan";
import type { GpuPlan, Hook } from "./program";
import { type BufferDeclaration, declareBuffers, float, hookBuffers, hookFunction } from "./wgsl";

/** x is [rows, channels]: rows are all positions of all samples. */
export interface BatchNormShape {
  readonly rows: number;
  readonly channels: number;
}

export interface BatchNormOptions {
  readonly epsilon: number;
  /**
   * Where the scale (gamma) and the offset (beta), [channels] each, lie in one vector of all parameters; their gradients lie likewise in the
   * vector of all gradients. Without it they are operands of their own.
   */
  readonly flat?: { readonly gammaAt: number; readonly betaAt: number };
  /** Forwards: runs on y. Backwards: on dx. */
  readonly epilogue?: Hook;
}

export interface BatchNormGradientOptions extends BatchNormOptions {
  /** Runs on each dy that is loaded (up to three times each). Not with outputs. The epilogue's buffers are numbered on from its. */
  readonly prologue?: Hook;
  /** The gradients of scale and offset are added to what is there; dx is not. */
  readonly accumulate?: boolean;
}

const THREADS = 256;
const MAX_COLS = 16;
/** Rows per thread from which on several workgroups share a column, and how many each has at least. */
const LONG = 64;
const PART = 16;
const MAX_PARTS = 64; // every workgroup of the second pass reads them all

function arrange({ rows, channels }: BatchNormShape) {
  const cols = Math.min(MAX_COLS, 2 ** Math.ceil(Math.log2(channels)));
  const lanes = THREADS / cols;
  const wanted = rows > LONG * lanes ? Math.min(MAX_PARTS, Math.ceil(rows / (PART * lanes))) : 1;
  const part = Math.ceil(rows / wanted);
  return { cols, lanes, part, parts: Math.ceil(rows / part), across: Math.ceil(channels / cols) };
}

/**
 * y = gamma · (x - mean) / √(variance + ε) + beta, per channel.
 * Operands: x [rows, channels], gamma and beta [channels] (or, flat, the parameters), [extra inputs], y, moments [2, channels] (mean, then
 * variance), [extra outputs].
 */
export function batchNorm(shape: BatchNormShape, options: BatchNormOptions): GpuPlan {
  const { channels } = shape;
  const { flat, epilogue } = options;
  const [extras, outs] = hookBuffers(epilogue);
  const x = read("x");
  const parameters = flat ? [read("parameters")] : [read("gamma"), read("beta")];
  const results = [written("y"), written("moments"), ...outs];
  const operands = [x, ...parameters, ...extras, ...results];
  const { parts, part } = arrange(shape);
  const centre = `  var total = 0.0;
  for (var i = first; i < end; i += lanes) { total += x[i * ${channels}u + col]; }`;
  const spread = `  var squares = 0.0;
  for (var i = first; i < end; i += lanes) { let d = x[i * ${channels}u + col] - mean; squares += d * d; }`;
  const normalise = `  if (group.y == 0u && inside && lane == 0u) { moments[col] = mean; moments[${channels}u + col] = variance; }
  if (!inside) { return; }
  let scale = ${parameter("gamma", flat)} / sqrt(variance + ${float(options.epsilon)});
  let offset = ${parameter("beta", flat)};
  for (var i = first; i < end; i += lanes) {
    let index = i * ${channels}u + col;
    y[index] = epilogue((x[index] - mean) * scale + offset, index, i, col);
  }`;
  const hook = hookFunction("epilogue", epilogue);
  const label = `batch norm ${shape.rows}×${channels}`;
  if (parts === 1) {
    const body = `${centre}
  let mean = columnSum(local, lane, total) / ${float(shape.rows)};
${spread}
  let variance = columnSum(local, lane, squares) / ${float(shape.rows)};
${normalise}`;
    return namedPlan(operands, {}, [{ label, buffers: operands, ...columnCode(shape, operands, hook, body) }]);
  }
  const first = [x, written("partial")];
  const second = [x, ...parameters, ...extras, read("partial"), ...results];
  const partOf = (p: string) => `f32(min(${part}u, ${shape.rows}u - ${p} * ${part}u))`;
  const measure = `${centre}
  let count = ${partOf("group.y")};
  let mean = columnSum(local, lane, total) / count;
${spread}
  let sum = columnSum(local, lane, squares);
  if (inside && lane == 0u) {
    partial[group.y * ${2 * channels}u + col] = mean;
    partial[group.y * ${2 * channels}u + ${channels}u + col] = sum;
  }`;
  // Chan, Golub and LeVeque 1983: moments of parts make moments of the whole without cancellation.
  const combine = `  var total = 0.0;
  for (var p = lane; p < ${parts}u && inside; p += lanes) { total += ${partOf("p")} * partial[p * ${2 * channels}u + col]; }
  let mean = columnSum(local, lane, total) / ${float(shape.rows)};
  var squares = 0.0;
  for (var p = lane; p < ${parts}u && inside; p += lanes) {
    let d = partial[p * ${2 * channels}u + col] - mean;
    squares += partial[p * ${2 * channels}u + ${channels}u + col] + ${partOf("p")} * d * d;
  }
  let variance = columnSum(local, lane, squares) / ${float(shape.rows)};
${normalise}`;
  return namedPlan(operands, { partial: parts * 2 * channels }, [
    { label: `${label}, moments of ${parts} parts`, buffers: first, ...columnCode(shape, first, "", measure) },
    { label, buffers: second, ...columnCode(shape, second, hook, combine) },
  ]);
}

/**
 * Gradients of batchNorm: with x̂ = (x - mean) / √(variance + ε), dgamma = Σ dy·x̂, dbeta = Σ dy,
 * dx = gamma / √(variance + ε) · (dy - dbeta / rows - x̂ · dgamma / rows).
 * Operands: dy, x [rows, channels], gamma (or, flat, the parameters), moments as batchNorm left them, [extra inputs of the prologue],
 * [of the epilogue], dx, dgamma and dbeta (or, flat, the gradients), [extra outputs of the epilogue].
 * That is 7 storage buffers, 6 when flat, and one more for images: a device with the usual 8 leaves hooks little room.
 */
export function batchNormGradient(shape: BatchNormShape, options: BatchNormGradientOptions): GpuPlan {
  const { channels, rows } = shape;
  const { flat, prologue, epilogue, accumulate = false } = options;
  const [before] = hookBuffers(prologue);
  const [after, outs] = hookBuffers(epilogue, prologue);
  const parameters = flat ? [read("parameters")] : [read("gamma")];
  const gradients = flat ? [written("gradients")] : [written("dgamma"), written("dbeta")];
  const given = [read("dy"), read("x")];
  const operands = [
    ...given,
    ...parameters,
    read("moments"),
    ...before,
    ...after,
    written("dx"),
    ...gradients,
    ...outs,
  ];
  const { parts } = arrange(shape);
  const load = `${hookFunction("prologue", prologue)}
fn upstream(index: u32, row: u32, col: u32) -> f32 { return prologue(dy[index], index, row, col); }`;
  const statistics = `  let mean = moments[min(col, ${channels - 1}u)];
  let deviation = 1.0 / sqrt(moments[${channels}u + min(col, ${channels - 1}u)] + ${float(options.epsilon)});`;
  const sums = `${statistics}
  var scaled = 0.0;
  var plain = 0.0;
  for (var i = first; i < end; i += lanes) {
    let index = i * ${channels}u + col;
    let d = upstream(index, i, col);
    plain += d;
    scaled += d * (x[index] - mean) * deviation;
  }`;
  const target = (name: "gamma" | "beta") =>
    flat ? `gradients[${name === "gamma" ? flat.gammaAt : flat.betaAt}u + col]` : `d${name}[col]`;
  const assign = accumulate ? "+=" : "=";
  const spread = `  let dGamma = columnSum(local, lane, scaled);
  let dBeta = columnSum(local, lane, plain);
  if (group.y == 0u && inside && lane == 0u) { ${target("gamma")} ${assign} dGamma; ${target("beta")} ${assign} dBeta; }
  if (!inside) { return; }
  let factor = ${parameter("gamma", flat)} * deviation;
  for (var i = first; i < end; i += lanes) {
    let index = i * ${channels}u + col;
    let normalised = (x[index] - mean) * deviation;
    let value = factor * (upstream(index, i, col) - (dBeta + normalised * dGamma) / ${float(rows)});
    dx[index] = epilogue(value, index, i, col);
  }`;
  const hook = `${load}\n${hookFunction("epilogue", epilogue)}`;
  const label = `batch norm's gradient ${rows}×${channels}`;
  if (parts === 1) {
    const code = columnCode(shape, operands, hook, `${sums}\n${spread}`);
    return namedPlan(operands, {}, [{ label, buffers: operands, ...code }]);
  }
  const first = [...given, read("moments"), ...before, written("partial")];
  const second = [
    ...given,
    ...parameters,
    read("moments"),
    ...before,
    ...after,
    read("partial"),
    written("dx"),
    ...gradients,
    ...outs,
  ];
  const put = `${sums}
  let partScaled = columnSum(local, lane, scaled);
  let partPlain = columnSum(local, lane, plain);
  if (inside && lane == 0u) {
    partial[group.y * ${2 * channels}u + col] = partScaled;
    partial[group.y * ${2 * channels}u + ${channels}u + col] = partPlain;
  }`;
  const combine = `${statistics}
  var scaled = 0.0;
  var plain = 0.0;
  for (var p = lane; p < ${parts}u && inside; p += lanes) {
    scaled += partial[p * ${2 * channels}u + col];
    plain += partial[p * ${2 * channels}u + ${channels}u + col];
  }
${spread}`;
  return namedPlan(operands, { partial: parts * 2 * channels }, [
    { label: `${label}, ${parts} parts`, buffers: first, ...columnCode(shape, first, load, put) },
    { label, buffers: second, ...columnCode(shape, second, hook, combine) },
  ]);
}

const read = (name: string): BufferDeclaration => ({ name, kind: "read" });
const written = (name: string): BufferDeclaration => ({ name, kind: "read-write" });

function parameter(name: "gamma" | "beta", flat: BatchNormOptions["flat"]): string {
  return flat ? `parameters[${name === "gamma" ? flat.gammaAt : flat.betaAt}u + col]` : `${name}[col]`;
}

/**
 * A kernel whose workgroups each have some columns and one part of the rows. In scope of the body: `group`, `local`, `col`, `lane`, `lanes`,
 * `inside` (the column exists), `first` and `end` (the thread's rows, in steps of `lanes`; none outside), and `columnSum(local, lane, value)`,
 * the sum over a column's threads, which all threads must call.
 */
function columnCode(
  shape: BatchNormShape,
  buffers: readonly BufferDeclaration[],
  functions: string,
  body: string,
): { code: string; workgroups: [number, number, number] } {
  const { cols, lanes, part, parts, across } = arrange(shape);
  const code = `${declareBuffers(buffers)}
${functions}
const lanes = ${lanes}u;
var<workgroup> sums: array<f32, ${THREADS}>;
fn columnSum(local: u32, lane: u32, value: f32) -> f32 {
  sums[local] = value;
  for (var half = lanes / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) { sums[local] += sums[local + half * ${cols}u]; }
  }
  workgroupBarrier();
  let sum = sums[local % ${cols}u];
  workgroupBarrier();
  return sum;
}
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let col = group.x * ${cols}u + local % ${cols}u;
  let lane = local / ${cols}u;
  let inside = col < ${shape.channels}u;
  let first = group.y * ${part}u + lane;
  let end = select(0u, min(${shape.rows}u, (group.y + 1u) * ${part}u), inside);
${body}
}
`;
  return { code, workgroups: [across, parts, 1] };
}
