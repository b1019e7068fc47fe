/** What a person does to the arms of an experiment: another configuration, one arm more or less, one kept alone. */
import type { StoreApi } from "zustand/vanilla";
import { type ArmId, type Experiment, findArm, freeArmId, mapArms, withArm, withoutArm } from "../core/arms";
import { carryOver } from "./carry-over";
import { isComparing, panelConfig } from "./selectors";
import { withOtherLoss } from "./state-parts";
import type { PlaygroundActions, PlaygroundState } from "./store";

export interface ArmActionsOptions {
  readonly store: StoreApi<PlaygroundState>;
  /** Takes down which running arm's state an arm is to take over. */
  readonly origins: Map<ArmId, ArmId>;
  /** Puts an experiment on the controls and, when it can run, to work. */
  open(experiment: Experiment, panelArm?: ArmId): void;
}

type ArmActions = Pick<
  PlaygroundActions,
  "openExperiment" | "setConfig" | "addArm" | "removeArm" | "keepOnly" | "speakFor"
>;

export function armActions({ store, origins, open }: ArmActionsOptions): ArmActions {
  return {
    openExperiment(experiment) {
      open(experiment, experiment.arms[0].id);
    },
    setConfig(config) {
      const { experiment, panelArm } = store.getState();
      const before = panelConfig(store.getState());
      if (panelArm !== experiment.arms[0].id) open(withArm(experiment, panelArm, config));
      else open(mapArms(experiment, (arm) => (arm.id === panelArm ? config : carryOver(before, config, arm.config))));
    },
    addArm(config) {
      const { experiment, panelArm } = store.getState();
      const id = freeArmId(experiment);
      if (id === null) return;
      const source = panelConfig(store.getState());
      if (isComparing(store.getState())) origins.set(id, panelArm);
      const usual = isComparing(store.getState()) ? source : withOtherLoss(source);
      open(withArm(experiment, id, config ?? usual), id);
    },
    removeArm(id) {
      const { experiment } = store.getState();
      const [first, second] = experiment.arms;
      if (second === undefined) return;
      if (id !== first.id) {
        open(withoutArm(experiment, id));
        return;
      }
      origins.set(first.id, second.id);
      open(withArm(withoutArm(experiment, second.id), first.id, second.config));
    },
    keepOnly(id) {
      const { experiment } = store.getState();
      const [first] = experiment.arms;
      const kept = findArm(experiment, id) ?? first;
      if (kept.id !== first.id) origins.set(first.id, kept.id);
      open({ arms: [{ id: first.id, config: kept.config }] });
    },
    speakFor(id) {
      if (findArm(store.getState().experiment, id) !== undefined) store.setState({ panelArm: id });
    },
  };
}
