/** All charts of the page. The chunk that holds recharts begins here; ChartsPanel.tsx loads it. */
import { useMemo } from "react";
import { usePlayground } from "../../client/use-playground";
import { opinionOf } from "../../core/opinion";
import { ChartPanel } from "./ChartPanel";
import { chartsFor } from "./catalogue";

export default function Charts({ height }: { readonly height: number }) {
  const loss = usePlayground((state) => state.config.loss);
  const other = usePlayground((state) => state.comparison?.loss ?? state.config.loss);
  const comparing = usePlayground((state) => state.arms.length > 1);
  const probability = opinionOf(loss).probability && opinionOf(other).probability;
  const places = useMemo(() => chartsFor(loss, probability), [loss, probability]);
  return (
    <>
      {comparing && <p className="chart-arms">Arm A is drawn solid, arm B dashed; colours keep their meaning.</p>}
      {places.map((choices, turn) => (
        <ChartPanel key={choices[0]?.id} choices={choices} comparing={comparing} height={height} turn={turn} />
      ))}
    </>
  );
}
