/**
 * Sums and means over leading axes (a bias gradient), trailing axes, or everything, with hooks before and after. Each sum is a tree of fixed
 * shape, so the same input gives the same bits; where one workgroup would be long at it, several make parts and a second pass adds them.
 */
import { namedPlan } from "./plan";
import type { GpuPlan, Hook } from "./program";
import { type BufferDeclaration, declareBuffers, float, hookBuffers, hookFunction } from "./wgsl";

/** x is [outer, length, inner] and `length` is summed over. */
export interface ReduceShape {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

export interface ReduceOptions {
  /** Runs on each value before it is summed: index in x, row = index / inner, col = index % inner. */
  readonly prologue?: Hook;
  /** The sum is multiplied by it: 1 / length for a mean. */
  readonly scale?: number;
  /** The result is added to what is there. */
  readonly accumulate?: boolean;
  /** Runs on each scaled sum: index in the result, row = index / inner, col = index % inner. Its buffers are numbered on from the prologue's. */
  readonly epilogue?: Hook;
}

const THREADS = 256;
/** Neighbouring numbers that a workgroup reads at once: 128 bytes. */
const MAX_COLS = 32;
/** Additions in a row for one thread from which on the sum is made in parts, and how many there are in a part at least. */
const LONG = 64;
const PART = 16;
/** Workgroups wanted in all when a sum is made in parts. */
const TARGET_GROUPS = 128;

/** How 256 threads divide a reduction: columns × lanes that share a sum × sums side by side. */
function arrange({ outer, length, inner }: ReduceShape) {
  const cols = Math.min(MAX_COLS, powerOfTwo(inner));
  const lanes = Math.min(THREADS / cols, powerOfTwo(length));
  const sums = THREADS / (cols * lanes);
  const groups = Math.ceil(inner / cols) * Math.ceil(outer / sums);
  return { cols, lanes, sums, groups };
}

const powerOfTwo = (x: number): number => 2 ** Math.ceil(Math.log2(x));

/**
 * result [outer, inner] = epilogue(scale · Σ_length prologue(x)).
 * Operands: x [outer, length, inner], [extra inputs of the prologue], [of the epilogue], result, [extra outputs of the prologue], [of the
 * epilogue].
 */
export function reduce(shape: ReduceShape, options: ReduceOptions = {}): GpuPlan {
  const { outer, length, inner } = shape;
  const { prologue, epilogue } = options;
  const [before, beforeOuts] = hookBuffers(prologue);
  const [after, afterOuts] = hookBuffers(epilogue, prologue);
  const x: BufferDeclaration = { name: "x", kind: "read" };
  const result: BufferDeclaration = { name: "result", kind: "read-write" };
  const operands = [x, ...before, ...after, result, ...beforeOuts, ...afterOuts];
  const label = `sum ${outer}×${length}×${inner}`;
  const load = `${hookFunction("prologue", prologue)}
fn load(index: u32) -> f32 { return prologue(x[index], index, index / ${inner}u, index % ${inner}u); }`;
  const finish = `${hookFunction("epilogue", epilogue)}
fn store(part: u32, index: u32, sum: f32) {
  var value = sum * ${float(options.scale ?? 1)};
  ${options.accumulate ? "value += result[index];" : ""}
  result[index] = epilogue(value, index, index / ${inner}u, index % ${inner}u);
}`;
  const { lanes, groups } = arrange(shape);
  const additions = Math.ceil(length / lanes);
  const parts =
    additions > LONG && groups < TARGET_GROUPS / 2
      ? Math.min(Math.ceil(additions / PART), Math.ceil(TARGET_GROUPS / groups))
      : 1;
  if (parts === 1) {
    return namedPlan(operands, {}, [
      { label, buffers: operands, ...sumCode(shape, 1, operands, `${load}\n${finish}`) },
    ]);
  }
  const size = outer * inner;
  const first = [x, ...before, { name: "partial", kind: "read-write" } as const, ...beforeOuts];
  const second = [{ name: "partial", kind: "read" } as const, ...after, result, ...afterOuts];
  const put = `fn store(part: u32, index: u32, sum: f32) { partial[part * ${size}u + index] = sum; }`;
  const get = "fn load(index: u32) -> f32 { return partial[index]; }";
  return namedPlan(operands, { partial: parts * size }, [
    { label: `${label}, ${parts} parts`, buffers: first, ...sumCode(shape, parts, first, `${load}\n${put}`) },
    {
      label: `${label}, sum of parts`,
      buffers: second,
      ...sumCode({ outer: 1, length: parts, inner: size }, 1, second, `${get}\n${finish}`),
    },
  ]);
}

/** Expects the functions `load(index) -> f32` and `store(part, index, sum)`. */
function sumCode(
  shape: ReduceShape,
  parts: number,
  buffers: readonly BufferDeclaration[],
  functions: string,
): { code: string; workgroups: [number, number, number] } {
  const { outer, length, inner } = shape;
  const { cols, lanes, sums, groups } = arrange(shape);
  const across = Math.ceil(inner / cols);
  const part = Math.ceil(length / parts);
  const gridX = Math.min(groups, 32768); // below the 65535 that every device allows
  const code = `${declareBuffers(buffers)}
${functions}
var<workgroup> sums: array<f32, ${THREADS}>;
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let place = group.y * ${gridX}u + group.x;
  let col = (place % ${across}u) * ${cols}u + local % ${cols}u;
  let lane = (local / ${cols}u) % ${lanes}u;
  let row = (place / ${across}u) * ${sums}u + local / ${cols * lanes}u;
  let inside = row < ${outer}u && col < ${inner}u;
  var sum = 0.0;
  if (inside) {
    let end = min(${length}u, (group.z + 1u) * ${part}u);
    for (var i = group.z * ${part}u + lane; i < end; i += ${lanes}u) { sum += load((row * ${length}u + i) * ${inner}u + col); }
  }
  sums[local] = sum;
  for (var half = ${Math.floor(lanes / 2)}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) { sums[local] += sums[local + half * ${cols}u]; }
  }
  if (inside && lane == 0u) { store(group.z, row * ${inner}u + col, sums[local]); }
}
`;
  return { code, workgroups: [gridX, Math.ceil(groups / gridX), parts] };
}
