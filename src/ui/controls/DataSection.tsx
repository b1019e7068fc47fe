/** Which data the reals come from: a combobox, and the same choice as pictures. */
import { withDataset } from "../../core/architecture/adapt";
import { DATASET_IDS, type DatasetId, datasetOf } from "../../core/datasets";
import { PRESET_IDS, PRESETS, type PresetId, presetOf } from "../../core/presets";
import { useRoving } from "../frame/use-roving";
import { DatasetThumbnail } from "./DatasetThumbnail";
import classes from "./experiment.module.css";
import { ChoiceField } from "./fields/ChoiceField";
import fields from "./fields/fields.module.css";
import { Section } from "./fields/Section";
import { useExperiment } from "./fields/use-experiment";

/** Whether a preset shows how to learn this data; those about failures do not. */
function offered(id: PresetId, dataset: DatasetId): boolean {
  const { group, config, comparison } = PRESETS[id];
  return config.dataset === dataset && comparison === undefined && group !== "failures";
}

const CHOICES = DATASET_IDS.map((id) => ({ value: id, label: datasetOf(id).name }));

export function DataSection() {
  const { config, setConfig } = useExperiment();
  const dataset = datasetOf(config.dataset);
  const pictures = useRoving<HTMLDivElement>("button");
  // Data alone brings no recipe: its presets, a click away, do.
  const presets = presetOf(config) === null ? PRESET_IDS.filter((id) => offered(id, config.dataset)) : [];
  return (
    <Section title="Data" summary={dataset.name} effect="restart" open>
      <ChoiceField
        label="Dataset"
        definition="Where the real samples come from. Networks are kept where they fit the new data and rebuilt where they do not."
        value={config.dataset}
        choices={CHOICES}
        apply={(id: DatasetId) => withDataset(config, id)}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would repeat the label above */}
      <div
        className={classes.thumbnails}
        role="group"
        aria-label="Datasets as pictures"
        aria-description="Arrow keys go from one to the next."
        {...pictures}
      >
        {DATASET_IDS.map((id) => (
          <button
            key={id}
            type="button"
            className={classes.thumbnail}
            aria-label={datasetOf(id).name}
            aria-pressed={id === config.dataset}
            title={datasetOf(id).name}
            onClick={() => setConfig(withDataset(config, id))}
          >
            <DatasetThumbnail id={id} />
          </button>
        ))}
      </div>
      <p className={fields.note}>{dataset.description}</p>
      {presets.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a few buttons, no form of their own
        <div className={classes.dataPresets} role="group" aria-label="Presets with this data">
          <span>Tuned for it:</span>
          {presets.map((id) => (
            <button
              key={id}
              type="button"
              className={classes.smallButton}
              title={PRESETS[id].shows}
              onClick={() => setConfig({ ...PRESETS[id].config, seed: config.seed })}
            >
              {PRESETS[id].name}
            </button>
          ))}
        </div>
      )}
    </Section>
  );
}
