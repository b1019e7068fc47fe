/** One chart over training steps. Draws what the catalogue says with recharts; no animation, at most 300 points a series. */
import { memo, useMemo } from "react";
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { type ArmId, armLetter } from "../../core/arms";
import { formatStep, formatTick, powerOfTen, roundTicks } from "../../core/format";
import type { Curves } from "../../core/history";
import type { RoleColors } from "../theme/colors";
import { ARM_DASHES } from "./arm-dashes";
import type { ChartInfo } from "./catalogue";
import { chartRows, columnOf, decades, MAX_POINTS, type Row, rangeOf, smoothColumn, withSmoothed } from "./rows";
import { StepTooltip } from "./StepTooltip";

export interface ArmCurves {
  readonly arm: ArmId;
  readonly curves: Curves | null;
}

/** Points a series, shared between the arms: a dashed line of many points is slow to draw. */
const POINTS_IN_ALL = MAX_POINTS;
/** Of the raw curve behind a smoothed one. */
const RAW_OPACITY = 0.3;
/** All charts share a hover. */
const SYNC = "training-steps";
/** Marks of changes: beyond a few they would hide the curves, so only the latest are drawn. */
const MAX_MARKS = 12;

interface Props {
  readonly info: ChartInfo;
  readonly arms: readonly ArmCurves[];
  readonly hidden: ReadonlySet<string>;
  readonly colors: RoleColors;
  readonly height: number;
  /** Whether changes made while training are named here; the lines that mark them are on every chart. */
  readonly named: boolean;
  /** Whether smoothed curves are drawn over the raw ones. */
  readonly smooth: boolean;
}

export const StepChart = memo(function StepChart({ info, arms, hidden, colors, height, named, smooth }: Props) {
  const rows = useMemo(
    () => chartRows(arms, info.series, info.scale === "log", POINTS_IN_ALL / arms.length),
    [arms, info],
  );
  const data = useMemo(() => {
    if (!smooth) return rows;
    const columns = arms.flatMap(({ arm }) => info.series.map((series) => columnOf(arm, series)));
    return withSmoothed(rows, columns, info.scale === "log");
  }, [rows, arms, info, smooth]);
  const lines = arms.flatMap(({ arm }) =>
    info.series.filter(({ key }) => !hidden.has(key)).map((series) => ({ arm, series, column: columnOf(arm, series) })),
  );
  const axis = yAxis(
    info,
    rows,
    lines.map(({ column }) => column),
  );
  const last = rows.at(-1)?.step ?? 100;
  const first = rows[0]?.step ?? 0;
  const tick = { fill: colors.muted, fontSize: 11 };
  const changes = changesOf(arms);
  return (
    <ResponsiveContainer width="100%" height={height}>
      <LineChart
        data={data}
        syncId={SYNC}
        syncMethod="value"
        margin={{ top: 6, right: info.references.length > 0 ? 38 : 10, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid stroke={colors.line} vertical={false} />
        <XAxis
          dataKey="step"
          type="number"
          domain={[first, Math.max(first + 1, last)]}
          ticks={roundTicks(first, last, 6)}
          tickFormatter={formatStep}
          tick={tick}
          stroke={colors.axis}
          tickSize={4}
          height={20}
        />
        <YAxis
          width={40}
          scale={info.scale}
          domain={axis.domain}
          ticks={axis.ticks}
          tickFormatter={axis.format}
          tick={tick}
          stroke={colors.axis}
          tickSize={4}
          allowDataOverflow
          interval={0}
        />
        {info.references.map(({ value, label }) => (
          <ReferenceLine
            key={label}
            y={value}
            stroke={colors.axis}
            strokeDasharray="2 3"
            label={{ value: label, position: "right", fill: colors.muted, fontSize: 11, offset: 4 }}
          />
        ))}
        {changes.slice(-MAX_MARKS).map(({ step, text }) => (
          <ReferenceLine
            key={`${step} ${text}`}
            x={step}
            stroke={colors.muted}
            strokeDasharray="1 3"
            {...(named
              ? {
                  label: {
                    value: shortened(text),
                    position: "insideTopLeft",
                    fill: colors.muted,
                    fontSize: 10,
                    offset: 3,
                  },
                }
              : {})}
          />
        ))}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: colors.axis }}
          content={<StepTooltip info={info} arms={arms.map(({ arm }) => arm)} changes={changes} />}
          wrapperStyle={{ zIndex: 5, outline: "none" }}
        />
        {lines.flatMap(({ arm, series, column }) =>
          (smooth ? [column, smoothColumn(column)] : [column]).map((dataKey, i) => (
            <Line
              key={dataKey}
              dataKey={dataKey}
              strokeOpacity={smooth && i === 0 ? RAW_OPACITY : 1}
              name={series.label}
              stroke={colors[series.role]}
              strokeWidth={1.4}
              {...(ARM_DASHES[arm] === "" ? {} : { strokeDasharray: ARM_DASHES[arm] })}
              dot={rows.length === 1 ? { r: 2 } : false}
              activeDot={{ r: 3, strokeWidth: 0 }}
              isAnimationActive={false}
              connectNulls={false}
              type="linear"
            />
          )),
        )}
      </LineChart>
    </ResponsiveContainer>
  );
});

/** Relative: far below what float32 curves can tell, far above what doubles lose. */
const ROUNDING = 1e-9;

/** Changes of all arms by step, each with its arm's letter where there are several. */
function changesOf(arms: readonly ArmCurves[]): Curves["changes"] {
  const all = arms.flatMap(({ arm, curves }) =>
    (curves?.changes ?? []).map(({ step, text }) => ({
      step,
      text: arms.length > 1 ? `${armLetter(arm)} ${text}` : text,
    })),
  );
  return all.sort((x, y) => x.step - y.step);
}

const shortened = (text: string) => (text.length > 22 ? `${text.slice(0, 20)}…` : text);

interface YAxisInfo {
  readonly domain: [number, number];
  readonly ticks: number[];
  readonly format: (value: number) => string;
}

function yAxis(info: ChartInfo, rows: readonly Row[], columns: readonly string[]): YAxisInfo {
  if (info.scale === "log") {
    const { domain, ticks } = decades(rangeOf(rows, columns));
    return { domain, ticks, format: (value) => decadeText(Math.round(Math.log10(value))) };
  }
  const format = formatTick;
  if (info.domain) return { domain: [...info.domain], ticks: [0, 0.25, 0.5, 0.75, 1], format: (v) => String(v) };
  const references = info.references.map(({ value }) => value);
  const [low, high] = rangeOf(rows, columns, references) ?? [0, 2];
  // A constant whose points were computed between others differs from itself by rounding: that is no range to show.
  const spread = high - low > ROUNDING * Math.max(Math.abs(low), Math.abs(high)) ? high - low : 0;
  const air = 0.06 * (spread || Math.abs(high) || 1);
  // A loss that stays above 0 keeps 0 in view: half a loss should look like half.
  const from = low >= 0 && low < 0.5 * high ? 0 : low - air;
  const domain: [number, number] = [from, high + air];
  return { domain, ticks: roundTicks(domain[0], domain[1], 5), format };
}

/** 0.01, 0.1, 1, 10, 100 as they are, the rest as powers. */
const decadeText = (exponent: number) =>
  Math.abs(exponent) <= 2 ? String(Number((10 ** exponent).toPrecision(1))) : powerOfTen(exponent);
