/**
 * How work along vectors and columns is cut: functions of each element, batch norm, updates of weights. Along the axes of products and sums:
 * splitters.ts.
 */
import { isPlace, type ModuleCall } from "./calls";
import { type Part, replaced, slice } from "./parts";
import type { Splitter } from "./splitters";

/** Functions along a vector: which argument counts its elements, which ones are scalars in memory. */
export function vector(count: number, nanoseconds: number, scalars: readonly number[] = []): Splitter {
  return {
    cost: (numbers) => (numbers[count] ?? 0) * nanoseconds,
    axis: (call, numbers) => ({
      length: numbers[count] ?? 0,
      grain: 16,
      part(from, floats) {
        const places = call.args.flatMap((argument, i) => (isPlace(argument) && !scalars.includes(i) ? [i] : []));
        const moved = Object.fromEntries(places.map((i) => [i, slice(call.args[i], from, floats)]));
        return replaced(call, { ...moved, [count]: floats });
      },
    }),
  };
}

/**
 * Batch norm and its gradient: by columns.
 * @param rows which argument counts the rows; columns and width follow @param matrices arguments of [rows, columns]; others are rows
 */
export function byColumns(rows: number, matrices: readonly number[], nanoseconds: number): Splitter {
  return {
    cost: (numbers) => (numbers[rows] ?? 0) * (numbers[rows + 1] ?? 0) * nanoseconds,
    axis: (call, numbers) => ({
      length: numbers[rows + 1] ?? 0,
      grain: 16,
      part(from, columns) {
        const span = ((numbers[rows] ?? 1) - 1) * (numbers[rows + 2] ?? 0) + columns;
        const places = call.args.flatMap((argument, i) => (isPlace(argument) ? [i] : []));
        const moved = places.map((i) => [i, slice(call.args[i], from, matrices.includes(i) ? span : columns)]);
        return replaced(call, { ...Object.fromEntries(moved), [rows + 1]: columns });
      },
    }),
  };
}

/** Floats whose squares make one partial sum, a double: assembly/reductions.ts. */
const SQUARES = 4096;

/** The sums of the squares of `floats` floats from the `from`-th on. */
const squaresOf = (
  partials: ModuleCall["args"][number] | undefined,
  from: number,
  floats: number,
): Part["args"][number] => slice(partials, (2 * from) / SQUARES, 2 * Math.ceil(floats / SQUARES));

const plainUpdate = vector(9, 0.7, [4, 5, 13]);

/** Adam's update; where it sums the gradient's squares, whole sums are cut. */
export const adamUpdate: Splitter = {
  cost: plainUpdate.cost,
  axis(call, numbers, geometry) {
    const plain = plainUpdate.axis(call, numbers, geometry);
    const squares = call.args[13];
    if (plain === null || squares === undefined || !isPlace(squares)) return plain;
    return {
      ...plain,
      grain: SQUARES,
      part(from, floats) {
        const { name, args } = plain.part(from, floats);
        return { name, args: args.map((argument, i) => (i === 13 ? squaresOf(squares, from, floats) : argument)) };
      },
    };
  },
};

/** Sums of squares: whole ones. */
export const partialSquares: Splitter = {
  cost: ([, , count = 0]) => count * 0.3,
  axis: ({ args: [source, partials], ...call }, [, , count = 0]) => ({
    length: count,
    grain: SQUARES,
    part: (from, floats) =>
      replaced(
        { ...call, args: [source ?? 0, partials ?? 0, floats] },
        {
          0: slice(source, from, floats),
          1: squaresOf(partials, from, floats),
        },
      ),
  }),
};
