/** Which class a model that is told classes is asked for: of the latent's sample, and of D's map. Nothing for other models. */
import { useId } from "react";
import type { PlaygroundState } from "../../client/store";
import { useActions, usePlayground } from "../../client/use-playground";
import { classNames, datasetOf } from "../../core/datasets";
import { isTold } from "../../core/models";

/** The first arm whose model is told classes speaks for the data: arms that differ in it have classes of their own. */
const toldDataset = ({ experiment }: PlaygroundState) =>
  experiment.arms.find(({ config }) => isTold(config))?.config.dataset ?? null;

export function ClassPicker() {
  const dataset = usePlayground(toldDataset);
  const label = usePlayground((state) => state.label);
  const { setLabel } = useActions();
  const name = useId();
  if (dataset === null) return null;
  const names = classNames(dataset);
  const what = datasetOf(dataset).kind === "images" ? "Class" : "Cluster";
  return (
    <fieldset className="class-picker">
      <legend>{what} y that is asked for</legend>
      {names.map((text, i) => (
        <label key={text} className="class-choice" data-chosen={i === Math.min(label, names.length - 1)}>
          <input
            type="radio"
            name={name}
            className="visually-hidden"
            checked={i === Math.min(label, names.length - 1)}
            onChange={() => setLabel(i)}
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
