/** Train, step, reset, compare: what a person does to the run. */
import {
  IconColumnInsertRight,
  IconColumns1,
  IconColumns2,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRestore,
} from "@tabler/icons-react";
import { firstConfig, isComparing } from "../../client/selectors";
import { useActions, usePlayground } from "../../client/use-playground";
import { ARM_IDS, freeArmId } from "../../core/arms";
import { modelOf } from "../../core/models";
import { useFrame } from "../frame/frame-store";
import { stepKeys } from "../frame/shortcuts";
import { useRoving } from "../frame/use-roving";
import classes from "./bar.module.css";
import { UndoButtons } from "./UndoButtons";

export function RunButtons() {
  const actions = useActions();
  const training = usePlayground((state) => state.wantsTraining);
  const comparing = usePlayground(isComparing);
  const refused = usePlayground((state) => state.refusals.length > 0);
  const singles = useRoving<HTMLDivElement>("button");
  const model = usePlayground((state) => modelOf(firstConfig(state)));
  const singleKeys = useFrame((state) => state.singleKeys);
  const waits = "Waits: the experiment on the controls cannot run yet";
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend has no place in a bar
    <div className={classes.run} role="group" aria-label="Run">
      <button
        type="button"
        className={classes.train}
        aria-disabled={refused && !training}
        title={training ? "Pause (Space)" : refused ? waits : "Train (Space)"}
        onClick={() => actions.toggleTraining()}
      >
        {training ? (
          <IconPlayerPauseFilled size={16} aria-hidden="true" />
        ) : (
          <IconPlayerPlayFilled size={16} aria-hidden="true" />
        )}
        {training ? "Pause" : "Train"}
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: likewise */}
      <div className={classes.steps} role="group" aria-label="Single steps" {...singles}>
        <span className={classes.stepsLabel} aria-hidden="true">
          Step
        </span>
        {stepKeys(model).map(({ player, text, role, words, key }) => (
          <button
            key={player}
            type="button"
            className={classes.step}
            data-players={role ?? undefined}
            aria-label={`Step ${text}`}
            aria-keyshortcuts={singleKeys && key !== null ? key.toUpperCase() : undefined}
            aria-disabled={refused}
            title={refused ? waits : singleKeys && key !== null ? `${words} (${key.toUpperCase()})` : words}
            onClick={() => actions.step(player)}
          >
            {text}
          </button>
        ))}
      </div>
      <UndoButtons />
      <button
        type="button"
        className={classes.button}
        aria-label="Reset"
        title="Back to step 0 with the same experiment and seed"
        onClick={() => actions.reset()}
      >
        <IconRestore size={16} aria-hidden="true" />
        <span className={classes.buttonText}>Reset</span>
      </button>
      {comparing ? <Comparing /> : <Compare />}
    </div>
  );
}

function Compare() {
  const { addArm } = useActions();
  return (
    <button
      type="button"
      className={classes.button}
      aria-label="Compare"
      title="Split the run into two arms that differ in one thing, from the same weights and noise"
      onClick={() => addArm()}
    >
      <IconColumns2 size={16} aria-hidden="true" />
      <span className={classes.buttonText}>Compare</span>
    </button>
  );
}

/** In the place of Compare: one arm more, and the way back. */
function Comparing() {
  const { addArm, keepOnly } = useActions();
  const full = usePlayground((state) => freeArmId(state.experiment) === null);
  return (
    <>
      <button
        type="button"
        className={`${classes.button} ${classes.addArm}`}
        aria-label="Add arm"
        title={
          full ? `There can be ${ARM_IDS.length} arms` : "A copy of the arm that the settings speak for, to be changed"
        }
        disabled={full}
        onClick={() => addArm()}
      >
        <IconColumnInsertRight size={16} aria-hidden="true" />
        <span className={classes.buttonText}>Add arm</span>
      </button>
      <button
        type="button"
        className={classes.button}
        aria-label="End comparison"
        title="Arm A goes on alone. To keep another one: “Keep only” at its settings"
        onClick={() => keepOnly(ARM_IDS[0])}
      >
        <IconColumns1 size={16} aria-hidden="true" />
        <span className={classes.buttonText}>
          End<span className={classes.longer}> comparison</span>
        </span>
      </button>
    </>
  );
}
