/** Where things of the live diagram stand in its grids: a column for each column of the graph and one for each gap, two rows for each row. */
import type { CSSProperties } from "react";

export const flowColumn = (column: number) => 2 * column + 1;
const gapAfter = (column: number) => 2 * column + 2;

const half = (row: number) => `${Math.round(2 * row) + 1} / span 2`;

export const flowPlace = (column: number, row: number): CSSProperties => ({
  gridColumn: flowColumn(column),
  gridRow: half(row),
});
/** In the gap after a column. */
export const gapPlace = (column: number, row: number): CSSProperties => ({
  gridColumn: gapAfter(column),
  gridRow: half(row),
});
/** All of the gap after a column. */
export const wholeGap = (column: number): CSSProperties => ({ gridColumn: gapAfter(column), gridRow: "1 / -1" });

/** The columns of a grid for so many columns of the graph: what stands there, and gaps for lines. */
export const flowColumns = (count: number) =>
  Array.from({ length: count }, () => "auto").join(" minmax(var(--flow-gap), 1fr) ");
