/** What every series reads at the step under the pointer. Recharts hands in the row. */
import type { TooltipContentProps } from "recharts";
import { type ArmId, armLetter } from "../../core/arms";
import { Reading } from "../theme/Reading";
import type { ChartInfo } from "./catalogue";
import { columnOf } from "./rows";

interface Props extends Partial<TooltipContentProps<number, string>> {
  readonly info: ChartInfo;
  readonly arms: readonly ArmId[];
  readonly changes: readonly { readonly step: number; readonly text: string }[];
}

export function StepTooltip({ active, payload, label, info, arms, changes }: Props) {
  if (!active || !payload?.length) return null;
  const row: Readonly<Record<string, unknown>> = payload[0]?.payload ?? {};
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
                {arms.length > 1 && <small>{armLetter(arm)} </small>}
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
