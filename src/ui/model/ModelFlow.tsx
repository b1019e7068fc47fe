/** A model that is no game as a diagram over the stage, with its numbers live. The game's own: stage/FlowDiagram.tsx. */
import { ARM_IDS } from "../../core/arms";
import { formatNumber } from "../../core/format";
import type { ModelInfo } from "../../core/models";
import { useMoment } from "../stage/moments";
import { Reading } from "../theme/Reading";
import { drawingOf, drawingWords } from "./drawing";
import { ModelDrawing } from "./ModelDrawing";
import classes from "./model.module.css";

interface Props {
  readonly model: ModelInfo;
}

export function ModelFlow({ model }: Props) {
  return (
    <figure className={`${classes.flow} number`} aria-label={`How a ${model.name} works, live`}>
      <figcaption className="visually-hidden">{drawingWords(drawingOf(model))}</figcaption>
      <ModelDrawing model={model} />
      <Numbers model={model} />
    </figure>
  );
}

/** On their own: they change several times a second, and the drawing never. */
function Numbers({ model }: Props) {
  const { readings } = useMoment(ARM_IDS[0]);
  return (
    <dl className={classes.readings}>
      {Object.entries(model.readings).map(([id, { words }]) => (
        <div key={id}>
          <dt>{words.replace(/^the /, "")}</dt>
          <dd>
            <Reading width={7} align="end">
              {formatNumber(readings[id] ?? Number.NaN)}
            </Reading>
          </dd>
        </div>
      ))}
    </dl>
  );
}
