/** The goal at which the run is to stop by itself: set by a person, watched while the lab is open. When it is reached: core/quality/goal. */
import { create } from "zustand";
import { playground } from "../../../client/use-playground";
import { type Goal, reached } from "../../../core/quality/goal";

interface GoalState {
  readonly goal: Goal | null;
  /** Why the run stopped last, a sentence; empty before. */
  readonly told: string;
}

export const useGoal = create<GoalState>(() => ({ goal: null, told: "" }));

/** Trains until the goal is reached. */
export function runUntil(goal: Goal): void {
  const { actions } = playground();
  useGoal.setState({ goal, told: "" });
  actions.train(goal.kind === "step" ? goal.step : undefined);
}

export const dropGoal = (): void => useGoal.setState({ goal: null });

/** Stops the run when its goal is reached; a person who pauses takes the goal back. Returns how to stop watching. */
export function watchGoal(): () => void {
  const { store, actions } = playground();
  let wanted = false;
  const stop = store.subscribe((state) => {
    const { goal } = useGoal.getState();
    const paused = wanted && !state.wantsTraining;
    wanted = state.wantsTraining;
    if (goal === null) return;
    const sentence = reached(goal, state.step, state.arms[0]?.quality ?? null);
    if (sentence !== null) {
      useGoal.setState({ goal: null, told: sentence });
      if (state.wantsTraining) actions.pause();
    } else if (paused) dropGoal();
  });
  return () => {
    stop();
    useGoal.setState({ goal: null, told: "" });
  };
}
