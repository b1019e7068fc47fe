/**
 * Layer lists as short text for links: `dense-64-leakyRelu:0.2~residual-(dense-64~layerNorm)-relu~dense-1`. Layers are joined by "~",
 * a layer's parts by "-", layers inside another stand in brackets. Text in, specs out and back; no checks of bounds or shapes
 * (config.ts and architecture/shapes.ts do those).
 */
import { LAYER_TABLE } from "../architecture/layer-table";
import { ACTIVATIONS, type Activation, type LayerSpec, type LayerType } from "../architecture/layers";
import { MAX_LAYERS } from "../config";
import { shorten } from "../problems";

/** Writes layers so that `parseLayers` reads exactly the same ones. */
export function formatLayers(layers: readonly LayerSpec[]): string {
  return layers.map((layer) => [layer.type, ...sizes(layer), ...options(layer)].join("-")).join("~");
}

/**
 * Reads layers from text. What it returns still has to be parsed as configuration.
 * @throws Error with a sentence that names the layer and what is wrong with it
 */
export function parseLayers(text: string): unknown[] {
  const count = text.split(/[~(]/).length;
  if (count > MAX_LAYERS) throw new Error(`it has ${count} layers; the most is ${MAX_LAYERS}`);
  return parseList(text);
}

function parseList(text: string): unknown[] {
  return splitOutside(text, "~").map((part, i) => {
    try {
      return parseLayer(part);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`layer ${i + 1}, “${shorten(part, 30)}”: ${reason}`);
    }
  });
}

/** Parts of a text between separators that stand in no brackets. The minus of an exponent, as in 1e-8, separates nothing. */
function splitOutside(text: string, separator: "~" | "-"): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "(") depth += 1;
    else if (text[i] === ")") depth -= 1;
    else if (text[i] !== separator || depth !== 0 || /\de$/.test(text.slice(Math.max(0, i - 2), i))) continue;
    else {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return [...parts, text.slice(from)];
}

function sizes(layer: LayerSpec): string[] {
  const values = new Map<string, unknown>(Object.entries(layer));
  return LAYER_TABLE[layer.type].sizes.map(({ key, kind, prefix = "" }) => {
    if (kind === "layers") return `(${formatLayers("layers" in layer ? layer.layers : [])})`;
    const value = values.get(key);
    return `${prefix}${Array.isArray(value) ? value.join("x") : value}`;
  });
}

function options(layer: LayerSpec): string[] {
  const parts: string[] = [];
  if ("activation" in layer && layer.activation !== undefined) {
    parts.push(layer.alpha === undefined ? layer.activation : `${layer.activation}:${layer.alpha}`);
  } else if ("alpha" in layer && layer.alpha !== undefined) parts.push(`alpha:${layer.alpha}`);
  if ("useBias" in layer && layer.useBias !== undefined) parts.push(layer.useBias ? "bias" : "noBias");
  if ("spectralNorm" in layer && layer.spectralNorm !== undefined) parts.push(layer.spectralNorm ? "sn" : "noSn");
  if ("epsilon" in layer && layer.epsilon !== undefined) parts.push(`eps:${layer.epsilon}`);
  return parts;
}

type Fields = Record<string, unknown>;

/** Reads the sizes that follow the type; takes them off `parts`. */
function readSizes(type: LayerType, parts: string[]): Fields {
  const read = LAYER_TABLE[type].sizes.map(({ key, kind, prefix, words }) => {
    const part = parts.shift();
    if (kind === "layers") return [key, inside(part)];
    if (kind === "sides") return [key, (part ?? "").split("x").map((side) => number(side, words))];
    return [key, number(prefix !== undefined && part?.startsWith(prefix) ? part.slice(prefix.length) : part, words)];
  });
  return Object.fromEntries(read);
}

function inside(part: string | undefined): unknown[] {
  const text = /^\((.*)\)$/.exec(part ?? "")?.[1];
  if (text === undefined) throw new Error("the layers inside it are missing: they stand in brackets");
  return parseList(text);
}

const FLAGS: Record<string, Fields> = {
  bias: { useBias: true },
  noBias: { useBias: false },
  sn: { spectralNorm: true },
  noSn: { spectralNorm: false },
};

function parseLayer(text: string): Fields {
  const parts = splitOutside(text, "-");
  const type = parts.shift() ?? "";
  if (!isLayerType(type)) throw new Error(`there is no layer of type “${shorten(type, 30)}”`);
  let layer: Fields = { type, ...readSizes(type, parts) };
  for (const part of parts) layer = { ...layer, ...parseOption(part) };
  return layer;
}

function parseOption(part: string): Fields {
  const flag = Object.hasOwn(FLAGS, part) ? FLAGS[part] : undefined;
  if (flag !== undefined) return flag;
  const [name = "", value] = part.split(":");
  if (name === "eps") return { epsilon: number(value, "epsilon") };
  if (name === "alpha") return { alpha: number(value, "the slope") };
  if (!isActivation(name)) throw new Error(`“${shorten(part, 30)}” is neither an activation nor an option`);
  return value === undefined ? { activation: name } : { activation: name, alpha: number(value, "the slope") };
}

function number(text: string | undefined, what: string): number {
  const value = text === undefined || text === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new Error(`${what} is missing or not a number`);
  return value;
}

function isLayerType(text: string): text is LayerType {
  return Object.hasOwn(LAYER_TABLE, text);
}

function isActivation(text: string): text is Activation {
  return (ACTIVATIONS as readonly string[]).includes(text);
}
