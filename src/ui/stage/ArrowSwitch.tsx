/** Whether the fakes carry arrows: where each arm's loss would move them. Only points have them. */
import { Switch } from "@mantine/core";
import { useActions, usePlayground } from "../../client/use-playground";

export function ArrowSwitch() {
  const arrows = usePlayground((state) => state.arrows);
  const { setArrows } = useActions();
  return (
    <Switch
      size="xs"
      label="Arrows"
      title="Where G's loss would move each of 64 fakes; the longest arrow sets the scale"
      checked={arrows}
      onChange={(event) => setArrows(event.currentTarget.checked)}
    />
  );
}
