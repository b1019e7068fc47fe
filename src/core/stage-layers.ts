/**
 * The layers of the picture of points that can be switched: what each is called, for which data it is there and what it needs
 * to be looked at. To add one: a row here, its drawing in ui/stage/layers, and a probe where it needs a new view. No drawing.
 */
import type { ViewId } from "./stage";

export interface LayerInfo {
  readonly name: string;
  /** One sentence: what one sees. */
  readonly title: string;
  /** Of the data. */
  readonly dimensions: readonly (1 | 2)[];
  /** Only where a network judges samples. */
  readonly judged?: true;
  /** What the networks are asked for; null where the frame itself holds all. */
  readonly needs: ViewId | null;
}

export const LAYERS = {
  pulls: {
    name: "Arrows",
    title: "Where G's loss would move each of 64 fakes; the longest arrow sets the scale",
    dimensions: [1, 2],
    judged: true,
    needs: "pulls",
  },
  manifold: {
    name: "G's grid",
    title:
      "A square grid of latents as G bends it over the data: hue by direction in latent space, strong where G puts much of its probability",
    dimensions: [2],
    needs: "manifold",
  },
  mapping: {
    name: "From z to x",
    title: "Where G sends latents that are evenly apart: crowded where p_g is high, as in figure 1 of the 2014 paper",
    dimensions: [1],
    needs: "mapping",
  },
  density: {
    name: "Contours of p_g",
    title: "Lines of equal density of the fakes, estimated from 1,000 of them; each line is half as dense as the next",
    dimensions: [2],
    needs: null,
  },
  trails: {
    name: "Trails",
    title: "The way that 40 of the fakes, each of one fixed latent, have come during the last pictures",
    dimensions: [2],
    needs: null,
  },
  nearest: {
    name: "Nearest reals",
    title: "From each of 64 fakes to the real point next to it, out of 1,000",
    dimensions: [2],
    needs: null,
  },
} as const satisfies Readonly<Record<string, LayerInfo>>;

export type LayerId = keyof typeof LAYERS;
export const LAYER_IDS = Object.keys(LAYERS) as readonly LayerId[];

/** Whether a picture of data of a dimension can have a layer. @param judged whether any of its models judges samples */
export function canHave(id: LayerId, dimension: 1 | 2, judged: boolean): boolean {
  const info: LayerInfo = LAYERS[id];
  return info.dimensions.includes(dimension) && (judged || info.judged !== true);
}

/** What the networks are asked for by some layers, each once. */
export function viewsOf(layers: readonly LayerId[]): readonly ViewId[] {
  return [...new Set(layers.flatMap((id) => LAYERS[id].needs ?? []))];
}
