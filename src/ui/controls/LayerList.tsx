/** A network's layers, first to last, with shapes and parameter counts; one at a time opens for editing. */
import { IconChevronRight, IconPlus } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { moveLayer, newLayer } from "../../core/architecture/edit";
import { type LayerSpec, layerCount } from "../../core/architecture/layers";
import { describeNetwork, type Shape } from "../../core/architecture/shapes";
import { type ExperimentConfig, MAX_LAYERS } from "../../core/config";
import classes from "./experiment.module.css";
import { EffectMark, effectOf, effectSentence } from "./fields/effect";
import fields from "./fields/fields.module.css";
import { useExperiment } from "./fields/use-experiment";
import { LayerEditor } from "./LayerEditor";
import { layerSummary } from "./layer-fields";

export interface LayerListProps {
  /** The network's: "generator". */
  readonly name: string;
  readonly layers: readonly LayerSpec[];
  readonly inputName: string;
  readonly inputShape: Shape;
  /** How many numbers its passes are conditioned on; 0 for none. */
  readonly condition: number;
  /** Sentences of checkArchitecture about this network, or about the layers inside one; each names its layer first. */
  readonly problems: readonly string[];
  /** For the layers inside another one: that one's label, "3", and how many layers the whole network has. */
  readonly within?: { readonly label: string; readonly total: number };
  readonly apply: (layers: LayerSpec[]) => ExperimentConfig;
  readonly onChange: (layers: LayerSpec[]) => void;
}

/** Where focus is to go after an edit; to the layer's own button where the wanted one cannot be pressed. */
interface LayerFocus {
  readonly layer: number;
  readonly action: "open" | "up" | "down";
}

export function LayerList(props: LayerListProps) {
  const { name, layers, inputName, inputShape, condition, problems, within, apply, onChange } = props;
  const { config } = useExperiment();
  const [openLayer, setOpenLayer] = useState<number | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const [focus, setFocus] = useState<LayerFocus | null>(null);
  // A moved layer is drawn in another place, a removed one takes its buttons along: focus goes where the work goes on.
  useEffect(() => {
    if (focus === null) return;
    const rows = list.current?.querySelectorAll<HTMLElement>(":scope > [data-layer]");
    const row = rows?.[Math.min(focus.layer, rows.length - 1)];
    const wanted = row?.querySelector<HTMLButtonElement>(`[data-action="${focus.action}"]:not(:disabled)`);
    (wanted ?? row?.querySelector<HTMLButtonElement>("[data-action=open]"))?.focus();
    setFocus(null);
  }, [focus]);
  const whole = describeNetwork(layers, inputShape, condition);
  // Where a layer does not fit, the layers before it still have shapes.
  const described =
    "error" in whole ? describeNetwork(layers.slice(0, whole.position - 1), inputShape, condition) : whole;
  const shapes = "error" in described ? [] : described.layers;
  const inputOf = (index: number) => (index === 0 ? inputShape : shapes[index - 1]?.outputShape);
  const effect = effectOf(config, apply([...layers, newLayer("dense")]));
  const total = within?.total ?? layerCount(layers, MAX_LAYERS);
  const replaced = (index: number, layer: LayerSpec) => layers.map((old, i) => (i === index ? layer : old));

  const add = () => {
    const index = Math.max(0, layers.length - 1); // before the output layer, whose size is given
    onChange([...layers.slice(0, index), newLayer("dense"), ...layers.slice(index)]);
    setOpenLayer(index);
  };

  return (
    <div className={classes.layers}>
      <div className={classes.layersHead}>
        <span className={classes.layersHeadName}>
          Layers <EffectMark effect={effect} />
        </span>
        <span className={classes.layersHeadShape}>output</span>
        <span className={classes.layersHeadCount}>weights</span>
      </div>
      <ol
        ref={list}
        className={classes.layerList}
        aria-label={`Layers ${within === undefined ? `of the ${name}` : `inside layer ${within.label}`}. ${effectSentence(effect)}`}
      >
        <li className={classes.layerInput}>
          <span />
          <span>{inputName}</span>
          <span className={classes.layerShape}>{inputShape.join("×")}</span>
          <span className={classes.layerCount} />
        </li>
        {layers.map((layer, index) => {
          const shape = shapes[index];
          const label = within === undefined ? String(index + 1) : `${within.label}.${index + 1}`;
          const problem = problems.find((text) => /Layer (\d+) \(/.exec(text)?.[1] === String(index + 1));
          const open = openLayer === index;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: layers have no identity but their place
            <li key={index} className={classes.layer} data-layer data-open={open} data-problem={problem !== undefined}>
              <button
                type="button"
                className={classes.layerButton}
                data-action="open"
                aria-expanded={open}
                title={open ? "Close" : "Edit this layer"}
                onClick={() => setOpenLayer(open ? null : index)}
              >
                <IconChevronRight size={12} className={fields.chevron} data-open={open} aria-hidden="true" />
                <span className={classes.layerName}>
                  <span className="visually-hidden">Layer {label}: </span>
                  {layerSummary(layer)}
                </span>
                <span className={classes.layerShape}>
                  <span className="visually-hidden">; output </span>
                  {shape === undefined ? "–" : shape.outputShape.join("×")}
                </span>
                <span className={classes.layerCount}>
                  <span className="visually-hidden">; weights </span>
                  {shape === undefined ? "–" : shape.parameters.toLocaleString("en")}
                </span>
              </button>
              {problem !== undefined && (
                <p className={classes.layerProblem} role="alert">
                  {problem}
                </p>
              )}
              {open && (
                <LayerEditor
                  layer={layer}
                  label={label}
                  first={index === 0}
                  last={index === layers.length - 1}
                  inputShape={inputOf(index)}
                  inside={
                    "layers" in layer && (
                      <LayerList
                        name={name}
                        layers={layer.layers}
                        inputName="in"
                        inputShape={inputOf(index) ?? []}
                        condition={condition}
                        problems={problemsInside(layer.layers, inputOf(index), condition)}
                        within={{ label, total }}
                        apply={(inner) => apply(replaced(index, { ...layer, layers: inner }))}
                        onChange={(inner) => onChange(replaced(index, { ...layer, layers: inner }))}
                      />
                    )
                  }
                  applyLayer={(next) => apply(replaced(index, next))}
                  onMove={(by) => {
                    onChange(moveLayer(layers, index, index + by));
                    setOpenLayer(index + by);
                    setFocus({ layer: index + by, action: by < 0 ? "up" : "down" });
                  }}
                  onRemove={() => {
                    onChange(layers.filter((_, i) => i !== index));
                    setOpenLayer(null);
                    setFocus({ layer: index, action: "open" });
                  }}
                />
              )}
            </li>
          );
        })}
      </ol>
      <button type="button" className={classes.addLayer} disabled={total >= MAX_LAYERS} onClick={add}>
        <IconPlus size={14} aria-hidden="true" /> Add layer
      </button>
    </div>
  );
}

/** What does not fit among the layers inside one; nothing where it is not known what goes into them. */
function problemsInside(layers: readonly LayerSpec[], inputShape: Shape | undefined, condition: number): string[] {
  const described = inputShape === undefined ? null : describeNetwork(layers, inputShape, condition);
  return described !== null && "error" in described ? [described.error] : [];
}
