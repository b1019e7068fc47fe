/**
 * Undo and redo of changes of the experiment. They stay in their place and in the focus order where there is nothing to do.
 * On a phone, whose bar has no room for both, redo stands with the experiment's choices.
 */
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { canUndo } from "../../client/selectors";
import { useActions, usePlayground } from "../../client/use-playground";
import classes from "./bar.module.css";

export function UndoButtons() {
  const actions = useActions();
  const undoable = usePlayground(canUndo);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend has no place in a bar
    <div className={classes.undo} role="group" aria-label="Changes">
      <button
        type="button"
        className={classes.icon}
        aria-label="Undo"
        aria-disabled={!undoable}
        title={undoable ? "Take the latest change of the experiment back, with its run (Ctrl+Z)" : "Nothing to undo"}
        onClick={() => actions.undo()}
      >
        <IconArrowBackUp size={16} aria-hidden="true" />
      </button>
      <Redo className={classes.icon} />
    </div>
  );
}

/** Redo with its name, for where the bar has no room for it. */
export function PhoneRedo() {
  return (
    <div className={classes.phoneRedo}>
      <Redo className={classes.button} named />
    </div>
  );
}

function Redo({ className, named = false }: { readonly className: string | undefined; readonly named?: boolean }) {
  const { redo } = useActions();
  const redoable = usePlayground((state) => state.canRedo);
  return (
    <button
      type="button"
      className={className}
      aria-label="Redo"
      aria-disabled={!redoable}
      title={redoable ? "Make the change again (Ctrl+Shift+Z)" : "Nothing to redo"}
      onClick={() => redo()}
    >
      <IconArrowForwardUp size={16} aria-hidden="true" />
      {named && "Redo"}
    </button>
  );
}
