/** The form of many runs: steps, seeds, one or two settings with their values; says how many runs that makes, and why they cannot be. */
import { useId, useState } from "react";
import { firstConfig } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { MOST_STEPS, runsOf, type Sweep, type SweepAxis, sweepProblems } from "../../core/sweep/plan";
import { type SweepSetting, sweepSettings } from "../../core/sweep/settings";
import { type AxisDraft, draftOf, NO_AXIS, readAxis, readSeeds, usualSteps } from "./form-values";
import { sweepRuns } from "./use-sweep";

const ORDINALS = ["First setting", "Second setting"] as const;

interface Props {
  readonly onStarted: () => void;
  /** Back to the runs that there are. */
  readonly onBack?: () => void;
}

export function SweepForm({ onStarted, onBack }: Props) {
  const config = usePlayground(firstConfig);
  const [steps, setSteps] = useState(() => String(usualSteps(config)));
  const [seeds, setSeeds] = useState("5");
  const [drafts, setDrafts] = useState<readonly AxisDraft[]>([NO_AXIS, NO_AXIS]);
  const ids = useId();
  const settings = sweepSettings(config);
  const readSeed = readSeeds(seeds);
  const axes = drafts.map((draft) => readAxis(draft, settings));
  const problems = [readSeed.problem, ...axes.map(({ problem }) => problem)].filter((problem) => problem !== null);
  const sweep: Sweep | null =
    problems.length > 0
      ? null
      : {
          base: config,
          steps: Number(steps),
          seeds: readSeed.value ?? [],
          axes: axes.flatMap(({ value }): SweepAxis[] => (value === null ? [] : [value])),
        };
  const refusals = sweep === null ? problems : sweepProblems(sweep);
  const count = sweep === null || refusals.length > 0 ? 0 : runsOf(sweep).length;
  const change = (i: number, draft: AxisDraft) => setDrafts(drafts.map((one, k) => (k === i ? draft : one)));
  return (
    <form
      className="sweep-form"
      aria-label="What to run"
      onSubmit={(event) => {
        event.preventDefault();
        if (sweep === null || count === 0) return;
        sweepRuns().start(sweep);
        onStarted();
      }}
    >
      <div className="sweep-fields">
        <label htmlFor={`${ids}-steps`}>
          Steps of each run
          <input
            id={`${ids}-steps`}
            inputMode="numeric"
            value={steps}
            onChange={(event) => setSteps(event.currentTarget.value)}
          />
          <small>A whole number, up to {MOST_STEPS.toLocaleString("en")}.</small>
        </label>
        <label htmlFor={`${ids}-seeds`}>
          Seeds
          <input id={`${ids}-seeds`} value={seeds} onChange={(event) => setSeeds(event.currentTarget.value)} />
          <small>How many, or which: 3, 7, 11.</small>
        </label>
      </div>
      {drafts.map((draft, i) =>
        i > 0 && drafts[0]?.path === "" ? null : (
          <AxisFields
            key={ORDINALS[i]}
            name={ORDINALS[i] ?? ""}
            draft={draft}
            settings={settings.filter(({ path }) => path === draft.path || path !== drafts[1 - i]?.path)}
            onChange={(next) => (i === 0 && next.path === "" ? setDrafts([NO_AXIS, NO_AXIS]) : change(i, next))}
          />
        ),
      )}
      <div className="sweep-actions">
        <button type="submit" className="sheet-form-main" disabled={count === 0}>
          {count === 1 ? "Make 1 run" : `Make ${count} runs`}
        </button>
        {onBack !== undefined && (
          <button type="button" onClick={onBack}>
            Back to the runs
          </button>
        )}
        <p role="status" className={refusals.length > 0 ? "sheet-form-error" : "sweep-note"}>
          {refusals.length > 0
            ? refusals.join(" ")
            : onBack === undefined
              ? ""
              : "They take the place of those before."}
        </p>
      </div>
    </form>
  );
}

interface AxisProps {
  readonly name: string;
  readonly draft: AxisDraft;
  readonly settings: readonly SweepSetting[];
  readonly onChange: (draft: AxisDraft) => void;
}

function AxisFields({ name, draft, settings, onChange }: AxisProps) {
  const id = useId();
  const setting = settings.find(({ path }) => path === draft.path);
  return (
    <fieldset className="sweep-axis">
      <legend>{name}</legend>
      <label htmlFor={`${id}-setting`}>
        Setting
        <select
          id={`${id}-setting`}
          value={draft.path}
          onChange={(event) => onChange(draftOf(settings.find(({ path }) => path === event.currentTarget.value)))}
        >
          <option value="">none</option>
          {settings.map(({ path, name: words }) => (
            <option key={path} value={path}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {setting !== undefined && setting.bounds !== null && (
        <label htmlFor={`${id}-values`}>
          Values
          <input
            id={`${id}-values`}
            value={draft.text}
            onChange={(event) => onChange({ ...draft, text: event.currentTarget.value })}
          />
          <small>
            With commas between them, {setting.bounds.integer ? "whole numbers " : ""}from {setting.bounds.min} to{" "}
            {setting.bounds.max}.
          </small>
        </label>
      )}
      {setting !== undefined && setting.bounds === null && (
        <fieldset className="sweep-choices" aria-label={`Values of the ${setting.name}`}>
          {setting.options.map(({ value, name: words }) => (
            <label key={value}>
              <input
                type="checkbox"
                checked={draft.chosen.includes(value)}
                onChange={(event) => onChange({ ...draft, chosen: ticked(draft, value, event.currentTarget.checked) })}
              />
              {words}
            </label>
          ))}
        </fieldset>
      )}
    </fieldset>
  );
}

const ticked = ({ chosen }: AxisDraft, value: string, on: boolean) =>
  on ? [...chosen, value] : chosen.filter((one) => one !== value);
