/** The settings on the controls, of the arm that the panel speaks for, and the way to change them. */
import { panelConfig } from "../../../client/selectors";
import { useActions, usePlayground } from "../../../client/use-playground";
import type { ExperimentConfig } from "../../../core/config";

export interface ExperimentHandle {
  readonly config: ExperimentConfig;
  readonly setConfig: (config: ExperimentConfig) => void;
}

export function useExperiment(): ExperimentHandle {
  const config = usePlayground(panelConfig);
  const actions = useActions();
  return { config, setConfig: actions.setConfig };
}
