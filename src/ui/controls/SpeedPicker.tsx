/** The most training steps a second: to watch single steps, or to let it run. */
import { useActions, usePlayground } from "../../client/use-playground";
import classes from "./bar.module.css";
import { PlainSelect } from "./fields/ChoiceField";

const LIMITS = [
  { value: "none", label: "As fast as it goes", limit: null },
  { value: "100", label: "100 steps a second", limit: 100 },
  { value: "20", label: "20 steps a second", limit: 20 },
  { value: "5", label: "5 steps a second", limit: 5 },
  { value: "1", label: "1 step a second", limit: 1 },
] as const;

export function SpeedPicker() {
  const limit = usePlayground((state) => state.speedLimit);
  const actions = useActions();
  return (
    <div className={classes.item}>
      <label htmlFor="speed">Speed</label>
      <PlainSelect
        id="speed"
        value={LIMITS.find((choice) => choice.limit === limit)?.value ?? null}
        choices={LIMITS}
        placeholder={limit === null ? "" : `${limit} steps a second`}
        wide={180}
        onChange={(value) => actions.setSpeedLimit(LIMITS.find((choice) => choice.value === value)?.limit ?? null)}
      />
    </div>
  );
}
