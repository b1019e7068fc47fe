/** One chart over training steps. Draws what the catalogue says with recharts; no animation, at most 300 points a series. */
import { memo, useMemo } from "react";
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { ArmId } from "../../core/arms";
import { useFrame } from "../frame/frame-store";
import { useLabModule } from "../lab/lab-module";
import type { RoleColors } from "../theme/colors";
import { ARM_DASHES } from "./arm-dashes";
import { labelled, placeOn, stepAxis, valueAxis } from "./axis";
import { useShownSteps } from "./board";
import { ChangeLabel } from "./ChangeLabel";
import type { ChartInfo, ChartSeries } from "./catalogue";
import { changesOf } from "./changes";
import { useMarks } from "./marks";
import { type ArmCurves, chartRows, columnOf, MAX_POINTS, smoothColumn, withSmoothed } from "./rows";
import { StepTooltip } from "./StepTooltip";
import { useBrush } from "./use-brush";
import { VisitedLine } from "./VisitedLine";

/** Points a series, shared between the arms: a dashed line of many points is slow to draw. */
const POINTS_IN_ALL = MAX_POINTS;
/** Of the raw curve behind a smoothed one. */
const RAW_OPACITY = 0.3;
/** All charts share a hover. */
const SYNC = "training-steps";
/** Marks of changes: beyond a few they would hide the curves, so only the latest are drawn. */
const MAX_MARKS = 12;

/** The same for every chart, so that their plots lie below each other and a step is at one place in all of them. */
const MARGIN = { top: 6, right: 44, bottom: 0, left: 0 } as const;
const AXIS_HEIGHT = 20;
const VALUES_WIDTH = 44;
/** Of numbers and labels; larger where the last row of a room reads them, with room for it. */
const TYPE = 11;
const PRESENTED_TYPE = 15;
/** Up to so many points, each is drawn as a dot: a line between two single steps says little. */
const FEW_POINTS = 12;
/** Names of changes that come close to each other stand below each other. */
const LABEL_ROWS = 5;

interface Props {
  readonly info: ChartInfo;
  readonly arms: readonly ArmCurves[];
  readonly hidden: ReadonlySet<string>;
  readonly colors: RoleColors;
  readonly height: number;
  /** Whether changes made while training are named here; the lines that mark them are on every chart. */
  readonly named: boolean;
  /** Points to each side over which smoothed curves are drawn over the raw ones; 0: none are. */
  readonly smooth: number;
}

export const StepChart = memo(function StepChart({ info, arms, hidden, colors, height, named, smooth }: Props) {
  const lab = useLabModule() !== null;
  const chosen = useShownSteps((state) => state.steps);
  const within = lab ? chosen : null;
  const rows = useMemo(
    () => chartRows(arms, info.series, info.scale === "log", POINTS_IN_ALL / arms.length, within ?? undefined),
    [arms, info, within],
  );
  const data = useMemo(() => {
    if (smooth === 0) return rows;
    const columns = arms.flatMap(({ arm }) => info.series.map((series) => columnOf(arm, series)));
    return withSmoothed(rows, columns, info.scale === "log", smooth);
  }, [rows, arms, info, smooth]);
  const lines = arms.flatMap(({ arm }) =>
    info.series.filter(({ key }) => !hidden.has(key)).map((series) => ({ arm, series, column: columnOf(arm, series) })),
  );
  const axis = valueAxis(
    info,
    rows,
    lines.map(({ column }) => column),
  );
  const steps = stepAxis(rows, within);
  const fontSize = useFrame(({ presenting }) => presenting) ? PRESENTED_TYPE : TYPE;
  const scale = fontSize / TYPE;
  const labels = labelled(info.references, axis, height - AXIS_HEIGHT * scale - MARGIN.top);
  const tick = { fill: colors.muted, fontSize };
  const insets = {
    left: VALUES_WIDTH * scale,
    right: MARGIN.right * scale,
    top: MARGIN.top,
    bottom: AXIS_HEIGHT * scale,
  };
  const brush = useBrush();
  const marks = useMarks((state) => state.marks);
  const changes = changesOf(arms, marks, within === null ? steps.domain[0] : 0); // a stretch shows its own alone
  return (
    <>
      <ResponsiveContainer width="100%" height={height}>
        <LineChart
          data={data}
          syncId={SYNC}
          syncMethod="value"
          margin={{ ...MARGIN, right: MARGIN.right * scale }}
          accessibilityLayer={false}
          {...(lab ? brush.handlers : {})}
        >
          <CartesianGrid stroke={colors.line} vertical={false} />
          <XAxis
            dataKey="step"
            type="number"
            domain={steps.domain}
            ticks={steps.ticks}
            tickFormatter={steps.format}
            tick={tick}
            stroke={colors.axis}
            tickSize={4}
            height={AXIS_HEIGHT * scale}
          />
          <YAxis
            width={VALUES_WIDTH * scale}
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
              {...(labels.has(label)
                ? { label: { value: label, position: "right", fill: colors.muted, fontSize, offset: 4 } }
                : {})}
            />
          ))}
          {lab && brush.from !== null && brush.to !== null && (
            <ReferenceArea x1={brush.from} x2={brush.to} fill={colors.axis} fillOpacity={0.25} />
          )}
          {changes.slice(-MAX_MARKS).map(({ step, text }, i) => (
            <ReferenceLine
              key={`${step} ${text}`}
              x={step}
              stroke={colors.muted}
              strokeDasharray="1 3"
              {...(named
                ? { label: <ChangeLabel text={text} row={i % LABEL_ROWS} place={placeOn(steps.domain, step)} /> }
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
            (smooth > 0 ? [column, smoothColumn(column)] : [column]).map((dataKey, i) => (
              <Line
                key={dataKey}
                dataKey={dataKey}
                strokeOpacity={smooth > 0 && i === 0 ? RAW_OPACITY : 1}
                name={series.label}
                stroke={colors[series.role]}
                strokeWidth={1.4}
                {...dashesOf(arm, series)}
                dot={rows.length <= FEW_POINTS ? { r: 2 } : false}
                activeDot={{ r: 3, strokeWidth: 0 }}
                isAnimationActive={false}
                connectNulls={false}
                type="linear"
              />
            )),
          )}
        </LineChart>
      </ResponsiveContainer>
      <VisitedLine domain={steps.domain} insets={insets} />
    </>
  );
});

/** An arm's dashes; dots for what theory says is best. */
function dashesOf(arm: ArmId, { ideal }: ChartSeries): { readonly strokeDasharray?: string } {
  if (ideal) return { strokeDasharray: "1.5 3" };
  return ARM_DASHES[arm] === "" ? {} : { strokeDasharray: ARM_DASHES[arm] };
}
