/** The settings that only the chosen model has, read off its schema. Those of the game have sections of their own. */
import { boundsOf } from "../../core/bounds";
import type { ExperimentConfig } from "../../core/config";
import { findConflicts } from "../../core/conflicts";
import { settingName } from "../../core/diagnosis/differences";
import { infoOf } from "../../core/effects";
import { modelOf } from "../../core/models";
import { adversarialEntries } from "../../core/models/gan";
import { getAt, isTree, setAt } from "../../core/tree";
import { objectionsAt } from "../controls/conflicts";
import { ChoiceField } from "../controls/fields/ChoiceField";
import { NumberField } from "../controls/fields/NumberField";
import { useExperiment } from "../controls/fields/use-experiment";

export function ModelSettings() {
  const { config } = useExperiment();
  const own = Object.entries(modelOf(config).settings.entries).filter(
    ([key]) => key !== "type" && !(key in adversarialEntries),
  );
  return own.map(([key, schema]) => <Setting key={key} name={key} schema={schema} />);
}

function Setting({ name, schema }: { readonly name: string; readonly schema: object }) {
  const { config } = useExperiment();
  const value = getAt(config.model, [name]);
  const { label, definition = "", names = {} } = infoOf(schema);
  const words = label ?? sentence(settingName(`model.${name}`));
  const objections = objectionsAt(findConflicts(config), `model.${name}`);
  const apply = (next: unknown): ExperimentConfig => {
    const model = setAt(config.model, [name], next);
    return { ...config, model: model as ExperimentConfig["model"] }; // of the same type, with a value of its schema
  };
  if (typeof value === "number") {
    const bounds = boundsOf(schema);
    return (
      <NumberField
        label={words}
        definition={definition}
        value={value}
        bounds={bounds}
        step={bounds.integer ? 1 : 0.1}
        {...objections}
        apply={apply}
      />
    );
  }
  const options = isTree(schema) && Array.isArray(schema.options) ? schema.options.map(String) : [];
  return (
    <ChoiceField
      label={words}
      definition={definition}
      layout="row"
      value={String(value)}
      choices={options.map((option) => ({ value: option, label: names[option] ?? sentence(option) }))}
      {...objections}
      apply={apply}
    />
  );
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
