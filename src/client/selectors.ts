/** The usual parts of the page's state, for usePlayground. Each returns what stays the same while nothing changed. */
import { findArm } from "../core/arms";
import type { ExperimentConfig } from "../core/config";
import { modelOf } from "../core/models";
import type { PlaygroundState } from "./store";

type Of<T> = (state: Pick<PlaygroundState, "experiment" | "panelArm">) => T;

/** The configuration of the arm that the experiment panel speaks for. */
export const panelConfig: Of<ExperimentConfig> = ({ experiment, panelArm }) =>
  (findArm(experiment, panelArm) ?? experiment.arms[0]).config;

/** The first arm's configuration: the only one's where nothing is compared. */
export const firstConfig: Of<ExperimentConfig> = ({ experiment }) => experiment.arms[0].config;

/** The step that the run has come to, also while a past moment is shown. */
export function presentStep({ visited, film, step }: Pick<PlaygroundState, "visited" | "film" | "step">): number {
  const tip = film?.branches.find(({ id }) => id === film.current)?.tip;
  return visited === null ? step : Math.max(step, tip ?? 0);
}

/** Whether there is more than one arm on the controls. */
export const isComparing: Of<boolean> = ({ experiment }) => experiment.arms.length > 1;

/** Whether there is something to take back: a change that was made, or one that is refused and only on the controls. */
export const canUndo = ({ canUndo, refusals }: Pick<PlaygroundState, "canUndo" | "refusals">): boolean =>
  canUndo || refusals.length > 0;

/** Whether any arm's model has a network that judges samples. */
export const isJudged: Of<boolean> = ({ experiment }) =>
  experiment.arms.some(({ config }) => modelOf(config).judge !== null);
