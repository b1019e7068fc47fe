/** Which square of a picture is taken: three sliders, for the hand and the keyboard alike. */
import { useId } from "react";
import type { Crop } from "../../worker/protocol-pictures";

interface Props {
  readonly crop: Crop;
  /** Called when the hand lets go, as making all pictures anew takes a while. */
  readonly onChange: (crop: Crop) => void;
}

const FIELDS = [
  { key: "x", label: "Left to right", min: 0, max: 1 },
  { key: "y", label: "Top to bottom", min: 0, max: 1 },
  { key: "zoom", label: "Zoom", min: 1, max: 4 },
] as const;

export function CropFields({ crop, onChange }: Props) {
  const id = useId();
  return FIELDS.map(({ key, label, min, max }) => (
    <div key={`${key} ${crop[key]}`}>
      <label htmlFor={`${id}-${key}`}>{label}</label>
      <input
        id={`${id}-${key}`}
        type="range"
        min={min}
        max={max}
        step={0.05}
        defaultValue={crop[key]}
        onPointerUp={(event) => settle(event.currentTarget)}
        onKeyUp={(event) => settle(event.currentTarget)}
        onBlur={(event) => settle(event.currentTarget)}
      />
    </div>
  ));

  function settle(slider: HTMLInputElement): void {
    const field = FIELDS.find(({ key }) => slider.id === `${id}-${key}`);
    if (field === undefined || Number(slider.value) === crop[field.key]) return;
    onChange({ ...crop, [field.key]: Number(slider.value) });
  }
}
