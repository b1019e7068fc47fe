/** The menu of ready experiments. What a preset is: core/presets. */
import { firstConfig } from "../../client/selectors";
import { useActions, usePlayground } from "../../client/use-playground";
import { PRESET_IDS, PRESETS, type PresetId, presetExperiment, presetOf } from "../../core/presets";
import classes from "./bar.module.css";
import { PlainSelect } from "./fields/ChoiceField";

const CHOICES = PRESET_IDS.map((id) => ({ value: id, label: PRESETS[id].name }));

export function PresetPicker() {
  const config = usePlayground(firstConfig);
  const first = usePlayground((state) => state.experiment.arms[0].id);
  const { setConfig, speakFor, openExperiment } = useActions();
  const choose = (id: PresetId) => {
    if (PRESETS[id].comparison !== undefined) {
      openExperiment(presetExperiment(id, config.seed));
      return;
    }
    speakFor(first); // a preset is the whole experiment: the other arms keep only what they differ in
    setConfig({ ...PRESETS[id].config, seed: config.seed });
  };
  return (
    <div className={classes.item} data-wide="true">
      <label htmlFor="preset">Preset</label>
      <PlainSelect
        id="preset"
        value={presetOf(config)}
        choices={CHOICES}
        placeholder="Your own experiment"
        wide={290}
        onChange={choose}
      />
    </div>
  );
}
