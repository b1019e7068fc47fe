/**
 * What can be asked of an arm about its latent space, by name: what a question takes and how it is answered. Types only; the
 * answering is engine/probes/studies, a file each.
 */
import type { Direction, DirectionMethod } from "./directions";

/** Samples as the page draws them: points [count, dimension] in data units, images RGBA bytes [count, height, width, 4]. */
export type Drawn = Float32Array | Uint8ClampedArray;

/** What samples are asked for. */
export interface Asking {
  /** Their class; ignored by models that are told none. */
  readonly label: number;
}

/** A mean latent of samples that have something in common. */
export interface GroupMean {
  /** "7", "hat: hat", "size: large". */
  readonly name: string;
  readonly latent: Float32Array;
  /** How many samples it is the mean of. */
  readonly count: number;
}

/** Adam's state of a search for latents: plain numbers, so that a search goes on where it was, or not at all. */
export interface SearchState {
  /** [starts, latent size], and its moments alike. */
  readonly latents: Float32Array;
  readonly m: Float32Array;
  readonly v: Float32Array;
  /** Updates done, of all that are to be done. */
  readonly step: number;
  readonly steps: number;
}

export interface StudyInput {
  /** Directions, those first that do most; at right angles, but for means. */
  readonly directions: Asking & { readonly method: DirectionMethod; readonly z: Float32Array; readonly count: number };
  /** Mean latents of samples that look like each class, or have each attribute. */
  readonly means: Asking;
  /** Real samples: the next `count` from `from` on of a fixed shuffle. */
  readonly reals: { readonly split: "train" | "test"; readonly from: number; readonly count: number };
  /** Training images by number. */
  readonly images: { readonly indices: Int32Array };
  /** The nearest training images, among those with numbers from `from` up to `to`, of each sample. */
  readonly neighbours: {
    readonly samples: Drawn;
    readonly count: number;
    readonly k: number;
    readonly from: number;
    readonly to: number;
  };
  /** Some more updates of a search for the latent of a picture. */
  readonly invert: Asking & {
    readonly target: Drawn;
    /** Weight of each pixel [height · width], 0 where the picture is not to be looked at; null: all count. */
    readonly mask: Float32Array | null;
    /** Pixels, the width of the blur through which both are looked at; 0 for none. */
    readonly blur: number;
    readonly state: SearchState;
    /** Updates to do now; 0 only looks. */
    readonly updates: number;
  };
  /** Quality and diversity of latents pulled towards their mean by a factor. */
  readonly truncation: { readonly psi: number };
}

export type StudyId = keyof StudyInput;

export interface StudyAnswer {
  readonly directions: { readonly directions: readonly Direction[] };
  readonly means: { readonly groups: readonly GroupMean[] };
  /** `logits`: D's, empty where nothing judges. `numbers`: of the images within their split; empty for points. */
  readonly reals: {
    readonly samples: Drawn;
    readonly labels: Uint8Array;
    readonly numbers: Int32Array;
    readonly logits: Float32Array;
    readonly total: number;
  };
  readonly images: { readonly samples: Drawn; readonly labels: Uint8Array };
  /** Nearest first: numbers and Euclidean distances in data units [count, k]; `total`: training images that can be compared now. */
  readonly neighbours: { readonly indices: Int32Array; readonly distances: Float32Array; readonly total: number };
  /** `errors`: mean squared difference of each start, in data units, where it is looked at. `samples`: of every start. */
  readonly invert: { readonly state: SearchState; readonly errors: Float32Array; readonly samples: Drawn };
  readonly truncation: TruncationEffect;
}

/** How good and how different samples of latents are that were pulled towards their mean. */
export interface TruncationEffect {
  /** Share of the samples that are as near to a real as reals are to each other: precision. */
  readonly quality: number;
  /** By a classifier the share of the reals that are as near to a sample as samples are: recall. Else the mean distance of two samples, that of two reals being 1. */
  readonly diversity: number;
  /** The classifier whose features are compared, and what test images read by it; null where there is none, and pixels are. */
  readonly judge: {
    readonly accuracy: number;
    readonly quality: number;
    readonly diversity: number;
    /** Of the samples from the reals, which both too few and too bad make large, and of test images. */
    readonly frechet: { readonly samples: number; readonly test: number };
  } | null;
}

/** A question with its input. */
export type Study = { readonly [Id in StudyId]: { readonly id: Id; readonly input: StudyInput[Id] } }[StudyId];
