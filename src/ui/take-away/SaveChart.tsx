/** The buttons that save a chart as SVG and as PNG: of the drawing as it stands on the page, with the words that go with it. */

import { useState } from "react";
import { playground } from "../../client/use-playground";
import { errorSentence } from "../../core/errors";
import { FormError } from "../frame/FormError";
import { useRoleColors } from "../theme/use-role-colors";
import { type ChartWords, chartSvg, svgCanvas } from "./chart-svg";
import { fileName, savePng, saveText } from "./save";

/** Pixels of a PNG for one of the page: for print and for slides. */
const PNG_SCALE = 3;

interface Props {
  /** What is saved, as in "Save the chart as SVG". */
  readonly what: string;
  /** What the file's name calls it. */
  readonly id: string;
  readonly words: ChartWords;
  /** False: there is nothing drawn yet. */
  readonly ready: boolean;
  /** The chart's drawing; null while there is none. */
  readonly drawing: () => SVGSVGElement | null | undefined;
}

export function SaveChart({ what, id, words, ready, drawing }: Props) {
  const colors = useRoleColors();
  const [error, setError] = useState<string | null>(null);
  const save = (extension: "svg" | "png") => {
    const svg = drawing();
    if (!svg) return;
    const file = chartSvg(svg, words, colors);
    const name = fileName(playground().store.getState(), id, extension);
    setError(null);
    if (extension === "svg") saveText(file.text, "image/svg+xml", name);
    else
      svgCanvas(file, PNG_SCALE)
        .then((canvas) => savePng(canvas, name))
        .catch((reason: unknown) => setError(errorSentence(reason)));
  };
  return (
    <>
      {(["svg", "png"] as const).map((extension) => (
        <button key={extension} type="button" disabled={!ready} onClick={() => save(extension)}>
          Save {what} as {extension.toUpperCase()}
        </button>
      ))}
      <FormError text={error} />
    </>
  );
}
