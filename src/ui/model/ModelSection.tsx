/** Which model learns: all of them as drawings, what the chosen one is about, and the settings that are its alone. */
import { withModel } from "../../core/architecture/adapt";
import type { ExperimentConfig } from "../../core/config";
import { datasetClasses, datasetOf } from "../../core/datasets";
import { MODEL_IDS, type ModelId, modelInfo, modelOf } from "../../core/models";
import fields from "../controls/fields/fields.module.css";
import { Section } from "../controls/fields/Section";
import { useExperiment } from "../controls/fields/use-experiment";
import { useRoving } from "../frame/use-roving";
import { drawingOf, drawingWords } from "./drawing";
import { ModelDrawing } from "./ModelDrawing";
import { ModelSettings } from "./ModelSettings";
import classes from "./model.module.css";

export function ModelSection() {
  const { config } = useExperiment();
  const cards = useRoving<HTMLDivElement>("button");
  const { name, lesson, source } = modelOf(config);
  return (
    <Section title="Model" summary={name} effect="restart" open>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would repeat the heading above */}
      <div
        className={classes.models}
        role="group"
        aria-label="Models"
        aria-description="Arrow keys go from one to the next."
        {...cards}
      >
        {MODEL_IDS.map((id) => (
          <ModelCard key={id} id={id} />
        ))}
      </div>
      <p className={fields.note}>{lesson}</p>
      <p className={fields.note}>
        <cite>{source}</cite>
      </p>
      <ModelSettings />
    </Section>
  );
}

/** Why a model cannot learn an experiment's data; null where it can. */
function unfit(config: ExperimentConfig, id: ModelId): string | null {
  if (modelInfo(id).data === "samples" || datasetClasses(config.dataset) > 0) return null;
  return `Needs data with classes, and ${datasetOf(config.dataset).name} has none`;
}

function ModelCard({ id }: { readonly id: ModelId }) {
  const { config, setConfig } = useExperiment();
  const model = modelInfo(id);
  const chosen = config.model.type === id;
  const why = unfit(config, id);
  return (
    <button
      type="button"
      className={classes.model}
      aria-pressed={chosen}
      aria-disabled={why !== null}
      aria-description={why ?? drawingWords(drawingOf(model))}
      title={why ?? `${model.lesson} Data, seed and batch stay; training restarts.`}
      onClick={() => {
        if (!chosen && why === null) setConfig(withModel(config, id));
      }}
    >
      <ModelDrawing model={model} />
      <span>{model.name}</span>
    </button>
  );
}
