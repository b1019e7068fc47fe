/** The frame of a control: label, effect mark, the control, a message below. No state of its own. */
import { Tooltip } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { type Effect, EffectMark, effectSentence } from "./effect";
import classes from "./fields.module.css";

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
  return (
    <div className={classes.field} data-layout={layout}>
      <Tooltip
        label={text}
        multiline
        w={232}
        position="right-start" // beside the panel: the neighbouring fields stay readable
        offset={20}
        openDelay={500}
        withinPortal
        events={{ hover: true, focus: true, touch: false }}
      >
        <div className={classes.fieldRow}>
          <span className={classes.fieldLabel}>
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
