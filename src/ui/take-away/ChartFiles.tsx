/** Charts to take away, as SVG or PNG: drawn here as on the page, whatever the page shows of them now. */
import { type ReactNode, useRef, useState } from "react";
import { usePlayground } from "../../client/use-playground";
import { armLetter } from "../../core/arms";
import { ARM_DASHES } from "../charts/arm-dashes";
import type { ChartInfo } from "../charts/catalogue";
import { useJudgedFigure } from "../charts/Judged";
import { useSpectrumFigure } from "../charts/Spectrum";
import { StepChart } from "../charts/StepChart";
import { useChartCurves } from "../charts/use-chart-curves";
import { useCharts } from "../charts/use-charts";
import { NamedSelect } from "../frame/NamedSelect";
import { useArmIds } from "../stage/live";
import { useRoleColors } from "../theme/use-role-colors";
import type { ChartWords } from "./chart-svg";
import { SaveChart } from "./SaveChart";

const HEIGHT = 260;
const NONE: ReadonlySet<string> = new Set();

/** A chart that is no curve over steps. */
interface Figure {
  readonly id: string;
  readonly words: ChartWords;
  readonly drawing: ReactNode;
}

export function ChartFiles() {
  const charts = useCharts().flat();
  const figures: readonly Figure[] = [useSpectrumFigure(), useJudgedFigure()].filter((figure) => figure !== null);
  const [id, setId] = useState(charts[0]?.id ?? "");
  const figure = figures.find((one) => one.id === id);
  const info = charts.find((one) => one.id === id) ?? charts[0];
  const choices = [...charts, ...figures.map((one) => ({ id: one.id, title: one.words.title }))];
  const select = (
    <NamedSelect
      label="Chart"
      value={figure?.id ?? info?.id ?? ""}
      choices={choices.map((one) => ({ value: one.id, text: one.title }))}
      onChange={setId}
    />
  );
  return (
    <section aria-labelledby="take-charts" className="take-part">
      <h3 id="take-charts">A chart</h3>
      {figure !== undefined ? (
        <OneFigure key={figure.id} figure={figure} select={select} ready />
      ) : (
        info !== undefined && <OneChart key={info.id} info={info} select={select} />
      )}
    </section>
  );
}

function OneChart({ info, select }: { readonly info: ChartInfo; readonly select: ReactNode }) {
  const colors = useRoleColors();
  const ids = useArmIds();
  const arms = useChartCurves(ids, info.series, 0, true);
  const steps = usePlayground((state) => state.step > 0);
  const ready = steps && arms.some(({ curves, measures }) => ((curves ?? measures)?.steps.length ?? 0) > 0);
  const several = ids.length > 1;
  const legend = ids.flatMap((arm) =>
    info.series.map(({ label, role }) => ({
      text: several ? `${armLetter(arm)} ${label}` : label,
      color: colors[role],
      dash: ARM_DASHES[arm],
    })),
  );
  const words: ChartWords = { title: info.title, unit: `${info.unit}, over training steps`, legend };
  const drawing = <StepChart {...{ info, arms, colors }} hidden={NONE} height={HEIGHT} named smooth={0} />;
  return <OneFigure figure={{ id: info.id, words, drawing }} select={select} ready={ready} />;
}

interface FigureProps {
  readonly figure: Figure;
  readonly select: ReactNode;
  readonly ready: boolean;
}

function OneFigure({ figure: { id, words, drawing }, select, ready }: FigureProps) {
  const place = useRef<HTMLDivElement>(null);
  return (
    <>
      <div className="take-fields">
        {select}
        <SaveChart
          what="chart"
          id={id}
          words={words}
          ready={ready}
          drawing={() => place.current?.querySelector("svg")}
        />
      </div>
      {ready ? (
        <div ref={place} className="take-chart" aria-hidden="true">
          {drawing}
        </div>
      ) : (
        <p className="take-note">Curves appear with the first step.</p>
      )}
    </>
  );
}
