/** One latent number to type. Takes effect while a sensible number is typed; what is none, or too far, is told on leaving. */
import { useId, useState } from "react";
import { latentText, readLatent } from "./latent-text";

interface Props {
  readonly name: string;
  readonly value: number;
  readonly range: number;
  readonly onChange: (value: number) => void;
}

export function LatentNumber({ name, value, range, onChange }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const message = useId();
  const finish = () => {
    if (draft === null) return;
    const read = readLatent(draft, name, range, value);
    setDraft(null);
    setProblem(read.problem);
    if (read.value !== null) onChange(read.value);
  };
  return (
    <span className="latent-number-box">
      {/* No inputMode: the number pads of phones have no minus. */}
      <input
        className="latent-number number"
        autoComplete="off"
        spellCheck={false}
        aria-label={`${name} value`}
        aria-describedby={problem === null ? undefined : message}
        aria-invalid={problem !== null}
        title={`From −${range} to ${range}`}
        value={draft ?? latentText(value)}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          setProblem(null);
          const read = readLatent(event.currentTarget.value, name, range, value);
          if (read.problem === null && read.value !== null) onChange(read.value);
        }}
        onBlur={() => {
          if (draft === null) setProblem(null);
          finish();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") finish();
          else if (event.key === "Escape") {
            setDraft(null);
            setProblem(null);
          } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
            event.preventDefault();
            setDraft(null);
            setProblem(null);
            const step = ((event.key === "ArrowUp" ? 1 : -1) * range) / (event.shiftKey ? 10 : 100);
            onChange(Math.min(range, Math.max(-range, value + step)));
          }
        }}
      />
      {/* Over the page, not in it: nothing moves under the hand. */}
      <span id={message} role="alert" className={problem === null ? "visually-hidden" : "latent-problem"}>
        {problem}
      </span>
    </span>
  );
}
