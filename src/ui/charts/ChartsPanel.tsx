/** The column of charts. Loads the drawing library by itself, with a skeleton of the charts' size meanwhile. */
import { Skeleton } from "@mantine/core";
import { useElementSize, useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense } from "react";
import { LossCurves } from "../compare/LossCurves";
import "./charts.css";

const Charts = lazy(() => import("./Charts"));

/** Height of a chart's drawing where the page scrolls, and the bounds where the column's height is shared out. */
const HEIGHT = 172;
const LOWEST = 110;
const HIGHEST = 320;
/** Head, legend and gap of a drawing, and the line of options above all. */
const HEAD = 72;
const OPTIONS = 40;
const PLACES = ["quality", "losses", "opinions", "gradients"] as const;
/** Where the charts have a column of the screen's height; the same width as in app.module.css. */
const COLUMN = "(min-width: 1181px)";

export function ChartsPanel() {
  const column = useMediaQuery(COLUMN, true, { getInitialValueInEffect: false });
  const { ref, height: room } = useElementSize();
  const shared = Math.floor((room - OPTIONS) / PLACES.length) - HEAD;
  const height = column && room > 0 ? Math.max(LOWEST, Math.min(HIGHEST, shared)) : HEIGHT;
  return (
    <div ref={ref} className="charts-frame">
      <section aria-label="Charts" className="charts">
        <LossCurves />
        <Suspense
          fallback={PLACES.map((place) => <Skeleton key={place} height={height + HEAD} radius="sm" animate={false} />)}
        >
          <Charts height={height} />
        </Suspense>
      </section>
    </div>
  );
}
