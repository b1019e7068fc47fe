/** The frame of a control: label, effect mark, the control, a message below. No state of its own. */
import { Tooltip } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { type Effect, EffectMark, effectSentence } from "./effect";
import classes from "./fields.module.css";
import { useHint } from "./use-hint";

export interface FieldProps {
  readonly label: string;
  /** What the value means, its unit and its range, in a sentence or two. */
  readonly definition: string;
  readonly effect: Effect;
  /** "row": control beside the label; "stacked": below it, full width. */
  readonly layout?: "row" | "stacked";
  /** What was clamped or refused. */
  readonly message?: string | null;
  /** Something to consider that keeps nothing from running. */
  readonly advice?: string | null;
  readonly children: (ids: { readonly input: string; readonly description: string }) => ReactNode;
}

export function Field({ label, definition, effect, layout = "row", message, advice, children }: FieldProps) {
  const input = useId();
  const description = useId();
  const text = `${definition} ${effectSentence(effect)}`;
  const hint = useHint();
  return (
    <div className={classes.field} data-layout={layout}>
      <Tooltip
        label={text}
        multiline
        w={264}
        opened={hint.shown}
        position="top-start" // within the panel: the stage beside it is what one wants to watch
        offset={4}
        withinPortal
      >
        <div className={classes.fieldRow} {...hint.row}>
          <span className={classes.fieldLabel} {...hint.label}>
            <label htmlFor={input}>{label}</label>
            <EffectMark effect={effect} />
          </span>
          <div className={classes.fieldControl}>{children({ input, description })}</div>
        </div>
      </Tooltip>
      <span id={description} className="visually-hidden">
        {text}
      </span>
      {message !== null && message !== undefined && (
        <p className={classes.message} role="alert">
          {message}
        </p>
      )}
      {advice !== null && advice !== undefined && (
        <p className={classes.advice} role="status">
          {advice}
        </p>
      )}
    </div>
  );
}
