/** All charts of the page. The chunk that holds recharts begins here; ChartsPanel.tsx loads it. */
import { useMemo } from "react";
import { firstConfig } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { opinionOf } from "../../core/opinion";
import { useArmIds } from "../stage/live";
import { ArmKey } from "./ArmKey";
import { ChartPanel } from "./ChartPanel";
import { chartsFor } from "./catalogue";

export default function Charts({ height }: { readonly height: number }) {
  const loss = usePlayground((state) => firstConfig(state).loss);
  const labelSmoothing = usePlayground((state) => firstConfig(state).labelSmoothing);
  const instanceNoise = usePlayground((state) => firstConfig(state).instanceNoise);
  const packing = usePlayground((state) => firstConfig(state).packing);
  const probability = usePlayground(({ experiment }) =>
    experiment.arms.every(({ config }) => opinionOf(config.loss).probability),
  );
  const arms = useArmIds();
  const places = useMemo(
    () => chartsFor({ game: { loss, labelSmoothing, instanceNoise, packing }, probability }),
    [loss, labelSmoothing, instanceNoise, packing, probability],
  );
  return (
    <>
      {arms.length > 1 && <ArmKey arms={arms} />}
      {places.map((choices, turn) => (
        <ChartPanel key={choices[0]?.id} choices={choices} arms={arms} height={height} turn={turn} />
      ))}
    </>
  );
}
