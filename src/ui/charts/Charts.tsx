/** All charts of the page. The chunk that holds recharts begins here; ChartsPanel.tsx loads it. */

import { Switch } from "@mantine/core";
import { useMemo, useState } from "react";
import { firstConfig } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { useLabModule } from "../lab/lab-module";
import { useArmIds } from "../stage/live";
import { ArmKey } from "./ArmKey";
import { chartOf, useBoard } from "./board";
import { ChartPanel } from "./ChartPanel";
import type { ChartInfo } from "./catalogue";
import { curvesOf } from "./curves";
import { Judged } from "./Judged";
import { SMOOTHING_REACH } from "./rows";
import { Spectrum } from "./Spectrum";
import { useCharts } from "./use-charts";

export default function Charts({ height }: { readonly height: number }) {
  const arms = useArmIds();
  const lab = useLabModule();
  const board = useBoard();
  const places = useCharts();
  const config = usePlayground(firstConfig);
  const [smooth, setSmooth] = useState(false);
  const comparing = arms.length > 1;
  const shown = useMemo(() => {
    if (lab === null) return { pinned: [], others: places };
    const own = board.own.flatMap((id) => curvesOf(config).find((curve) => curve.id === id) ?? []);
    const all = [...places, ...own.map((curve) => [chartOf(curve)])].filter(
      ([first]) => !board.gone.includes(first?.id ?? ""),
    );
    const isPinned = ([first]: readonly ChartInfo[]) => board.pinned.includes(first?.id ?? "");
    return { pinned: all.filter(isPinned), others: all.filter((place) => !isPinned(place)) };
  }, [lab, board, places, config]);
  const reach = lab === null ? (smooth ? SMOOTHING_REACH : 0) : board.smoothing;
  const panel = (choices: readonly ChartInfo[], turn: number) => (
    <ChartPanel key={choices[0]?.id} choices={choices} arms={arms} height={height} turn={turn} smooth={reach} />
  );
  return (
    <>
      <div className="chart-options">
        {comparing && <ArmKey arms={arms} />}
        {lab === null ? (
          <Switch
            size="xs"
            label="Smooth"
            title={`Draws the mean of each point and its ${SMOOTHING_REACH} neighbours to both sides over the raw curve`}
            checked={smooth}
            onChange={(event) => setSmooth(event.currentTarget.checked)}
          />
        ) : (
          <lab.ChartTools />
        )}
      </div>
      {shown.pinned.length > 0 && <div className="charts-pinned">{shown.pinned.map(panel)}</div>}
      {shown.others.map((choices, i) => panel(choices, shown.pinned.length + i))}
      <Judged />
      <Spectrum />
    </>
  );
}
