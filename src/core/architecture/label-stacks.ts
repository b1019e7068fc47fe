/** The named stacks of models that know classes: those of stacks.ts with the layers that read a label, or end in classes. Layer specs only. */
import { type GanNetwork, ganStacks } from "../models/gan";
import type { ModelStack } from "../models/types";
import type { LayerSpec } from "./layers";

type Layers = readonly LayerSpec[];

/** Numbers that a label becomes beside a latent or features. */
const LABEL: LayerSpec = { type: "embedding", units: 16 };
/** Beside an image a label is a few channels more, the same at each pixel. */
const LABEL_OF_IMAGE: LayerSpec = { type: "embedding", units: 4 };

/** G's layers with the label beside z (Mirza and Osindero 2014). */
export const labelledGenerator = (layers: Layers): Layers => [LABEL, ...layers];

/** G's layers with a scale and a shift for each class wherever it has batch norm, else with the label beside z (Miyato and Koyama 2018). */
export function normedGenerator(layers: Layers): Layers {
  if (!layers.some(({ type }) => type === "batchNorm")) return labelledGenerator(layers);
  return layers.map((layer) =>
    layer.type === "batchNorm" ? { ...layer, type: "conditionalBatchNorm", epsilon: 1e-5 } : layer,
  );
}

/** D's layers with the label beside its input. */
export function labelledDiscriminator(layers: Layers): Layers {
  const [first, ...rest] = layers;
  if (first?.type === "flatten") return [first, LABEL, ...rest];
  return [first?.type === "conv2d" ? LABEL_OF_IMAGE : LABEL, ...layers];
}

/** D's layers with a projection in place of its last one, which gives the logit. */
export const projectedDiscriminator = (layers: Layers): Layers => [...layers.slice(0, -1), { type: "projection" }];

/** D's layers with a logit and a score a class in place of the logit. */
export const classifyingDiscriminator = (layers: Layers, classes: number): Layers => [
  ...layers.slice(0, -1),
  { type: "dense", units: 1 + classes },
];

type Pair = Readonly<Record<GanNetwork, Layers>>;

/** Every named pair, changed. @param suffix of its id @param how in a few words, for the pair's name */
export function labelStacks(
  suffix: string,
  how: string,
  change: (pair: Pair, classes: number) => Pair,
): Readonly<Record<string, ModelStack<GanNetwork>>> {
  const changed = ({ name, layers, ...stack }: ModelStack<GanNetwork>): ModelStack<GanNetwork> => ({
    ...stack,
    name: `${name}, ${how}`,
    layers: (context) => change(layers(context), context.classes),
  });
  return Object.fromEntries(Object.entries(ganStacks).map(([id, stack]) => [`${id}${suffix}`, changed(stack)]));
}
