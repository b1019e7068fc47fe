/** One dimension of the latent: a slider and the same number to type. Renders only when its own value changes. */
import { Slider } from "@mantine/core";
import { memo, useState } from "react";
import { usePlayground } from "../../client/use-playground";
import { useMoveLatent } from "./latent-store";

interface Props {
  readonly dimension: number;
  readonly range: number;
}

export const LatentRow = memo(function LatentRow({ dimension, range }: Props) {
  const value = usePlayground((state) => state.latent[dimension] ?? 0);
  const move = useMoveLatent();
  const name = `Latent ${dimension + 1}`;
  return (
    <div className="latent-row">
      <span className="latent-name" aria-hidden="true">
        z<sub>{dimension + 1}</sub>
      </span>
      <Slider
        thumbLabel={name}
        value={Math.min(range, Math.max(-range, value))}
        min={-range}
        max={range}
        step={range / 100}
        precision={2}
        startPointValue={0}
        label={null}
        size={4}
        thumbSize={16}
        color="var(--color-generator)"
        onChange={(next) => move([[dimension, next]])}
      />
      <LatentNumber name={name} value={value} range={range} onChange={(next) => move([[dimension, next]])} />
    </div>
  );
});

interface NumberProps {
  readonly name: string;
  readonly value: number;
  readonly range: number;
  readonly onChange: (value: number) => void;
}

/** Takes effect while a sensible number is typed; what is none is dropped on leaving, what is too far is moved to the end. */
function LatentNumber({ name, value, range, onChange }: NumberProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const read = (text: string) => (text.trim() === "" ? Number.NaN : Number(text.replace(",", ".").replace("−", "-")));
  const apply = (number: number) => {
    if (Number.isFinite(number)) onChange(Math.min(range, Math.max(-range, number)));
  };
  return (
    <input
      className="latent-number number"
      inputMode="decimal"
      aria-label={`${name} value`}
      title={`From −${range} to ${range}`}
      value={draft ?? plain(value)}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
        const number = read(event.currentTarget.value);
        if (Math.abs(number) <= range) onChange(number);
      }}
      onBlur={() => {
        if (draft !== null) apply(read(draft));
        setDraft(null);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && draft !== null) {
          apply(read(draft));
          setDraft(null);
        } else if (event.key === "Escape") setDraft(null);
        else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
          event.preventDefault();
          setDraft(null);
          apply(value + ((event.key === "ArrowUp" ? 1 : -1) * range) / (event.shiftKey ? 10 : 100));
        }
      }}
    />
  );
}

const plain = (value: number) => String(Number(value.toFixed(2)));
