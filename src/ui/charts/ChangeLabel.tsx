/** The name of a change beside its mark on a chart, on the side of the mark where there is room. Recharts hands in the mark's box. */

interface Props {
  readonly text: string;
  /** Lines below the plot's upper edge. */
  readonly row: number;
  /** Of the mark on the axis, 0 to 1. */
  readonly place: number;
  readonly viewBox?: { readonly x?: number; readonly y?: number };
}

const FONT = 10;
const LETTERS = 24;

export function ChangeLabel({ text, row, place, viewBox }: Props) {
  const left = place > 0.6;
  return (
    <text
      x={(viewBox?.x ?? 0) + (left ? -3 : 3)}
      y={(viewBox?.y ?? 0) + FONT + row * (FONT + 2)}
      textAnchor={left ? "end" : "start"}
      fontSize={FONT}
      className="chart-change"
    >
      {text.length > LETTERS ? `${text.slice(0, LETTERS - 2)}…` : text}
    </text>
  );
}
