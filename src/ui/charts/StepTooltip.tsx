/** What every series reads at the step under the pointer. Recharts hands in the row. */
import type { TooltipContentProps } from "recharts";
import { Reading } from "../theme/Reading";
import type { ChartInfo } from "./catalogue";
import { columnOf } from "./rows";

interface Props extends Partial<TooltipContentProps<number, string>> {
  readonly info: ChartInfo;
  readonly comparing: boolean;
  readonly changes: readonly { readonly step: number; readonly text: string }[];
}

export function StepTooltip({ active, payload, label, info, comparing, changes }: Props) {
  if (!active || !payload?.length) return null;
  const row: Readonly<Record<string, unknown>> = payload[0]?.payload ?? {};
  const arms = comparing ? (["A", "B"] as const) : (["A"] as const);
  const here = changes.filter(({ step }) => step === label);
  return (
    <div className="chart-tooltip number">
      <div className="chart-tooltip-step">step {Number(label).toLocaleString("en")}</div>
      {info.series.map((series) => (
        <div key={series.key} className="chart-tooltip-row">
          <span className={`role-${series.role}`}>{series.label}</span>
          {arms.map((arm) => {
            const value = row[columnOf(arm, series)];
            return (
              <span key={arm}>
                {comparing && <small>{arm} </small>}
                <Reading align="end">{typeof value === "number" ? info.format(value) : "–"}</Reading>
              </span>
            );
          })}
        </div>
      ))}
      {here.map(({ text }) => (
        <div key={text} className="chart-tooltip-change">
          {text}
        </div>
      ))}
    </div>
  );
}
