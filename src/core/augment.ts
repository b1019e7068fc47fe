/**
 * What may be done to images on their way to D, to reals and fakes alike, so that D cannot learn few reals by heart: Zhao et al. 2020,
 * "Differentiable augmentation for data-efficient GAN training". Words and settings; the maths is engine/augment.ts.
 */
import * as v from "valibot";
import { real } from "./setting";

export const AUGMENT_IDS = ["flip", "shift", "colour", "cutout"] as const;
export type AugmentId = (typeof AUGMENT_IDS)[number];

/** How much of each; 0 is off. */
export const augmentEntry = v.object({
  /** Probability that an image is mirrored, left to right. */
  flip: real(0, 1, { effect: "record", off: 0, free: true }),
  /** Most that it is moved each way, as a share of its side; what comes in is grey. */
  shift: real(0, 0.5, { effect: "record", off: 0, free: true }),
  /** How far brightness, saturation and contrast go; 1 as in the paper. */
  colour: real(0, 1, { effect: "record", off: 0, free: true }),
  /** Side of the square that is cut out, as a share of the image's. */
  cutout: real(0, 0.9, { effect: "record", off: 0, free: true }),
});
export type Augment = v.InferOutput<typeof augmentEntry>;

export const NO_AUGMENT: Augment = { flip: 0, shift: 0, colour: 0, cutout: 0 };

export interface AugmentInfo {
  readonly name: string;
  readonly definition: string;
  /** A value to begin with: the paper's. */
  readonly suggested: number;
}

export const AUGMENTS: Readonly<Record<AugmentId, AugmentInfo>> = {
  flip: {
    name: "Flips",
    definition:
      "The share of images that are mirrored, left to right, before D sees them. Not for what reads one way only, such as digits.",
    suggested: 0.5,
  },
  shift: {
    name: "Shifts",
    definition: "How far an image is moved at random, up to this share of its side; grey comes in at the edge.",
    suggested: 0.125,
  },
  colour: {
    name: "Colour",
    definition: "Changes brightness, saturation and contrast at random; 1 is as far as in the paper.",
    suggested: 1,
  },
  cutout: {
    name: "Cutout",
    definition: "Hides a square of this share of the image's side, at a random place, behind grey.",
    suggested: 0.5,
  },
};

/** What is switched on, in the order in which it is done after colour. */
export const activeAugments = (augment: Augment): readonly AugmentId[] => AUGMENT_IDS.filter((id) => augment[id] > 0);

/** What few pictures are trained with: everything that the paper does, which leaves faces and things readable. */
export const SUGGESTED_AUGMENT: Augment = { flip: 0.5, shift: 0.125, colour: 1, cutout: 0.5 };

/** The same for a set: no flips where an image that is mirrored is another thing. */
export const suggestedAugment = ({ readsOneWay = false }: { readonly readsOneWay?: boolean }): Augment =>
  readsOneWay ? { ...SUGGESTED_AUGMENT, flip: 0 } : SUGGESTED_AUGMENT;

/** The numbers of one image's augmentation, each uniform in (0, 1); which is which. */
export const AUGMENT_DRAWS = ["flip", "down", "across", "brightness", "saturation", "contrast", "top", "left"] as const;
type AugmentDraw = (typeof AUGMENT_DRAWS)[number];

/** What is done to one image of height × width pixels. */
export interface ImageAugment {
  readonly flipped: boolean;
  /** Pixel (y, x) of what D sees is pixel (y + down, x + across) of the (flipped) image. */
  readonly down: number;
  readonly across: number;
  readonly brightness: number; // added
  readonly saturation: number; // factor around the mean of each pixel's channels
  readonly contrast: number; // factor around the mean of the image
  /** Rows and columns from (included) to (excluded) that are hidden; equal where none are. */
  readonly rows: readonly [from: number, to: number];
  readonly columns: readonly [from: number, to: number];
}

/**
 * The augmentation of one image from its numbers, as the authors' code draws it (DiffAugment_pytorch.py): whole pixels, a square that may
 * reach over the edge.
 */
export function imageAugment(
  { flip, shift, colour, cutout }: Augment,
  draw: (which: AugmentDraw) => number,
  height: number,
  width: number,
): ImageAugment {
  const moved = (which: AugmentDraw, side: number) => {
    const most = Math.floor(side * shift + 0.5);
    return most === 0 ? 0 : Math.floor(draw(which) * (2 * most + 1)) - most;
  };
  const hidden = (which: AugmentDraw, side: number): readonly [number, number] => {
    const cut = Math.floor(side * cutout + 0.5);
    if (cut === 0) return [0, 0];
    const first = Math.floor(draw(which) * (side + 1 - (cut % 2))) - Math.floor(cut / 2);
    return [Math.max(0, first), Math.min(side, first + cut)];
  };
  return {
    flipped: draw("flip") < flip,
    down: moved("down", height),
    across: moved("across", width),
    brightness: colour * (draw("brightness") - 0.5),
    saturation: 1 + colour * (2 * draw("saturation") - 1),
    contrast: 1 + colour * (draw("contrast") - 0.5),
    rows: hidden("top", height),
    columns: hidden("left", width),
  };
}
