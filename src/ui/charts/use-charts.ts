/** Which charts there are for what runs now: a list of choices a place. Those who show them: Charts.tsx, and who takes them away. */
import { useMemo } from "react";
import { useShallow } from "zustand/react/shallow";
import { firstConfig } from "../../client/selectors";
import type { PlaygroundState } from "../../client/store";
import { usePlayground } from "../../client/use-playground";
import { isAdversarial } from "../../core/config";
import { modelOf, type ReadingId } from "../../core/models";
import { PLAIN_GAME } from "../../core/models/gan";
import { opinionOf } from "../../core/opinion";
import { type Game, gameOf } from "../../core/optimum";
import { hasTheory } from "../../core/theory";
import { autoencoderCharts, type ChartInfo, chartsFor, divergenceChart } from "./catalogue";
import { qualityCharts } from "./quality-charts";
import { restCharts } from "./rest-charts";

const isGradients = ([first]: readonly ChartInfo[]) => first?.id === "gradients";

/** What the arms' models tell: the numbers of a game, of classes that D names, of a bound. */
function kindsOf({ experiment }: PlaygroundState) {
  const tells = (id: ReadingId) => experiment.arms.some(({ config }) => id in modelOf(config).readings);
  return { game: tells("dLoss"), named: tells("dClassReal"), bound: tells("kl") };
}

/** The arms' models. */
const modelsOf = ({ experiment }: PlaygroundState) => experiment.arms.map(({ config }) => modelOf(config));

/** The game of the first arm that plays one. */
function firstGame({ experiment }: PlaygroundState): Game {
  for (const { config } of experiment.arms) {
    const game = gameOf(config);
    if (game !== null) return game;
  }
  return { type: "gan", ...PLAIN_GAME };
}

/** The charts of each place, the first of them shown first. */
export function useCharts(): readonly (readonly ChartInfo[])[] {
  const game = usePlayground(useShallow(firstGame));
  const probability = usePlayground(({ experiment }) =>
    experiment.arms.every(({ config }) => !isAdversarial(config) || opinionOf(config.model.loss).probability),
  );
  const kinds = usePlayground(useShallow(kindsOf));
  const theory = usePlayground(({ experiment }) => experiment.arms.some(({ config }) => hasTheory(config)));
  const models = usePlayground(useShallow(modelsOf));
  const rest = useMemo(() => restCharts(models), [models]);
  const comparing = usePlayground(({ arms }) => arms.length > 1);
  const dataset = usePlayground((state) => firstConfig(state).dataset);
  const standards = usePlayground(({ arms }) => arms[0]?.quality?.standards ?? null);
  // What a comparison is about comes first: there it is in view without scrolling.
  return useMemo(() => {
    const quality = [...qualityCharts(dataset, standards), ...(theory ? [divergenceChart] : [])];
    const all = [
      quality,
      ...(kinds.game ? chartsFor({ game, probability, named: kinds.named, theory }) : []),
      ...(kinds.bound ? autoencoderCharts : []),
      ...(rest.length > 0 ? [rest] : []),
    ];
    return comparing ? [...all].sort((a, b) => Number(isGradients(b)) - Number(isGradients(a))) : all;
  }, [game, kinds, rest, probability, theory, comparing, dataset, standards]);
}
