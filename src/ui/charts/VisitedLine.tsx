/** Where the visited moment stands on a chart. Over the drawing and not in it: whoever scrubs has no curve drawn anew. */
import { usePlayground } from "../../client/use-playground";
import { placeOn } from "./axis";

interface Props {
  /** Steps at the ends of the axis. */
  readonly domain: readonly [number, number];
  /** Pixels from the edges of the chart to the axis' ends, and from its top and bottom to those of the plot. */
  readonly insets: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

export function VisitedLine({ domain, insets: { left, right, top, bottom } }: Props) {
  const step = usePlayground((state) => state.visited?.step ?? null);
  if (step === null || step < domain[0] || step > domain[1]) return null;
  const place = `calc(${left}px + ${placeOn(domain, step)} * (100% - ${left + right}px))`;
  return <div className="chart-visited" style={{ left: place, top, bottom }} />;
}
