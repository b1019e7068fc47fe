/** A choice of something to draw: readings of every step, or measures. */
import type { Curve } from "../../charts/curves";

interface Props {
  readonly label: string;
  readonly curves: readonly Curve[];
  readonly onChoose: (id: string) => void;
}

const GROUPS = [
  { of: "steps", name: "Of every step" },
  { of: "measures", name: "Measured now and then" },
] as const;

export function CurveSelect({ label, curves, onChoose }: Props) {
  return (
    <select
      className="chart-select"
      aria-label={label}
      value=""
      onChange={(event) => {
        if (event.currentTarget.value !== "") onChoose(event.currentTarget.value);
      }}
    >
      <option value="">{label}…</option>
      {GROUPS.map(({ of, name }) => (
        <optgroup key={of} label={name}>
          {curves
            .filter(({ series }) => series.of === of)
            .map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}
