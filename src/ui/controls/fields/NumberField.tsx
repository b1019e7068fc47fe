/** A number of the experiment: typed, stepped, and dragged where a slider helps. */
import { Slider } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Bounds } from "../../../core/bounds";
import type { ExperimentConfig } from "../../../core/config";
import { effectOf } from "./effect";
import { Field } from "./Field";
import classes from "./fields.module.css";
import { NumberInput } from "./NumberInput";
import { plain } from "./numbers";
import { useExperiment } from "./use-experiment";

export interface NumberFieldProps {
  readonly label: string;
  /** Accessible name where the label alone is ambiguous, e.g. "Generator learning rate". */
  readonly name?: string;
  readonly definition: string;
  readonly value: number;
  readonly bounds: Bounds;
  readonly unit?: string;
  readonly stepping?: "linear" | "log";
  readonly step?: number;
  /** Adds a slider; on a logarithmic scale these are its ends. */
  readonly slider?: { readonly min: number; readonly max: number };
  /** A sentence about the value from elsewhere, such as a conflict. */
  readonly message?: string | null;
  /** Something to consider that keeps nothing from running. */
  readonly advice?: string | null;
  /** The experiment with another value here. */
  readonly apply: (value: number) => ExperimentConfig;
}

export function NumberField(props: NumberFieldProps) {
  const {
    label,
    name = label,
    definition,
    value,
    bounds,
    stepping = "linear",
    step = 1,
    slider,
    message,
    apply,
  } = props;
  const { config, setConfig } = useExperiment();
  const [problem, setProblem] = useState<Problem | null>(null);
  const effect = effectOf(config, apply(value === bounds.max ? bounds.min : bounds.max));
  const range = `From ${plain(bounds.min)} to ${plain(bounds.max)}.`;
  const change = (next: number) => setConfig(apply(next));
  return (
    <Field
      label={label}
      definition={`${definition} ${range}`}
      effect={effect}
      // What was clamped is news until anything changes; a warning under a valid value must not outlive its cause.
      message={problem?.at === JSON.stringify(config) ? problem.text : (message ?? null)}
      advice={props.advice ?? null}
    >
      {({ input, description }) => (
        <>
          <NumberInput
            id={input}
            label={name}
            {...(name === label ? {} : { ariaLabel: name })}
            describedBy={description}
            value={value}
            bounds={bounds}
            {...(props.unit === undefined ? {} : { unit: props.unit })}
            stepping={stepping}
            step={step}
            onChange={change}
            onProblem={(text, counted) =>
              setProblem(
                text === null ? null : { text, at: JSON.stringify(counted === value ? config : apply(counted)) },
              )
            }
          />
          {slider !== undefined && (
            <ScaleSlider
              name={name}
              value={value}
              ends={slider}
              log={stepping === "log"}
              step={step}
              onChange={change}
            />
          )}
        </>
      )}
    </Field>
  );
}

/** What was wrong with what somebody typed. */
interface Problem {
  readonly text: string;
  /** The experiment that it led to, as text. */
  readonly at: string;
}

interface ScaleSliderProps {
  readonly name: string;
  readonly value: number;
  readonly ends: { readonly min: number; readonly max: number };
  readonly log: boolean;
  readonly step: number;
  readonly onChange: (value: number) => void;
}

/** Drags in its own state and reports once let go, so that the run is not reconfigured for every pixel. */
function ScaleSlider({ name, value, ends, log, step, onChange }: ScaleSliderProps) {
  const toScale = (x: number) => (log ? Math.log10(Math.max(x, ends.min)) : x);
  const fromScale = (s: number) => Number((log ? 10 ** s : s).toPrecision(log ? 2 : 6));
  const [position, setPosition] = useState(toScale(value));
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the value; the scale never changes
  useEffect(() => setPosition(toScale(value)), [value]);
  return (
    <Slider
      classNames={{ root: classes.slider ?? "", thumb: classes.thumb ?? "" }}
      size={3}
      thumbSize={24}
      color="ink"
      min={toScale(ends.min)}
      max={toScale(ends.max)}
      step={log ? 0.05 : step}
      value={position}
      onChange={setPosition}
      onChangeEnd={(next) => onChange(fromScale(next))}
      label={(s) => plain(fromScale(s))}
      thumbLabel={`${name}, slider`}
      onKeyDownCapture={(event) => {
        if (event.key !== "PageUp" && event.key !== "PageDown") return;
        event.preventDefault(); // or the panel would scroll
        const far = (toScale(ends.max) - toScale(ends.min)) / 10;
        const moved = position + (event.key === "PageUp" ? far : -far);
        const next = Math.min(toScale(ends.max), Math.max(toScale(ends.min), moved));
        setPosition(next);
        onChange(fromScale(next));
      }}
      thumbValueText={(s) => plain(fromScale(s))}
    />
  );
}
