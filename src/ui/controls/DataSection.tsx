/** Which data the reals come from: a combobox, and the same choice as pictures. */
import { withDataset } from "../../core/architecture/adapt";
import { DATASET_IDS, type DatasetId, datasetOf } from "../../core/datasets";
import { DatasetThumbnail } from "./DatasetThumbnail";
import classes from "./experiment.module.css";
import { ChoiceField } from "./fields/ChoiceField";
import fields from "./fields/fields.module.css";
import { Section } from "./fields/Section";
import { useExperiment } from "./fields/use-experiment";

const CHOICES = DATASET_IDS.map((id) => ({ value: id, label: datasetOf(id).name }));

export function DataSection() {
  const { config, setConfig } = useExperiment();
  const dataset = datasetOf(config.dataset);
  return (
    <Section title="Data" summary={dataset.name} open>
      <ChoiceField
        label="Dataset"
        definition="Where the real samples come from. Networks are kept where they fit the new data and rebuilt where they do not."
        value={config.dataset}
        choices={CHOICES}
        apply={(id: DatasetId) => withDataset(config, id)}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would repeat the label above */}
      <div className={classes.thumbnails} role="group" aria-label="Datasets as pictures">
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
    </Section>
  );
}
