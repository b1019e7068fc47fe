/** Run until: so many steps more, a step, or until a measure of quality is good, has a value, or no longer moves. */
import { Popover } from "@mantine/core";
import { IconFlag3 } from "@tabler/icons-react";
import { useId, useState } from "react";
import { firstConfig, presentStep } from "../../../client/selectors";
import { playground, usePlayground } from "../../../client/use-playground";
import type { Goal } from "../../../core/quality/goal";
import { MEASURES, type MeasureId, measuresFor } from "../../../core/quality/measures";
import { dropGoal, runUntil, useGoal } from "./goal-store";

const KINDS = [
  { id: "more", text: "so many steps more" },
  { id: "step", text: "a step" },
  { id: "good", text: "a measure is good" },
  { id: "value", text: "a measure has a value" },
  { id: "flat", text: "a measure no longer moves" },
] as const;
type Kind = (typeof KINDS)[number]["id"];

const WIDTH = 280;
const MORE = "1000";

export function RunUntil() {
  const [open, setOpen] = useState(false);
  const goal = useGoal((state) => state.goal);
  return (
    <Popover opened={open} onChange={setOpen} width={WIDTH} position="top-end" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className="timeline-button"
          aria-label="Run until"
          aria-expanded={open}
          title={goal === null ? "Run until …" : "The run stops by itself"}
          data-set={goal !== null || undefined}
          onClick={() => setOpen(!open)}
        >
          <IconFlag3 size={15} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label="Run until">
        <Form onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Form({ onDone }: { readonly onDone: () => void }) {
  const dataset = usePlayground((state) => firstConfig(state).dataset);
  const goal = useGoal((state) => state.goal);
  const measures = measuresFor(dataset);
  const [kind, setKind] = useState<Kind>("more");
  const [measure, setMeasure] = useState<MeasureId>(measures[0] ?? "slicedWasserstein");
  const [typed, setTyped] = useState(MORE);
  const ids = { kind: useId(), measure: useId(), number: useId() };
  const number = Number(typed);
  const needsNumber = kind === "more" || kind === "step" || kind === "value";
  const valid = !needsNumber || (typed.trim() !== "" && Number.isFinite(number) && (kind === "value" || number >= 1));
  const start = () => {
    if (!valid) return;
    runUntil(goalOf(kind, measure, number, presentStep(playground().store.getState())));
    onDone();
  };
  return (
    <form
      className="run-until"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <label htmlFor={ids.kind}>Run until</label>
      <select id={ids.kind} value={kind} onChange={(event) => setKind(kindOf(event.currentTarget.value))}>
        {KINDS.map(({ id, text }) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
      {kind !== "more" && kind !== "step" && (
        <>
          <label htmlFor={ids.measure}>Measure</label>
          <select
            id={ids.measure}
            value={measure}
            onChange={(event) => setMeasure(measures.find((id) => id === event.currentTarget.value) ?? measure)}
          >
            {measures.map((id) => (
              <option key={id} value={id}>
                {MEASURES[id].name}
              </option>
            ))}
          </select>
        </>
      )}
      {needsNumber && (
        <>
          <label htmlFor={ids.number}>{kind === "value" ? "Value (shares from 0 to 1)" : "Steps"}</label>
          <input
            id={ids.number}
            className="number"
            inputMode="decimal"
            value={typed}
            aria-invalid={!valid}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </>
      )}
      <div className="run-until-buttons">
        <button type="submit" className="doctor-apply" disabled={!valid}>
          Run
        </button>
        {goal !== null && (
          <button type="button" className="timeline-button" onClick={dropGoal}>
            Run on without end
          </button>
        )}
      </div>
    </form>
  );
}

const kindOf = (value: string): Kind => KINDS.find(({ id }) => id === value)?.id ?? "more";

function goalOf(kind: Kind, measure: MeasureId, number: number, now: number): Goal {
  switch (kind) {
    case "more":
      return { kind: "step", step: now + Math.round(number) };
    case "step":
      return { kind: "step", step: Math.max(now + 1, Math.round(number)) };
    case "value":
      return { kind, measure, value: number, from: now };
    case "good":
    case "flat":
      return { kind, measure, from: now };
    default:
      return kind satisfies never;
  }
}
