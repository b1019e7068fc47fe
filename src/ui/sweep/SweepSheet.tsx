/** The view of many runs, over the page; its code is loaded when somebody opens it. */
import { lazy, Suspense } from "react";
import { Part } from "../feedback/Part";
import { Sheet } from "../frame/Sheet";
import { closeSweep, useSweepSheet } from "./sweep-sheet";

const ManyRuns = lazy(() => import("./ManyRuns"));

export function SweepSheet() {
  const open = useSweepSheet((state) => state.open);
  return (
    <Sheet title="Many runs" size="full" open={open} onClose={closeSweep}>
      <Part name="The view of many runs">
        <Suspense fallback={<p>Loading …</p>}>
          <ManyRuns />
        </Suspense>
      </Part>
    </Sheet>
  );
}
