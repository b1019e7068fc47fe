/** All charts of the page. The chunk that holds recharts begins here; ChartsPanel.tsx loads it. */

import { Switch } from "@mantine/core";
import { useMemo, useState } from "react";
import { useShallow } from "zustand/react/shallow";
import { firstConfig } from "../../client/selectors";
import type { PlaygroundState } from "../../client/store";
import { usePlayground } from "../../client/use-playground";
import { isAdversarial } from "../../core/config";
import { modelOf, type ReadingId } from "../../core/models";
import { PLAIN_GAME } from "../../core/models/gan";
import { opinionOf } from "../../core/opinion";
import { type Game, gameOf } from "../../core/optimum";
import { useArmIds } from "../stage/live";
import { ArmKey } from "./ArmKey";
import { ChartPanel } from "./ChartPanel";
import { autoencoderCharts, type ChartInfo, chartsFor } from "./catalogue";
import { Judged } from "./Judged";
import { qualityCharts } from "./quality-charts";
import { SMOOTHING_REACH } from "./rows";
import { Spectrum } from "./Spectrum";

const isGradients = ([first]: readonly ChartInfo[]) => first?.id === "gradients";

/** What the arms' models tell: the numbers of a game, of classes that D names, of a bound. */
function kindsOf({ experiment }: PlaygroundState) {
  const tells = (id: ReadingId) => experiment.arms.some(({ config }) => id in modelOf(config).readings);
  return { game: tells("dLoss"), named: tells("dClassReal"), bound: tells("kl") };
}

/** The game of the first arm that plays one. */
function firstGame({ experiment }: PlaygroundState): Game {
  for (const { config } of experiment.arms) {
    const game = gameOf(config);
    if (game !== null) return game;
  }
  return PLAIN_GAME;
}

export default function Charts({ height }: { readonly height: number }) {
  const game = usePlayground(useShallow(firstGame));
  const probability = usePlayground(({ experiment }) =>
    experiment.arms.every(({ config }) => !isAdversarial(config) || opinionOf(config.model.loss).probability),
  );
  const kinds = usePlayground(useShallow(kindsOf));
  const arms = useArmIds();
  const dataset = usePlayground((state) => firstConfig(state).dataset);
  const standards = usePlayground(({ arms }) => arms[0]?.quality?.standards ?? null);
  const [smooth, setSmooth] = useState(false);
  const comparing = arms.length > 1;
  // What a comparison is about comes first: there it is in view without scrolling.
  const places = useMemo(() => {
    const quality = qualityCharts(dataset, standards);
    const all = [
      quality,
      ...(kinds.game ? chartsFor({ game, probability, named: kinds.named }) : []),
      ...(kinds.bound ? autoencoderCharts : []),
    ];
    return comparing ? [...all].sort((a, b) => Number(isGradients(b)) - Number(isGradients(a))) : all;
  }, [game, kinds, probability, comparing, dataset, standards]);
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
