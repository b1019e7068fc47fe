/**
 * A slider as the browser has it: arrow keys, Page Up and Page Down, touch that still scrolls the page up and down, forced
 * colours. Only its looks are ours; the green part goes from `origin` to the value.
 */
import type { CSSProperties, SyntheticEvent } from "react";
import "./range.css";

interface Props {
  readonly name: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value as it is read out. */
  readonly valueText: string;
  /** Where the filled part begins. */
  readonly origin: number;
  /** Whether the value says what is the case; if not, the thumb is hollow. */
  readonly certain?: boolean;
  readonly onChange: (value: number) => void;
}

/** Keys that mean a value to a slider. */
const KEYS = new Set(["Home", "End", "PageUp", "PageDown", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]);

export function RangeSlider({ name, value, min, max, step, valueText, origin, certain = true, onChange }: Props) {
  const shown = Math.min(max, Math.max(min, value));
  const share = (at: number) => (max > min ? (at - min) / (max - min) : 0);
  const [from, to] = [share(Math.min(origin, shown)), share(Math.max(origin, shown))];
  const settle = (event: SyntheticEvent<HTMLInputElement>) => {
    if (!certain) onChange(Number(event.currentTarget.value));
  };
  return (
    <input
      type="range"
      className="range"
      aria-label={name}
      aria-valuetext={valueText}
      data-certain={certain}
      min={min}
      max={max}
      step={step}
      value={shown}
      style={{ "--from": from, "--to": to } as CSSProperties}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
      // The browser tells of changes only; where the thumb shows what is not the case, staying there is one.
      onPointerUp={settle}
      onKeyUp={(event) => KEYS.has(event.key) && settle(event)}
    />
  );
}
