/** An on/off value of the experiment. */
import { Switch } from "@mantine/core";
import type { ExperimentConfig } from "../../../core/config";
import { effectOf } from "./effect";
import { Field } from "./Field";
import classes from "./fields.module.css";
import { useExperiment } from "./use-experiment";

export interface SwitchFieldProps {
  readonly label: string;
  readonly definition: string;
  readonly checked: boolean;
  readonly message?: string | null;
  /** Something to consider that keeps nothing from running. */
  readonly advice?: string | null;
  readonly apply: (checked: boolean) => ExperimentConfig;
}

export function SwitchField({ label, definition, checked, message, advice, apply }: SwitchFieldProps) {
  const { config, setConfig } = useExperiment();
  return (
    <Field
      label={label}
      definition={definition}
      effect={effectOf(config, apply(!checked))}
      message={message ?? null}
      advice={advice ?? null}
    >
      {({ input, description }) => (
        <Switch
          id={input}
          aria-describedby={description}
          size="md"
          classNames={{ root: classes.switch ?? "" }}
          color="ink"
          withThumbIndicator={false}
          checked={checked}
          onChange={(event) => setConfig(apply(event.currentTarget.checked))}
        />
      )}
    </Field>
  );
}
