/** Size, colour and crop of all pictures of the set that is being made. */
import { useId } from "react";
import { useOwnPictures, useOwnPicturesActions } from "../../client/pictures/use-own-pictures";
import { PICTURE_SIDES } from "../../core/datasets/own/pictures";
import { CropFields } from "./CropFields";

export function PictureSettingsFields() {
  const { side, colour, crop } = useOwnPictures((state) => state.settings);
  const busy = useOwnPictures((state) => state.busy);
  const { change } = useOwnPicturesActions();
  const [size, mode] = [useId(), useId()];
  return (
    <fieldset className="pictures-settings" disabled={busy}>
      <legend>All pictures</legend>
      <div>
        <label htmlFor={size}>Size</label>
        <select
          id={size}
          value={side}
          onChange={(event) => {
            const chosen = PICTURE_SIDES.find((one) => one === Number(event.currentTarget.value));
            if (chosen !== undefined) void change({ side: chosen });
          }}
        >
          {PICTURE_SIDES.map((one) => (
            <option key={one} value={one}>
              {one} × {one}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor={mode}>Colours</label>
        <select
          id={mode}
          value={colour ? "colour" : "grey"}
          onChange={(event) => void change({ colour: event.currentTarget.value === "colour" })}
        >
          <option value="colour">colour</option>
          <option value="grey">grey</option>
        </select>
      </div>
      <CropFields crop={crop} onChange={(next) => void change({ crop: next })} />
    </fieldset>
  );
}
