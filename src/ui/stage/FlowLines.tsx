/** The lines of the live diagram between what stands in its columns. They flow while the model trains. */
import type { FlowEdge, FlowEnd, FlowGraph } from "../model/flow-graph";
import { flowPlace, gapPlace, wholeGap } from "./flow-place";

/** Height of a row in the lines' own units; their widths stretch. */
const ROW = 100;
const middleOf = (row: number) => (row + 0.5) * ROW;

export function FlowLines({ graph: { columns, rows, edges } }: { readonly graph: FlowGraph }) {
  const gaps = [...Array(columns - 1).keys()];
  return gaps.map((column) => {
    const through = edges.filter(({ from, to }) => from.column <= column && to.column > column);
    const arriving = through.filter(({ to }) => to.kind === "network" && to.column === column + 1);
    const heads = [...new Set(arriving.map(({ to }) => to.row))];
    // On their way to a later column lines keep the row that they come from.
    const lanes = through.filter(({ from }) => from.column < column);
    return [
      <Paths
        key={`gap ${column}`}
        rows={rows}
        lines={through.map((edge) => [edge.from.row, arriving.includes(edge) ? edge.to.row : edge.from.row])}
        style={wholeGap(column)}
      />,
      ...heads.map((row) => (
        <span key={`head ${column} ${row}`} className="flow-head" style={gapPlace(column, row)} aria-hidden="true" />
      )),
      ...lanes.map(({ from, to }: FlowEdge) => (
        <span
          key={`lane ${from.id} ${to.id} ${column}`}
          className="flow-line"
          style={flowPlace(column, from.row)}
          aria-hidden="true"
        />
      )),
    ];
  });
}

/** From the last networks to what comes out of the model. */
export function EndLines({ rows, ends }: { readonly rows: number; readonly ends: readonly FlowEnd[] }) {
  return <Paths rows={rows} lines={ends.map(({ from, row }) => [from.row, row])} />;
}

interface PathsProps {
  readonly rows: number;
  /** The rows that each leads from and to. */
  readonly lines: readonly (readonly [from: number, to: number])[];
  readonly style?: React.CSSProperties;
}

function Paths({ rows, lines, style }: PathsProps) {
  const paths = [...new Set(lines.map(([from, to]) => `M0 ${middleOf(from)}L100 ${middleOf(to)}`))];
  return (
    <svg
      className="flow-paths"
      viewBox={`0 0 100 ${rows * ROW}`}
      preserveAspectRatio="none"
      style={style}
      aria-hidden="true"
    >
      {paths.map((path) => (
        <path key={path} d={path} vectorEffect="non-scaling-stroke" />
      ))}
    </svg>
  );
}
