/** Where an element of an output comes from in an operation's inputs, as WGSL: broadcasting, tiles, slices, concatenations, transposes. */
import { type Operand, sizeOf } from "./graph";
import type { Operation } from "./operations";

/** Gives the f32 expression of an operand's element at an index, a u32 expression without side effects. */
export type ElementAt = (operand: Operand, index: string) => string;

/** An operation that only rearranges: the expression of its `output`-th output's element at an index. */
type Rearrangement = (operation: Operation, output: number, index: string, at: ElementAt) => string;

export const REARRANGEMENTS: Readonly<Record<string, Rearrangement>> = {
  Tile: ({ inputs, outputs }, _output, index, at) => {
    const [x] = inputs;
    const [y] = outputs;
    if (x === undefined || y === undefined) return "0.0f";
    return at(x, wrapped(index, y.shape, x.shape));
  },
  Slice: ({ inputs, outputs, attrs }, _output, index, at) => {
    const [x] = inputs;
    const [y] = outputs;
    if (x === undefined || y === undefined) return "0.0f";
    return at(x, shifted(index, y.shape, x.shape, attrs.begin as number[]));
  },
  SplitV: ({ inputs, outputs, attrs }, output, index, at) => {
    const [x] = inputs;
    const y = outputs[output];
    if (x === undefined || y === undefined) return "0.0f";
    const axis = axisOf(attrs.axis, x.shape.length);
    const before = outputs.slice(0, output).reduce((sum, { shape }) => sum + (shape[axis] ?? 0), 0);
    const begin = x.shape.map((_, i) => (i === axis ? before : 0));
    return at(x, shifted(index, y.shape, x.shape, begin));
  },
  Transpose: ({ inputs, outputs, attrs }, _output, index, at) => {
    const [x] = inputs;
    const [y] = outputs;
    if (x === undefined || y === undefined) return "0.0f";
    const perm = attrs.perm as number[];
    const strides = stridesOf(x.shape);
    const picked = perm.map((axis) => strides[axis] ?? 0);
    return at(x, combined(index, y.shape, picked));
  },
  Concat: ({ inputs, outputs, attrs }, _output, index, at) => {
    const [y] = outputs;
    if (y === undefined) return "0.0f";
    const axis = axisOf(attrs.axis, y.shape.length);
    const inner = sizeOf(y.shape.slice(axis + 1));
    const length = (y.shape[axis] ?? 0) * inner; // of one row of the output
    let from = length;
    let expression = "";
    // From the last part to the first. What is read beyond a part's end is not chosen.
    for (const x of inputs.toReversed()) {
      const own = (x.shape[axis] ?? 0) * inner;
      if (own === 0) continue;
      from -= own;
      const row = sizeOf(y.shape.slice(0, axis)) === 1 ? "" : `(${index} / ${length}u) * ${own}u + `;
      const within = sizeOf(y.shape.slice(0, axis)) === 1 ? index : `(${index} % ${length}u)`;
      const limit = x.value.size - 1;
      const here = at(x, `min(${row}${within} - ${from}u, ${limit}u)`);
      expression = expression === "" ? here : `select(${expression}, ${here}, ${within} < ${from + own}u)`;
    }
    return expression;
  },
  TinyProduct: ({ inputs, attrs }, _output, index, at) => {
    const [a, b] = inputs;
    if (a === undefined || b === undefined) return "0.0f";
    const { left, right, depth, columns } = attrs as unknown as TinyProduct;
    const row = `(${index} / ${columns}u)`;
    const column = `(${index} % ${columns}u)`;
    const terms = Array.from({ length: depth }, (_, k) => {
      return `${at(a, left(row, `${k}u`))} * ${at(b, right(`${k}u`, column))}`;
    });
    return `(${terms.join(" + ")})`;
  },
};

/** A matrix product of little depth; left and right give the index in the operands. */
interface TinyProduct {
  readonly depth: number;
  readonly columns: number;
  readonly left: (row: string, k: string) => string;
  readonly right: (k: string, column: string) => string;
}

const axisOf = (axis: unknown, rank: number): number => (Number(axis) < 0 ? Number(axis) + rank : Number(axis));

export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let i = shape.length - 2; i >= 0; i--) strides[i] = (strides[i + 1] ?? 1) * (shape[i + 1] ?? 1);
  return strides;
}

/** Σ coordinate · stride over the axes of an index into `shape`; axes that go on in one piece are taken together. */
export function combined(index: string, shape: readonly number[], strides: readonly number[]): string {
  const groups: { length: number; stride: number; inner: number }[] = [];
  let inner = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis] ?? 1;
    const stride = strides[axis] ?? 0;
    if (length === 1) continue;
    const last = groups.at(-1);
    const goesOn = last !== undefined && (stride === last.stride * last.length || (stride === 0 && last.stride === 0));
    if (last !== undefined && goesOn) last.length *= length;
    else groups.push({ length, stride, inner });
    inner *= length;
  }
  const total = sizeOf(shape);
  const terms = groups.flatMap(({ length, stride, inner: below }) => {
    if (stride === 0) return [];
    const quotient = below === 1 ? index : `(${index} / ${below}u)`;
    const coordinate = below * length === total ? quotient : `(${quotient} % ${length}u)`;
    return [stride === 1 ? coordinate : `${coordinate} * ${stride}u`];
  });
  if (terms.length === 0) return "0u";
  return terms.length === 1 && terms[0] === index ? index : `(${terms.join(" + ")})`;
}

/** The index in an operand that is broadcast to a shape (numpy's rule). */
export function broadcast(index: string, to: readonly number[], from: readonly number[]): string {
  const missing = to.length - from.length;
  const strides = stridesOf(from);
  return combined(
    index,
    to,
    to.map((_, axis) => ((from[axis - missing] ?? 1) === 1 ? 0 : (strides[axis - missing] ?? 0))),
  );
}

/** The index in a tensor that is repeated to a shape of the same rank. */
function wrapped(index: string, to: readonly number[], from: readonly number[]): string {
  const simple = from.every((side, i) => side === 1 || side === to[i]);
  if (simple) return broadcast(index, to, from);
  const inner = stridesOf(to);
  const strides = stridesOf(from);
  const terms = to.flatMap((_, i) => {
    const side = from[i] ?? 1;
    if (side === 1) return [];
    return [`((${index} / ${inner[i]}u) % ${side}u) * ${strides[i]}u`];
  });
  return `(${terms.join(" + ")})`;
}

/** The index in a tensor of which a block, beginning somewhere, is the output. */
function shifted(index: string, to: readonly number[], from: readonly number[], begin: readonly number[]): string {
  const strides = stridesOf(from);
  const offset = begin.reduce((sum, b, i) => sum + b * (strides[i] ?? 0), 0);
  const moved = combined(index, to, strides);
  return offset === 0 ? moved : `(${moved} + ${offset}u)`;
}
