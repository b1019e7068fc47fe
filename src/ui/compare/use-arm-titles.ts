/** What to call each arm, by what sets it apart; renewed only when the experiment is another. */
import { useMemo } from "react";
import { usePlayground } from "../../client/use-playground";
import { armTitles } from "../../core/diagnosis/compare";

export function useArmTitles(): ReturnType<typeof armTitles> {
  const experiment = usePlayground((state) => state.experiment);
  return useMemo(() => armTitles(experiment), [experiment]);
}
