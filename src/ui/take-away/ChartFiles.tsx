/** Charts to take away, as SVG or PNG: drawn here as on the page, whatever the page shows of them now. */
import { useRef, useState } from "react";
import { playground, usePlayground } from "../../client/use-playground";
import { armLetter } from "../../core/arms";
import { errorSentence } from "../../core/errors";
import { ARM_DASHES } from "../charts/arm-dashes";
import type { ChartInfo } from "../charts/catalogue";
import { StepChart } from "../charts/StepChart";
import { useChartCurves } from "../charts/use-chart-curves";
import { useCharts } from "../charts/use-charts";
import { NamedSelect } from "../frame/NamedSelect";
import { useArmIds } from "../stage/live";
import { useRoleColors } from "../theme/use-role-colors";
import { type ChartWords, chartSvg, svgCanvas } from "./chart-svg";
import { fileName, savePng, saveText } from "./save";

const HEIGHT = 260;
/** Pixels of a PNG for one of the page: for print and for slides. */
const PNG_SCALE = 3;
const NONE: ReadonlySet<string> = new Set();

export function ChartFiles() {
  const charts = useCharts().flat();
  const [id, setId] = useState(charts[0]?.id ?? "");
  const info = charts.find((one) => one.id === id) ?? charts[0];
  if (info === undefined) return null;
  return (
    <section aria-labelledby="take-charts" className="take-part">
      <h3 id="take-charts">A chart</h3>
      <OneChart key={info.id} info={info} choices={charts} onChoose={setId} />
    </section>
  );
}

interface Props {
  readonly info: ChartInfo;
  readonly choices: readonly ChartInfo[];
  readonly onChoose: (id: string) => void;
}

function OneChart({ info, choices, onChoose }: Props) {
  const colors = useRoleColors();
  const ids = useArmIds();
  const arms = useChartCurves(ids, info.series, 0, true);
  const steps = usePlayground((state) => state.step > 0);
  const [error, setError] = useState<string | null>(null);
  const drawing = useRef<HTMLDivElement>(null);
  const ready = steps && arms.some(({ curves, measures }) => ((curves ?? measures)?.steps.length ?? 0) > 0);
  const save = (extension: "svg" | "png") => {
    const svg = drawing.current?.querySelector("svg");
    if (!svg) return;
    const several = ids.length > 1;
    const legend = ids.flatMap((arm) =>
      info.series.map(({ label, role }) => ({
        text: several ? `${armLetter(arm)} ${label}` : label,
        color: colors[role],
        dash: ARM_DASHES[arm],
      })),
    );
    const words: ChartWords = { title: info.title, unit: `${info.unit}, over training steps`, legend };
    const file = chartSvg(svg, words, colors);
    const name = fileName(playground().store.getState(), info.id, extension);
    setError(null);
    if (extension === "svg") saveText(file.text, "image/svg+xml", name);
    else
      svgCanvas(file, PNG_SCALE)
        .then((canvas) => savePng(canvas, name))
        .catch((reason: unknown) => setError(errorSentence(reason)));
  };
  return (
    <>
      <div className="take-fields">
        <NamedSelect
          label="Chart"
          value={info.id}
          choices={choices.map((one) => ({ value: one.id, text: one.title }))}
          onChange={onChoose}
        />
        <button type="button" className="sheet-form-main" disabled={!ready} onClick={() => save("svg")}>
          Save as SVG
        </button>
        <button type="button" disabled={!ready} onClick={() => save("png")}>
          Save chart as PNG
        </button>
      </div>
      {error !== null && (
        <p className="sheet-form-error" role="alert">
          {error}
        </p>
      )}
      {ready ? (
        <div ref={drawing} className="take-chart" aria-hidden="true">
          <StepChart {...{ info, arms, colors }} hidden={NONE} height={HEIGHT} named smooth={0} />
        </div>
      ) : (
        <p className="take-note">Curves appear with the first step.</p>
      )}
    </>
  );
}
