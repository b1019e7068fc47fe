/** Which preset is open, and the button that opens the gallery of all. What a preset is: core/presets. */
import { IconLayoutGrid } from "@tabler/icons-react";
import { lazy } from "react";
import { firstConfig, isComparing } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { PRESETS, presetOf } from "../../core/presets";
import { Sheet } from "../frame/Sheet";
import { closeGallery, openGallery, useGallery } from "../gallery/gallery-store";
import classes from "./bar.module.css";

const Gallery = lazy(() => import("../gallery/Gallery"));

export function PresetPicker() {
  const preset = usePlayground((state) => presetOf(firstConfig(state)));
  const comparing = usePlayground(isComparing);
  const open = useGallery((state) => state.open);
  return (
    <div className={classes.preset}>
      <span id="preset-label">{comparing ? "Preset of A" : "Preset"}</span>
      <button
        type="button"
        id="preset"
        className={classes.presetButton}
        aria-labelledby="preset-label preset"
        aria-haspopup="dialog"
        title="All presets, with pictures"
        onClick={openGallery}
      >
        <IconLayoutGrid size={15} aria-hidden="true" />
        {preset === null ? "Your own" : PRESETS[preset].name}
      </button>
      <Sheet
        title="Presets"
        part="The gallery of presets"
        loading={<p>Loading the gallery …</p>}
        size="wide"
        open={open}
        onClose={closeGallery}
      >
        <Gallery onClose={closeGallery} />
      </Sheet>
    </div>
  );
}
