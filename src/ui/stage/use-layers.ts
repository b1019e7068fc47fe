/** Which layers a picture shows, as they are drawn. The lab's come with the lab; the arrows are always there. */
import { useMemo } from "react";
import { isJudged } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { canHave } from "../../core/stage-layers";
import { useLabModule } from "../lab/lab-module";
import { pulls } from "./layers/pulls";
import type { StageLayer } from "./layers/types";

/** The layers that are switched on and that data of this dimension have, in order. Stable while they are the same. */
export function useLayers(dimension: 1 | 2): readonly StageLayer[] {
  const on = usePlayground((state) => state.layers);
  const judged = usePlayground(isJudged);
  const lab = useLabModule();
  return useMemo(() => {
    const fitting = on.filter((id) => canHave(id, dimension, judged));
    return fitting.flatMap((id) => (id === "pulls" ? pulls : (lab?.STAGE_LAYERS[id] ?? [])));
  }, [on, lab, dimension, judged]);
}
