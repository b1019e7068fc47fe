/** While comparing: which arm the experiment panel shows and changes, and whom a change there reaches. Else nothing. */
import { useActions, usePlayground } from "../../client/use-playground";
import { armLetter, freeArmId } from "../../core/arms";
import { useArmTitles } from "../compare/use-arm-titles";
import classes from "./arm-switch.module.css";

export function ArmSwitch() {
  const arms = usePlayground((state) => state.experiment.arms);
  const chosen = usePlayground((state) => state.panelArm);
  const titles = useArmTitles();
  const { speakFor, keepOnly, removeArm, addArm } = useActions();
  const free = usePlayground((state) => freeArmId(state.experiment));
  if (arms.length === 1) return null;
  const note =
    chosen === arms[0].id
      ? "A change here reaches every arm, except where an arm differs on purpose."
      : `A change here is for arm ${armLetter(chosen)} alone.`;
  return (
    <fieldset className={classes.switch}>
      <legend className={classes.legend}>Settings of arm</legend>
      <div className={classes.choices}>
        {arms.map(({ id }) => (
          <label key={id} className={classes.choice} title={titles[id]}>
            <input
              type="radio"
              name="panel-arm"
              value={id}
              checked={id === chosen}
              aria-label={`Arm ${armLetter(id)}: ${titles[id]}`}
              onChange={() => speakFor(id)}
            />
            <b className={`arm-badge arm-badge-${id}`}>{armLetter(id)}</b>
            <span className={classes.title}>{titles[id]}</span>
          </label>
        ))}
      </div>
      <p className={classes.note}>{note}</p>
      <p className={classes.actions}>
        {free !== null && (
          <button type="button" onClick={() => addArm()}>
            Add arm {armLetter(free)}
          </button>
        )}
        <button type="button" onClick={() => keepOnly(chosen)}>
          Keep only {armLetter(chosen)}
        </button>
        <button type="button" onClick={() => removeArm(chosen)}>
          Remove {armLetter(chosen)}
        </button>
      </p>
    </fieldset>
  );
}
