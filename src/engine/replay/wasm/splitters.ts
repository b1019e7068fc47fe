/**
 * Along which axis each function's work can be cut, and what a call of it costs: always along what it writes, never along a sum, so that
 * every number is computed by the same operations in the same order as by one thread. Which calls are cut is decided in split.ts.
 */
import type { KernelExports } from "../../kernels/wasm/exports";
import type { ModuleCall } from "./calls";
import { type Part, replaced, slice } from "./parts";
import { productSplitters } from "./splitters-products";
import { adamUpdate, byColumns, partialSquares, vector } from "./splitters-vectors";

/** The axis along which a call can be cut. */
export interface Axis {
  readonly length: number;
  /** Cuts lie at multiples of this: of a register tile, or of a cache line where threads would write to the same one. */
  readonly grain: number;
  /** The call for a part of the axis. */
  part(from: number, count: number): Part;
}

export type Numbers = readonly number[];

export interface Splitter {
  /** Nanoseconds that a call takes one thread, roughly: measured on one machine, used to tell large from small. */
  cost(numbers: Numbers): number;
  axis(call: ModuleCall, numbers: Numbers, geometry: Numbers): Axis | null;
}

/** Arithmetic with broadcasting: along the outermost axis that there is. */
const binary: Splitter = {
  cost: ([, , , outer = 0, middle = 0, inner = 0]) => outer * middle * inner * 0.4,
  axis(call, [, , , outer = 1, middle = 1, inner = 1, ...strides]) {
    const sizes = [outer, middle, inner];
    const along = outer > 1 ? 0 : middle > 1 ? 1 : 2;
    return {
      length: sizes[along] ?? 1,
      grain: along === 2 ? 16 : 1,
      part(from, count) {
        const part = sizes.map((size, axis) => (axis === along ? count : size));
        const operand = (index: number) => {
          const own = strides.slice(3 * index, 3 * index + 3);
          const span = 1 + own.reduce((sum, stride, axis) => sum + stride * ((part[axis] ?? 1) - 1), 0);
          return slice(call.args[index], from * (own[along] ?? 0), span);
        };
        const inside = sizes.slice(along + 1).reduce((product, size) => product * size, 1);
        const y = slice(call.args[2], from * inside, count * inside);
        return replaced(call, { 0: operand(0), 1: operand(1), 2: y, [3 + along]: count });
      },
    };
  },
};

/** By function; what is missing is done by one thread. */
export const SPLITTERS: { readonly [name in keyof KernelExports]?: Splitter } = {
  ...productSplitters,
  normalizeColumns: byColumns(6, [0, 3], 2),
  normalizeGradient: byColumns(8, [0, 1, 5], 3),
  sumAxis: {
    cost: ([, , outer = 0, length = 0, inner = 0]) => outer * length * inner * 0.3,
    axis(call, [, , outer = 1, length = 0, inner = 1, scale = 1]) {
      const [source, target] = call.args;
      if (outer > 1) {
        return {
          length: outer,
          grain: inner === 1 ? 16 : 1,
          part: (from, count) =>
            replaced(call, {
              0: slice(source, from * length * inner, count * length * inner),
              1: slice(target, from * inner, count * inner),
              2: count,
            }),
        };
      }
      if (inner === 1) return null;
      return {
        length: inner,
        grain: 16,
        part: (from, columns) => ({
          name: "sumColumns",
          args: [
            slice(source, from, (length - 1) * inner + columns),
            slice(target, from, columns),
            length,
            columns,
            inner,
            scale,
          ],
        }),
      };
    },
  },
  repeat: {
    cost: ([, , outer = 0, times = 0, inner = 0]) => outer * times * inner * 0.3,
    axis(call, [, , outer = 1, times = 1, inner = 1]) {
      const [source, target] = call.args;
      const byBlocks = outer > 1;
      return {
        length: byBlocks ? outer : times,
        grain: 1,
        part(from, count) {
          if (!byBlocks) return replaced(call, { 1: slice(target, from * inner, count * inner), 3: count });
          const block = times * inner;
          return replaced(call, {
            0: slice(source, from * inner, count * inner),
            1: slice(target, from * block, count * block),
            2: count,
          });
        },
      };
    },
  },
  copyRows: {
    cost: ([, , rows = 0, bytes = 0]) => rows * (bytes * 0.08 + 5),
    axis(call, [, , rows = 1, bytes = 0, sourceStride = 0, targetStride = 0]) {
      const [source, target] = call.args;
      if (rows === 1) {
        return {
          length: bytes / 4,
          grain: 16,
          part: (from, floats) =>
            replaced(call, { 0: slice(source, from, floats), 1: slice(target, from, floats), 3: floats * 4 }),
        };
      }
      const span = (stride: number, count: number) => ((count - 1) * stride + bytes) / 4;
      return {
        length: rows,
        grain: 1,
        part: (from, count) =>
          replaced(call, {
            0: slice(source, (from * sourceStride) / 4, span(sourceStride, count)),
            1: slice(target, (from * targetStride) / 4, span(targetStride, count)),
            2: count,
          }),
      };
    },
  },
  rearrange: {
    cost: ([, , ...sizes]) => sizes.slice(0, 4).reduce((product, size) => product * size, 1),
    axis(call, [, , ...numbers]) {
      const [sizes, strides] = [numbers.slice(0, 4), numbers.slice(4)];
      const [source, target] = call.args;
      const along = sizes.findIndex((size) => size > 1);
      if (along === -1) return null;
      const inside = sizes.slice(along + 1).reduce((product, size) => product * size, 1);
      const spanInside = sizes
        .slice(along + 1)
        .reduce((sum, size, i) => sum + (size - 1) * (strides[along + 1 + i] ?? 0), 1);
      const stride = strides[along] ?? 0;
      return {
        length: sizes[along] ?? 1,
        grain: inside >= 16 ? 1 : 16,
        part: (from, count) =>
          replaced(call, {
            0: slice(source, from * stride, (count - 1) * stride + spanInside),
            1: slice(target, from * inside, count * inside),
            [2 + along]: count,
          }),
      };
    },
  },
  fill: vector(1, 0.15),
  exp: vector(2, 1.5),
  tanh: vector(2, 3),
  softplus: vector(2, 3),
  sigmoid: vector(2, 2),
  elu: vector(2, 2),
  leakyRelu: vector(2, 0.4),
  square: vector(2, 0.3),
  squareRoot: vector(2, 0.8),
  inverseSquareRoot: vector(2, 1.5),
  negate: vector(2, 0.3),
  relu: vector(2, 0.3),
  absolute: vector(2, 0.3),
  step: vector(2, 0.3),
  clip: vector(2, 1),
  eluGradient: vector(3, 1),
  leakyGradient: vector(3, 0.4),
  adamStep: vector(8, 0.8, [3, 4]),
  adamUpdate,
  partialSquares,
  add: binary,
  subtract: binary,
  multiply: binary,
  divide: binary,
  maximum: binary,
  minimum: binary,
};
