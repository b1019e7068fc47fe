/** One place on the page for a chart: title, unit, definition, legend with the latest values, the drawing, a table for readers. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { useInViewport } from "@mantine/hooks";
import { IconInfoCircle } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { firstConfig } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { type ArmId, armLetter } from "../../core/arms";
import { useRoving } from "../frame/use-roving";
import { useLabModule } from "../lab/lab-module";
import { Explained, Term } from "../learn/Term";
import { useMoment } from "../stage/moments";
import { Reading } from "../theme/Reading";
import { useRoleColors } from "../theme/use-role-colors";
import { onBoard, SIZES, useBoard } from "./board";
import type { ChartInfo } from "./catalogue";
import { curvesOf } from "./curves";
import { type ArmCurves, columnOf, latestStep, latestValue, type SeriesSource } from "./rows";
import { StepChart } from "./StepChart";
import { useChartCurves } from "./use-chart-curves";

interface Props {
  /** What this place can show; the person picks when there is more than one. */
  readonly choices: readonly ChartInfo[];
  readonly arms: readonly ArmId[];
  readonly height: number;
  /** Place in the row of charts: they redraw in turn, not all in one task. */
  readonly turn: number;
  /** Points to each side over which curves are smoothed; 0: not at all. */
  readonly smooth: number;
}

const NONE: readonly SeriesSource[] = [];

/** Letters of the titles beside which a unit has room in the narrowest column; with more it stands in the line below. */
const MOST_BESIDE_UNIT = 22;

export function ChartPanel({ choices, arms: ids, height: usual, turn, smooth }: Props) {
  const [chosen, setChosen] = useState(choices[0]?.id);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const { ref, inViewport } = useInViewport<HTMLElement>();
  const colors = useRoleColors();
  const tabs = useRoving<HTMLFieldSetElement>(".chart-tab");
  const keys = useRoving<HTMLUListElement>(".chart-key");
  const lab = useLabModule();
  const board = useBoard();
  const config = usePlayground(firstConfig);
  const place = choices[0]?.id ?? "";
  const came = choices.find(({ id }) => id === chosen) ?? choices[0];
  const info = useMemo(
    () => (lab === null || came === undefined ? came : onBoard(came, place, board, curvesOf(config))),
    [lab, came, place, board, config],
  );
  const arms = useChartCurves(ids, info?.series ?? NONE, turn, inViewport);
  const comparing = ids.length > 1;
  if (!info) return null;
  const height = lab === null ? usual : Math.round(usual * SIZES[board.sizes[place] ?? "medium"]);
  const beside = choices.reduce((letters, { title }) => letters + title.length, 0) <= MOST_BESIDE_UNIT;
  const unit = info.unitTerm ? <Term id={info.unitTerm}>{info.unit}</Term> : info.unit;
  const latest = latestStep(arms, info.series);
  const toggle = (key: string) =>
    setHidden((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  return (
    <section ref={ref} className="chart" aria-label={info.title}>
      <div className="chart-head">
        {choices.length > 1 ? (
          <fieldset className="chart-tabs" {...tabs}>
            <legend className="visually-hidden">Which chart</legend>
            {choices.map(({ id, title, term }) => (
              <Explained key={id} id={term}>
                {(description) => (
                  <button
                    type="button"
                    className="chart-tab"
                    aria-pressed={id === info.id}
                    aria-describedby={description}
                    onClick={() => setChosen(id)}
                  >
                    {title}
                  </button>
                )}
              </Explained>
            ))}
          </fieldset>
        ) : (
          <h3 className="chart-title">
            <Term id={info.term}>{info.title}</Term>
          </h3>
        )}
        <span className="chart-unit">{beside && unit}</span>
        {lab !== null && <lab.ChartMenu place={place} info={info} came={came ?? info} />}
        <Tooltip label={info.definition} multiline w={260} withArrow events={{ hover: true, focus: true, touch: true }}>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`About ${info.title}: ${info.definition}`}>
            <IconInfoCircle size={15} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className="chart-keys">
        <ul className="chart-legend number" aria-label="Series" {...keys}>
          {info.series.map((series) => {
            const shown = !hidden.has(series.key);
            return (
              <li key={series.key}>
                <Explained id={series.term}>
                  {(description) => (
                    <button
                      type="button"
                      className="chart-key"
                      aria-pressed={shown}
                      aria-describedby={description}
                      onClick={() => toggle(series.key)}
                    >
                      <svg width="18" height="10" viewBox="0 0 18 10" aria-hidden="true">
                        <path d="M0 5H18" stroke={colors[series.role]} strokeWidth="2.5" opacity={shown ? 1 : 0.3} />
                      </svg>
                      <span className={`role-${series.role}`}>{series.label}</span>
                      {arms.map(({ arm }) => (
                        <span key={arm}>
                          {comparing && <small>{armLetter(arm)} </small>}
                          {series.of === "measures" ? (
                            <Reading {...room(info)}>{text(info, measuredOf(arms, arm, series))}</Reading>
                          ) : (
                            <Latest arm={arm} info={info} series={series} />
                          )}
                        </span>
                      ))}
                    </button>
                  )}
                </Explained>
              </li>
            );
          })}
        </ul>
        {!beside && <span className="chart-unit">{unit}</span>}
      </div>
      <div className="chart-drawing" style={{ height }} aria-hidden="true">
        {latest === null ? (
          <p className="chart-empty">
            {info.series.every(({ of }) => of === "measures")
              ? "Measured now and then while it trains."
              : "Curves appear with the first step."}
          </p>
        ) : (
          <StepChart {...{ info, arms, hidden, colors, height, smooth }} named={turn === 0} />
        )}
      </div>
      <div className="visually-hidden">
        <table>
          <caption>
            {info.title}, {info.unit}: {latest === null ? "no values yet" : `values at step ${latest}`}
          </caption>
          <tbody>
            {arms.flatMap(({ arm }) =>
              info.series.map((series) => (
                <tr key={columnOf(arm, series)}>
                  <th scope="row">{comparing ? `Arm ${armLetter(arm)}, ${series.label}` : series.label}</th>
                  <td>
                    {series.of === "measures" ? (
                      <Reading {...room(info)}>{text(info, measuredOf(arms, arm, series))}</Reading>
                    ) : (
                      <Latest arm={arm} info={info} series={series} />
                    )}
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface LatestProps {
  readonly arm: ArmId;
  readonly info: ChartInfo;
  readonly series: SeriesSource;
}

/** The newest number, of the step that the rest of the page shows: the drawing is renewed more rarely. */
function Latest({ arm, info, series }: LatestProps) {
  const readings: Readonly<Record<string, number>> = useMoment(arm).readings;
  const value = series.value((name) => readings[name] ?? Number.NaN);
  return <Reading {...room(info)}>{text(info, value)}</Reading>;
}

const room = ({ width }: ChartInfo) => (width === undefined ? {} : { width });

const text = (info: ChartInfo, value: number) => (Number.isFinite(value) ? info.format(value) : "–");

/** The newest measure, of a step of its own. */
function measuredOf(arms: readonly ArmCurves[], id: ArmId, series: SeriesSource): number {
  const own = arms.find(({ arm }) => arm === id);
  return own === undefined ? Number.NaN : latestValue(own, series);
}
