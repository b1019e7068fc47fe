/** The sheet in which points of one's own become a dataset. */
import { lazy } from "react";
import { Sheet } from "../frame/Sheet";
import { closePoints, usePointsSheet } from "./points-store";

const PointSet = lazy(() => import("./PointSet"));

export function PointsSheet() {
  const open = usePointsSheet((state) => state.open);
  return (
    <Sheet title="Your points" part="The sheet for your points" size="wide" open={open} onClose={closePoints}>
      <PointSet />
    </Sheet>
  );
}
