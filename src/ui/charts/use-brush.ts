/** Dragging over a chart shows that part of the run on all charts; a click goes to the moment. */
import { useRef, useState } from "react";
import { useActions } from "../../client/use-playground";
import { showSteps } from "./board";

/** What recharts tells of a pointer: the step under it. */
interface Pointed {
  readonly activeLabel?: string | number | undefined;
}

export interface Brush {
  /** The steps that are being dragged over; null while nobody drags. */
  readonly from: number | null;
  readonly to: number | null;
  readonly handlers: {
    readonly onMouseDown: (pointed: Pointed) => void;
    readonly onMouseMove: (pointed: Pointed) => void;
    readonly onMouseUp: () => void;
    readonly onMouseLeave: () => void;
    readonly onClick: (pointed: Pointed) => void;
  };
}

interface Drag {
  /** Null where the press came before the chart knew what is under the pointer. */
  readonly from: number | null;
  readonly to: number | null;
}

const stepOf = ({ activeLabel }: Pointed): number | null =>
  activeLabel === undefined || activeLabel === "" ? null : Number(activeLabel);

export function useBrush(): Brush {
  const { visit } = useActions();
  const [shown, setShown] = useState<Drag | null>(null);
  const latest = useRef<Drag | null>(null);
  const dragged = useRef(false);
  const set = (next: Drag | null) => {
    latest.current = next;
    setShown(next);
  };
  return {
    from: shown?.from ?? null,
    to: shown?.to ?? null,
    handlers: {
      onMouseDown: (pointed) => {
        dragged.current = false;
        set({ from: stepOf(pointed), to: stepOf(pointed) });
      },
      onMouseMove: (pointed) => {
        const step = stepOf(pointed);
        if (latest.current !== null && step !== null) set({ from: latest.current.from ?? step, to: step });
      },
      onMouseUp: () => {
        const { from, to } = latest.current ?? { from: null, to: null };
        set(null);
        if (from === null || to === null || from === to) return;
        dragged.current = true;
        showSteps([Math.min(from, to), Math.max(from, to)]);
      },
      onMouseLeave: () => set(null),
      onClick: (pointed) => {
        const step = stepOf(pointed);
        if (!dragged.current && step !== null) visit(step);
      },
    },
  };
}
