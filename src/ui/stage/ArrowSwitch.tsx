/** Whether the fakes carry arrows: where each arm's loss would move them. Only points have them. */
import { Switch } from "@mantine/core";
import { isJudged } from "../../client/selectors";
import { useActions, usePlayground } from "../../client/use-playground";
import { LAYERS } from "../../core/stage-layers";

export function ArrowSwitch() {
  const arrows = usePlayground((state) => state.layers.includes("pulls"));
  const judged = usePlayground(isJudged);
  const { setLayer } = useActions();
  if (!judged) return null; // nothing pulls
  return (
    <Switch
      size="xs"
      label={LAYERS.pulls.name}
      title={LAYERS.pulls.title}
      checked={arrows}
      onChange={(event) => setLayer("pulls", event.currentTarget.checked)}
    />
  );
}
