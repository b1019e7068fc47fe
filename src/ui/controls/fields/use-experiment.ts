/** The experiment on the controls and the way to change it. */
import { useActions, usePlayground } from "../../../client/use-playground";
import type { ExperimentConfig } from "../../../core/config";

export interface ExperimentHandle {
  readonly config: ExperimentConfig;
  readonly setConfig: (config: ExperimentConfig) => void;
}

export function useExperiment(): ExperimentHandle {
  const config = usePlayground((state) => state.config);
  const actions = useActions();
  return { config, setConfig: actions.setConfig };
}
