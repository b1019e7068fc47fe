/** Samples in rows on one canvas; where a press means something, each is a button: one stop of the Tab key, arrows inside. */
import { useCallback } from "react";
import type { Drawn } from "../../core/latent-space/studies";
import { useRoving } from "../frame/use-roving";
import { Canvas, type Paint } from "../stage/Canvas";
import { drawGrid, type Look } from "./draw-samples";

interface Props {
  /** What is seen, for those who do not see it. */
  readonly label: string;
  readonly look: Look;
  /** Null: places stay empty until there are samples. */
  readonly samples: Drawn | null;
  readonly count: number;
  readonly columns: number;
  readonly gap?: number;
  readonly onPick?: (index: number) => void;
  /** Of a button. */
  readonly nameOf?: (index: number) => string;
  readonly isPicked?: (index: number) => boolean;
  /** Presses by pointer only: what they do is also somewhere else. */
  readonly pointerOnly?: boolean;
}

const never = () => () => {};

export function SampleGrid({ label, look, samples, count, columns, gap = 3, ...picking }: Props) {
  const paint = useCallback<Paint>(
    (context, width) => {
      if (samples !== null) drawGrid(context, look, samples, columns, width, gap);
    },
    [look, samples, columns, gap],
  );
  const rows = Math.ceil(count / columns);
  return (
    <div className="space-grid" style={{ aspectRatio: `${columns} / ${rows}` }}>
      <Canvas label={label} subscribe={never} paint={paint} />
      {picking.onPick !== undefined && (
        <Buttons {...picking} onPick={picking.onPick} count={count} columns={columns} gap={gap} />
      )}
    </div>
  );
}

type ButtonsProps = Required<Pick<Props, "count" | "columns" | "gap" | "onPick">> &
  Pick<Props, "nameOf" | "isPicked" | "pointerOnly">;

function Buttons({ count, columns, gap, onPick, nameOf, isPicked, pointerOnly = false }: ButtonsProps) {
  const { ref, onKeyDown, onFocus } = useRoving<HTMLDivElement>(".space-cell");
  const roving = pointerOnly ? {} : { ref, onKeyDown, onFocus };
  return (
    <div
      {...roving}
      className="space-cells"
      style={{ gridTemplateColumns: `repeat(${columns}, 1fr)`, gap }}
      aria-hidden={pointerOnly}
    >
      {Array.from({ length: count }, (_, i) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a sample of the grid is its place
          key={i}
          type="button"
          className="space-cell"
          tabIndex={-1}
          aria-label={nameOf?.(i) ?? `Take the latent of sample ${i + 1}`}
          aria-pressed={isPicked?.(i)}
          onClick={() => onPick(i)}
        />
      ))}
    </div>
  );
}
