/** A choice with its name over it; the browser's own list, which phones know best. Looks are its place's: `.named-select`. */
import { useId } from "react";

interface Props<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly (readonly [value: T, text: string])[];
  readonly onChange: (value: T) => void;
}

export function NamedSelect<T extends string>({ label, value, choices, onChange }: Props<T>) {
  const id = useId();
  return (
    <div className="named-select">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = choices.find(([one]) => one === event.currentTarget.value);
          if (chosen !== undefined) onChange(chosen[0]);
        }}
      >
        {choices.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
