/** What a stage view shows: the shape of a frame that crosses from the engine to the page. Types only. */
import type { LossId } from "./losses";
import type { PlaneWindow } from "./plane-window";

/** Where losses of G would move some of the fakes, with D as it stands. */
export interface SamplePulls {
  /** D's logits [n] of the frame's first n fakes. */
  readonly logits: Float32Array;
  /** Minus each loss's gradient with respect to these fakes, [n, dimension], per data unit. */
  readonly losses: readonly { readonly loss: LossId; readonly arrows: Float32Array }[];
}

/** Where G sends a grid over two of its latent dimensions, the others at 0. */
export interface LatentGrid {
  /** Lines each way. */
  readonly size: number;
  /** The latents run from -reach to reach in both dimensions; column by column, row 0 at the lowest second one. */
  readonly reach: number;
  /** G's samples [size · size, 2], data units, rows first. */
  readonly samples: Float32Array;
}

/** Where G sends latents that are evenly apart, for data on the line. */
export interface LatentLine {
  /** The latents run from -reach to reach in the first dimension, the others at 0. */
  readonly reach: number;
  /** G's samples of them, in order, data units. */
  readonly samples: Float32Array;
}

/** What can be looked at beside the samples and D's map, each only where it is asked for. Engine: probes/views. */
export interface ViewData {
  readonly pulls: SamplePulls;
  readonly manifold: LatentGrid;
  readonly mapping: LatentLine;
}
export type ViewId = keyof ViewData;

/** The views that were asked for and that the data have. */
export type Views = { readonly [id in ViewId]?: ViewData[id] };

/** The class that each fake of a frame was asked for. */
export interface AskedClasses {
  readonly count: number;
  readonly labels: Uint8Array; // [n]
}

/** Real points beside what the model makes of them: coded and made again. */
export interface RemadePoints {
  readonly reals: Float32Array; // [n, dimension]
  readonly remade: Float32Array; // [n, dimension]
  readonly codes: Float32Array; // [n, latent]
}

/** What the stage shows of one arm at one moment. */
export type StageFrame =
  | {
      readonly kind: "line"; // 1-D data
      readonly fakes: Float32Array; // [n], data units
      readonly logits: Float32Array; // D on a grid of logits.length points over [-extent, extent]; empty where nothing judges
      readonly extent: number;
      readonly views: Views;
      readonly asked?: AskedClasses; // for a model that is told classes
      readonly pairs?: RemadePoints; // for a model that codes samples
    }
  | {
      readonly kind: "plane"; // 2-D data
      readonly fakes: Float32Array; // [n, 2], data units
      readonly logits: Float32Array; // [size, size] over `window`, row 0 at the top; empty where nothing judges
      readonly size: number; // then 0
      readonly extent: number; // the whole picture is [-extent, extent]²
      readonly window?: PlaneWindow; // where D was asked; the whole picture where left out
      readonly views: Views;
      readonly asked?: AskedClasses; // for a model that is told classes
      readonly pairs?: RemadePoints; // for a model that codes samples
    }
  | {
      readonly kind: "images";
      readonly height: number;
      readonly width: number;
      readonly fakes: Uint8ClampedArray; // RGBA bytes [n, height, width, 4], of the fixed latents
      readonly fakeLogits: Float32Array; // [n]
      readonly reals: Uint8ClampedArray; // RGBA bytes [m, height, width, 4], fixed reals
      readonly realLogits: Float32Array; // [m]
      readonly asked?: AskedClasses; // for a model that is told classes: then the fakes are a row a class
      readonly remade?: Uint8ClampedArray; // the reals made again, for a model that codes samples
    };
