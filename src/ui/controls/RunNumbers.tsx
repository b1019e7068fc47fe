/** How far the run is and how fast it goes. Plain digits: people copy them, and tests read them. */
import { firstConfig } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { modelOf } from "../../core/models";
import classes from "./bar.module.css";

/** Steps per second as shown: whole from ten on, one decimal below. */
const rateText = (rate: number) => (rate >= 10 || rate === 0 ? String(Math.round(rate)) : rate.toFixed(1));

export function RunNumbers() {
  const step = usePlayground((state) => state.step);
  const rate = usePlayground((state) => (state.phase === "training" ? state.stepsPerSecond : 0));
  const whose = usePlayground((state) => {
    const names = Object.values(modelOf(firstConfig(state)).players).map(({ name }) => name.toLowerCase());
    return names.length === 1
      ? `an update of ${names[0]}`
      : names.map((name) => `the ${name}'s updates`).join(", then ");
  });
  return (
    <div className={classes.numbers}>
      <div className={classes.number} title={`Training steps since the start; one step is ${whose}`}>
        <span id="steps-label">Steps</span>
        {/* aria-live off: a count that changes many times a second must not be read out each time */}
        <output aria-labelledby="steps-label" aria-live="off">
          {step}
        </output>
      </div>
      <div className={classes.number} title="Training steps per second, lately">
        <span aria-hidden="true">Steps/s</span>
        <output aria-label="Steps per second" aria-live="off">
          {rateText(rate)}
        </output>
      </div>
    </div>
  );
}
