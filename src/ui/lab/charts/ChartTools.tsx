/** What can be done to all charts: another one, smoothing, the part of the run that they show. */
import { useEffect, useState } from "react";
import { firstConfig } from "../../../client/selectors";
import { usePlayground } from "../../../client/use-playground";
import { changeBoard, resetBoard, SMOOTHINGS, showSteps, useBoard, useShownSteps } from "../../charts/board";
import { curvesOf } from "../../charts/curves";
import { CurveSelect } from "./CurveSelect";
import "./charts.css";

export function ChartTools() {
  const board = useBoard();
  const config = usePlayground(firstConfig);
  const curves = curvesOf(config);
  const changed =
    board.gone.length + board.own.length + board.pinned.length > 0 ||
    [board.added, board.sizes, board.scales].some((table) => Object.keys(table).length > 0);
  return (
    <div className="chart-tools">
      <CurveSelect
        label="Add a chart"
        curves={curves.filter(({ id }) => !board.own.includes(id))}
        onChoose={(id) => changeBoard({ own: [...board.own, id] })}
      />
      <select
        className="chart-select"
        aria-label="Smoothing"
        value={board.smoothing}
        onChange={(event) => changeBoard({ smoothing: Number(event.currentTarget.value) })}
      >
        {SMOOTHINGS.map((reach) => (
          <option key={reach} value={reach}>
            {reach === 0 ? "not smoothed" : `mean of ${2 * reach + 1} points`}
          </option>
        ))}
      </select>
      <Shown />
      {changed && (
        <button type="button" className="chart-tool" onClick={resetBoard}>
          As they came
        </button>
      )}
    </div>
  );
}

/** From which step to which; dragging over a chart sets it too. */
function Shown() {
  const steps = useShownSteps((state) => state.steps);
  const [typed, setTyped] = useState({ from: "", to: "" });
  useEffect(
    () => setTyped({ from: steps === null ? "" : String(steps[0]), to: steps === null ? "" : String(steps[1]) }),
    [steps],
  );
  const apply = () => {
    const [from, to] = [Number(typed.from || 0), typed.to === "" ? Number.NaN : Number(typed.to)];
    if (from >= 0 && to > from) showSteps([Math.round(from), Math.round(to)]);
  };
  const field = (which: "from" | "to", label: string) => (
    <input
      className="timeline-step number"
      aria-label={label}
      inputMode="numeric"
      value={typed[which]}
      placeholder={which === "from" ? "first" : "last"}
      onChange={(event) => setTyped({ ...typed, [which]: event.currentTarget.value })}
      onKeyDown={(event) => {
        if (event.key === "Enter") apply();
      }}
      onBlur={apply}
    />
  );
  return (
    <span className="chart-shown" title="The steps that all charts show; drag over a chart to choose them">
      {field("from", "Charts from step")}–{field("to", "Charts to step")}
      {steps !== null && (
        <button type="button" className="chart-tool" onClick={() => showSteps(null)}>
          Whole run
        </button>
      )}
    </span>
  );
}
