/** All charts of the page. The chunk that holds recharts begins here; ChartsPanel.tsx loads it. */

import { Switch } from "@mantine/core";
import { useMemo, useState } from "react";
import { useShallow } from "zustand/react/shallow";
import { firstConfig } from "../../client/selectors";
import type { PlaygroundState } from "../../client/store";
import { usePlayground } from "../../client/use-playground";
import { lossOf } from "../../core/config";
import { PLAIN_GAME } from "../../core/models/gan";
import { opinionOf } from "../../core/opinion";
import { gameOf } from "../../core/optimum";
import type { Standards } from "../../core/quality/measures";
import { useArmIds } from "../stage/live";
import { ArmKey } from "./ArmKey";
import { ChartPanel } from "./ChartPanel";
import { type ChartInfo, chartsFor } from "./catalogue";
import { Judged } from "./Judged";
import { qualityCharts } from "./quality-charts";
import { SMOOTHING_REACH } from "./rows";
import { Spectrum } from "./Spectrum";

const isGradients = ([first]: readonly ChartInfo[]) => first?.id === "gradients";

let former: Standards | null = null;

/** What real data reads. It comes with every measuring; the same as before while it says the same. */
function standardsOf({ arms }: PlaygroundState): Standards | null {
  const now = arms[0]?.quality?.standards ?? null;
  if (JSON.stringify(now) !== JSON.stringify(former)) former = now;
  return former;
}

export default function Charts({ height }: { readonly height: number }) {
  const game = usePlayground(useShallow((state: PlaygroundState) => gameOf(firstConfig(state)) ?? PLAIN_GAME));
  const probability = usePlayground(({ experiment }) =>
    experiment.arms.every(({ config }) => opinionOf(lossOf(config)).probability),
  );
  const arms = useArmIds();
  const dataset = usePlayground((state) => firstConfig(state).dataset);
  const standards = usePlayground(standardsOf);
  const [smooth, setSmooth] = useState(false);
  const comparing = arms.length > 1;
  // What a comparison is about comes first: there it is in view without scrolling.
  const places = useMemo(() => {
    const quality = qualityCharts(dataset, standards);
    const all = chartsFor({ quality, game, probability });
    return comparing ? [...all].sort((a, b) => Number(isGradients(b)) - Number(isGradients(a))) : all;
  }, [game, probability, comparing, dataset, standards]);
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
