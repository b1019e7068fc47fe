/** All charts of the page. The chunk that holds recharts begins here; ChartsPanel.tsx loads it. */

import { Switch } from "@mantine/core";
import { useState } from "react";
import { useArmIds } from "../stage/live";
import { ArmKey } from "./ArmKey";
import { ChartPanel } from "./ChartPanel";
import { Judged } from "./Judged";
import { SMOOTHING_REACH } from "./rows";
import { Spectrum } from "./Spectrum";
import { useCharts } from "./use-charts";

export default function Charts({ height }: { readonly height: number }) {
  const arms = useArmIds();
  const places = useCharts();
  const [smooth, setSmooth] = useState(false);
  const comparing = arms.length > 1;
  return (
    <>
      <div className="chart-options">
        {comparing && <ArmKey arms={arms} />}
        <Switch
          size="xs"
          label="Smooth"
          title={`Draws the mean of each point and its ${SMOOTHING_REACH} neighbours to both sides over the raw curve`}
          checked={smooth}
          onChange={(event) => setSmooth(event.currentTarget.checked)}
        />
      </div>
      {places.map((choices, turn) => (
        <ChartPanel key={choices[0]?.id} choices={choices} arms={arms} height={height} turn={turn} smooth={smooth} />
      ))}
      <Judged />
      <Spectrum />
    </>
  );
}
