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
import type { PlayerName, Players } from "../../core/config";
import { type ModelInfo, modelOf } from "../../core/models";
import type { PlayerColor } from "../../core/models/types";
import { useRoving } from "../frame/use-roving";
import classes from "./bar.module.css";
import { UndoButtons } from "./UndoButtons";

interface StepButton {
  readonly player: Players;
  /** None where there is nobody to tell apart. */
  readonly text: string;
  readonly role: PlayerColor | null;
  readonly title: string;
}

/** A button for each player's turn, and one for a whole step. */
function stepsOf({ players }: ModelInfo): StepButton[] {
  const roles = Object.entries(players) as [PlayerName, ModelInfo["players"][string]][]; // a model's own names
  const [only] = roles;
  if (roles.length === 1 && only !== undefined) {
    return [{ player: "all", text: "once", role: null, title: `One training step: an update of ${only[1].name}` }];
  }
  const turns = roles.map(([player, { symbol, name, role }]) => {
    const title = `The ${name.toLowerCase()}'s turn: its updates of one step`;
    return { player, text: symbol, role, title };
  });
  const order = roles.map(([, { symbol }]) => `${symbol}'s updates`).join(", then ");
  const all = roles.length === 2 ? "both" : "all";
  return [...turns, { player: "all", text: all, role: null, title: `One training step: ${order}` }];
}

export function RunButtons() {
  const actions = useActions();
  const training = usePlayground((state) => state.wantsTraining);
  const comparing = usePlayground(isComparing);
  const refused = usePlayground((state) => state.refusals.length > 0);
  const singles = useRoving<HTMLDivElement>("button");
  const model = usePlayground((state) => modelOf(firstConfig(state)));
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
        {stepsOf(model).map(({ player, text, role, title }) => (
          <button
            key={player}
            type="button"
            className={classes.step}
            data-players={role ?? undefined}
            aria-label={`Step ${text}`}
            aria-disabled={refused}
            title={refused ? waits : title}
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
