/** The menu of ready experiments. What a preset is: core/presets. */
import { PRESET_IDS, PRESETS, type PresetId, presetOf } from "../../core/presets";
import classes from "./bar.module.css";
import { PlainSelect } from "./fields/ChoiceField";
import { useExperiment } from "./fields/use-experiment";

const CHOICES = PRESET_IDS.map((id) => ({ value: id, label: PRESETS[id].name }));

export function PresetPicker() {
  const { config, setConfig } = useExperiment();
  return (
    <div className={classes.item} data-wide="true">
      <label htmlFor="preset">Preset</label>
      <PlainSelect
        id="preset"
        value={presetOf(config)}
        choices={CHOICES}
        placeholder="Your own experiment"
        wide={290}
        onChange={(id: PresetId) => setConfig({ ...PRESETS[id].config, seed: config.seed })}
      />
    </div>
  );
}
