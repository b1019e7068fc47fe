/** Which data the reals come from: a combobox, the same choice as pictures, and the ways to data of one's own. */
import { useOwnPictures } from "../../client/pictures/use-own-pictures";
import { withDataset } from "../../core/architecture/adapt";
import { DATASET_IDS, type DatasetId, datasetOf } from "../../core/datasets";
import { PRESET_IDS, PRESETS, type PresetId, presetOf } from "../../core/presets";
import { useRoving } from "../frame/use-roving";
import { openPictures } from "../pictures/pictures-store";
import { openPoints } from "../points/points-store";
import { DatasetCard } from "./DatasetCard";
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

/** The sets to choose from: those of the page, those that this browser keeps, and the present one if it is neither. */
function useChoices(present: DatasetId): readonly DatasetId[] {
  const kept = useOwnPictures((state) => state.kept);
  const all: readonly DatasetId[] = [...DATASET_IDS, ...kept.map(({ id }) => id)];
  return all.includes(present) ? all : [...all, present];
}

export function DataSection() {
  const { config, setConfig } = useExperiment();
  const ids = useChoices(config.dataset);
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
        choices={ids.map((id) => ({ value: id, label: datasetOf(id).name }))}
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
        {ids.map((id) => (
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
      {/* biome-ignore lint/a11y/useSemanticElements: two buttons, no form of their own */}
      <div className={classes.dataPresets} role="group" aria-label="Data of your own">
        <button type="button" className={classes.smallButton} onClick={() => openPictures()}>
          Your pictures
        </button>
        <button type="button" className={classes.smallButton} onClick={() => openPoints()}>
          Your points
        </button>
      </div>
      <p className={fields.note}>{dataset.description}</p>
      {dataset.kind === "images" && <DatasetCard dataset={dataset} />}
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
