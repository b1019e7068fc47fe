/** Where the visited moment stands on a chart. Over the drawing and not in it: whoever scrubs has no curve drawn anew. */
import { usePlayground } from "../../client/use-playground";

interface Props {
  /** Steps at the ends of the axis. */
  readonly domain: readonly [number, number];
  /** Pixels from the edges of the chart to the axis' ends, and from its top and bottom to those of the plot. */
  readonly insets: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

export function VisitedLine({ domain: [from, to], insets: { left, right, top, bottom } }: Props) {
  const step = usePlayground((state) => state.visited?.step ?? null);
  if (step === null || step < from || step > to) return null;
  const share = (step - from) / Math.max(1, to - from);
  const place = `calc(${left}px + ${share} * (100% - ${left + right}px))`;
  return <div className="chart-visited" style={{ left: place, top, bottom }} />;
}
