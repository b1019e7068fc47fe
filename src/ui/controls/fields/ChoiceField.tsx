/** A choice of the experiment: a combobox whose options carry a line of explanation. */
import { Select } from "@mantine/core";
import type { ExperimentConfig } from "../../../core/config";
import { effectOf } from "./effect";
import { Field } from "./Field";
import classes from "./fields.module.css";
import { useExperiment } from "./use-experiment";

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly detail?: string;
  /** Its name in the list, where the box says something else of the chosen one. */
  readonly listed?: string;
  /** Shown, but not to be chosen. */
  readonly disabled?: boolean;
}

export interface ChoiceFieldProps<T extends string> {
  readonly label: string;
  readonly name?: string;
  readonly definition: string;
  readonly layout?: "row" | "stacked";
  /** null when the experiment is none of the choices; then `placeholder` shows. */
  readonly value: T | null;
  readonly choices: readonly Choice<T>[];
  readonly placeholder?: string;
  readonly message?: string | null;
  /** Something to consider that keeps nothing from running. */
  readonly advice?: string | null;
  readonly apply: (value: T) => ExperimentConfig;
}

export function ChoiceField<T extends string>(props: ChoiceFieldProps<T>) {
  const {
    label,
    name = label,
    definition,
    layout = "stacked",
    value,
    choices,
    placeholder = "",
    message,
    apply,
  } = props;
  const { config, setConfig } = useExperiment();
  const other = choices.find((choice) => choice.value !== value)?.value;
  const effect = other === undefined ? "live" : effectOf(config, apply(other));
  return (
    <Field
      label={label}
      definition={definition}
      effect={effect}
      layout={layout}
      message={message ?? null}
      advice={props.advice ?? null}
    >
      {({ input, description }) => (
        <PlainSelect
          id={input}
          {...(name === label ? {} : { ariaLabel: name })}
          describedBy={description}
          value={value}
          choices={choices}
          placeholder={placeholder}
          onChange={(next) => setConfig(apply(next))}
        />
      )}
    </Field>
  );
}

export interface PlainSelectProps<T extends string> {
  readonly id?: string;
  readonly ariaLabel?: string;
  readonly describedBy?: string;
  readonly value: T | null;
  readonly choices: readonly Choice<T>[];
  readonly placeholder?: string;
  readonly wide?: number;
  readonly onChange: (value: T) => void;
}

/** The combobox alone, for bars and lists that bring their own labels. */
export function PlainSelect<T extends string>(props: PlainSelectProps<T>) {
  const { choices, onChange } = props;
  return (
    <Select
      {...(props.id === undefined ? {} : { id: props.id })}
      {...(props.ariaLabel === undefined ? {} : { "aria-label": props.ariaLabel })}
      aria-describedby={props.describedBy}
      size="xs"
      rightSectionWidth={24}
      classNames={{ input: classes.select ?? "", option: classes.option ?? "" }}
      data={choices.map(({ value, label, disabled = false }) => ({ value, label, disabled }))}
      value={props.value}
      placeholder={props.placeholder ?? ""}
      allowDeselect={false}
      openOnFocus={false}
      withScrollArea={false}
      maxDropdownHeight={380}
      comboboxProps={{
        width: props.wide ?? "target",
        position: "bottom-start",
        transitionProps: { duration: 0 },
        shadow: "md",
      }}
      styles={{ dropdown: { overflowY: "auto" } }}
      renderOption={({ option }) => {
        const { detail, listed = option.label } = choices.find(({ value }) => value === option.value) ?? {};
        return (
          <span className={classes.optionText}>
            <span>{listed}</span>
            {detail !== undefined && <span className={classes.optionDetail}>{detail}</span>}
          </span>
        );
      }}
      onChange={(next) => {
        const choice = choices.find(({ value }) => value === next);
        if (choice !== undefined) onChange(choice.value);
      }}
    />
  );
}
