/** The view of many runs, over the page; its code is loaded when somebody opens it. */
import { lazy } from "react";
import { Sheet } from "../frame/Sheet";
import { closeSweep, useSweepSheet } from "./sweep-sheet";

const ManyRuns = lazy(() => import("./ManyRuns"));

export function SweepSheet() {
  const open = useSweepSheet((state) => state.open);
  return (
    <Sheet
      title="Many runs"
      part="The view of many runs"
      loading={<p>Loading …</p>}
      size="full"
      open={open}
      onClose={closeSweep}
    >
      <ManyRuns />
    </Sheet>
  );
}
