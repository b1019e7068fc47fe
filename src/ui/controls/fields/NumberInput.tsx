/** A typed number: takes effect on Enter, on leaving, or after a short rest; arrow keys step it. Bounds are core's. */
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Bounds } from "../../../core/bounds";
import classes from "./fields.module.css";
import { neighbour, plain, readNumber } from "./numbers";

const REST_MS = 700; // long enough to type the next digit, so that "256" does not restart for 2 and 25

export interface NumberInputProps {
  readonly id?: string;
  /** What the number is called in sentences. */
  readonly label: string;
  /** Accessible name, where no <label> names it. */
  readonly ariaLabel?: string;
  readonly describedBy?: string;
  readonly value: number;
  readonly bounds: Bounds;
  readonly unit?: string;
  readonly stepping?: "linear" | "log";
  readonly step?: number;
  readonly onChange: (value: number) => void;
  /** What was clamped or refused, and the value that counts instead; null when all is well again. */
  readonly onProblem: (problem: string | null, value: number) => void;
}

export function NumberInput(props: NumberInputProps) {
  const { id, label, ariaLabel, describedBy, value, bounds, unit, stepping = "linear", step = 1 } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const latest = useRef(props);
  latest.current = props;

  const commit = (text: string, final: boolean) => {
    const { onChange, onProblem, value: current } = latest.current;
    const read = readNumber(text, label, bounds, current);
    if (!final && read.problem !== null) return; // still typing: complain only when done
    setDraft(null);
    onProblem(read.problem, read.value ?? current);
    if (read.value !== null && read.value !== current) onChange(read.value);
  };
  const commitRef = useRef(commit);
  commitRef.current = commit;

  useEffect(() => {
    if (draft === null) return;
    const timer = setTimeout(() => commitRef.current(draft, false), REST_MS);
    return () => clearTimeout(timer);
  }, [draft]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" && draft !== null) commit(draft, true);
    else if (event.key === "Escape") setDraft(null);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const from = draft === null ? value : (readNumber(draft, label, bounds, value).value ?? value);
      const next = neighbour(from, event.key === "ArrowUp" ? 1 : -1, stepping, event.shiftKey ? step * 10 : step);
      setDraft(plain(Math.min(bounds.max, Math.max(bounds.min, next))));
    }
  };

  return (
    <span className={classes.numberBox}>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        className={classes.number}
        aria-label={ariaLabel}
        aria-describedby={describedBy}
        value={draft ?? plain(value)}
        data-committed={draft === null || undefined}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          event.currentTarget.select();
          props.onProblem(null, value); // whoever begins anew has read it
        }}
        onBlur={() => draft !== null && commit(draft, true)}
      />
      {unit !== undefined && <span className={classes.unit}>{unit}</span>}
    </span>
  );
}
