/** The values of one layer, and where it stands. Shapes are shown by the list around it. */
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { activationOf, editLayer, hasActivation, newLayer } from "../../core/architecture/edit";
import { LAYER_TABLE } from "../../core/architecture/layer-table";
import { ACTIVATIONS, LAYER_TYPES, type LayerSpec } from "../../core/architecture/layers";
import type { Shape } from "../../core/architecture/shapes";
import { layerBounds } from "../../core/bounds";
import type { ExperimentConfig } from "../../core/config";
import classes from "./experiment.module.css";
import { ChoiceField } from "./fields/ChoiceField";
import { effectOf } from "./fields/effect";
import { Field } from "./fields/Field";
import fields from "./fields/fields.module.css";
import { NumberField } from "./fields/NumberField";
import { SwitchField } from "./fields/SwitchField";
import { useExperiment } from "./fields/use-experiment";
import { ACTIVATION_NAMES, layerValues } from "./layer-fields";

export interface LayerEditorProps {
  readonly layer: LayerSpec;
  /** As people count: "3", and inside that layer "3.1". */
  readonly label: string;
  readonly first: boolean;
  readonly last: boolean;
  /** Shape that goes in, where the layers before it fit. */
  readonly inputShape: Shape | undefined;
  /** The list of the layers inside it, where it holds any. */
  readonly inside: ReactNode;
  readonly applyLayer: (layer: LayerSpec) => ExperimentConfig;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
}

/** Layers that read a label are of no use to a model that gives none. */
const CHOICES = LAYER_TYPES.filter((type) => !LAYER_TABLE[type].conditional);

export function LayerEditor(props: LayerEditorProps) {
  const { layer, label, first, last, inputShape, inside, applyLayer, onMove, onRemove } = props;
  const edit = (values: Readonly<Record<string, unknown>>) => applyLayer(editLayer(layer, values) ?? layer);
  const name = (what: string) => `Layer ${label} ${what.toLowerCase()}`;
  const weighted = layer.type === "dense" || layer.type === "conv2d" || layer.type === "conv2dTranspose";
  return (
    <div className={classes.layerEditor}>
      <ChoiceField
        label="Type"
        name={name("type")}
        definition="What the layer computes."
        layout="row"
        value={layer.type}
        choices={CHOICES.map((value) => ({ value, label: LAYER_TABLE[value].name }))}
        apply={(type) => applyLayer(newLayer(type, layer, inputShape))}
      />
      {layerValues(layer).map((number) => (
        <NumberField
          key={number.key}
          label={number.label}
          name={name(number.label)}
          definition={number.definition}
          value={number.value}
          bounds={layerBounds(layer.type, number.key)}
          stepping={number.stepping}
          step={number.step}
          apply={(next) => edit({ [number.key]: next })}
        />
      ))}
      {inside}
      {layer.type === "reshape" && (
        <ShapeField shape={layer.shape} name={name("shape")} apply={(shape) => edit({ shape })} />
      )}
      {hasActivation(layer.type) && (
        <ChoiceField
          label="Activation"
          name={name("activation")}
          definition="The function applied to every number after the layer."
          layout="row"
          value={activationOf(layer) ?? "linear"}
          choices={ACTIVATIONS.map((value) => ({ value, label: ACTIVATION_NAMES[value] }))}
          apply={(activation) =>
            edit({
              activation: activation === "linear" ? undefined : activation,
              ...(activation === "leakyRelu" ? {} : { alpha: undefined }),
            })
          }
        />
      )}
      {weighted && (
        <>
          <SwitchField
            label="Bias"
            definition="Adds a learned constant to every output. Superfluous before batch norm."
            checked={layer.useBias !== false}
            apply={(on) => edit({ useBias: on ? undefined : false })}
          />
          <SwitchField
            label="Spectral norm"
            definition="Divides the kernel by its largest singular value."
            checked={layer.spectralNorm === true}
            apply={(on) => edit({ spectralNorm: on ? true : undefined })}
          />
        </>
      )}
      <div className={classes.layerActions}>
        <button
          type="button"
          className={classes.smallButton}
          data-action="up"
          disabled={first}
          onClick={() => onMove(-1)}
        >
          <IconArrowUp size={14} aria-hidden="true" /> Up
        </button>
        <button
          type="button"
          className={classes.smallButton}
          data-action="down"
          disabled={last}
          onClick={() => onMove(1)}
        >
          <IconArrowDown size={14} aria-hidden="true" /> Down
        </button>
        <button type="button" className={classes.smallButton} disabled={first && last} onClick={onRemove}>
          <IconTrash size={14} aria-hidden="true" /> Remove
        </button>
      </div>
    </div>
  );
}

interface ShapeFieldProps {
  readonly shape: readonly number[];
  readonly name: string;
  readonly apply: (shape: number[]) => ExperimentConfig;
}

/** A shape typed as "7, 7, 64". */
function ShapeField({ shape, name, apply }: ShapeFieldProps) {
  const { config, setConfig } = useExperiment();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const commit = (text: string) => {
    const sides = text
      .split(/[^0-9.-]+/)
      .filter((part) => part !== "")
      .map(Number);
    const good = sides.length > 0 && sides.length <= 3 && sides.every((side) => Number.isInteger(side) && side >= 1);
    setDraft(null);
    setProblem(good ? null : `A shape is one to three whole numbers, such as 7, 7, 64; ${shape.join(", ")} is kept.`);
    if (good) setConfig(apply(sides));
  };
  return (
    <Field
      label="Shape"
      definition="Height, width, channels. As many values as come in, in the same order."
      effect={effectOf(config, apply([...shape, 1].slice(-3).reverse()))}
      message={problem}
    >
      {({ input, description }) => (
        <input
          id={input}
          type="text"
          className={fields.number}
          aria-label={name}
          aria-describedby={description}
          value={draft ?? shape.join(", ")}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Enter" && draft !== null && commit(draft)}
          onBlur={() => draft !== null && commit(draft)}
        />
      )}
    </Field>
  );
}
