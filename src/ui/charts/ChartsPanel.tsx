/** The column of charts. Loads the drawing library by itself, with a skeleton of the charts' size meanwhile. */
import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import { LossCurves } from "../compare/LossCurves";
import "./charts.css";

const Charts = lazy(() => import("./Charts"));

/** Height of a chart's drawing: three of them with their heads fit beside the stage on a laptop. */
const HEIGHT = 172;
/** Head and legend above a drawing. */
const HEAD = 52;
const PLACES = ["losses", "opinions", "gradients"] as const;

export function ChartsPanel() {
  return (
    <section aria-label="Charts" className="charts panel">
      <LossCurves />
      <Suspense
        fallback={PLACES.map((place) => <Skeleton key={place} height={HEIGHT + HEAD} radius="sm" animate={false} />)}
      >
        <Charts height={HEIGHT} />
      </Suspense>
    </section>
  );
}
