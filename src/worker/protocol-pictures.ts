/** What the page and the worker that reads pictures say to each other. Types only, and core types only. */
import type { OwnPicturesId, PictureNames, PictureSide } from "../core/datasets/own/pictures";

/** Which square of a picture is taken: as large as it goes in at zoom 1, at shares of the way that is left over. */
export interface Crop {
  readonly x: number; // 0 is left, 1 is right
  readonly y: number; // 0 is top, 1 is bottom
  readonly zoom: number; // from 1
}

export const CENTRE: Crop = { x: 0.5, y: 0.5, zoom: 1 };

export interface PictureSettings {
  readonly side: PictureSide;
  readonly colour: boolean;
  /** Of pictures that have none of their own. */
  readonly crop: Crop;
}

/** A file with its place in what was dropped: "cats/tom.png". */
export interface NamedFile {
  readonly path: string;
  readonly file: File;
}

export type PicturesCommand =
  /** Adds what the files hold. */
  | { readonly type: "add"; readonly files: readonly NamedFile[]; readonly settings: PictureSettings }
  /** Makes all pictures anew. */
  | { readonly type: "change"; readonly settings: PictureSettings }
  /** Gives one picture a crop of its own. */
  | { readonly type: "crop"; readonly index: number; readonly crop: Crop }
  /** One picture as it came, to be cropped by hand. */
  | { readonly type: "original"; readonly index: number }
  /** Forgets all that was added. */
  | { readonly type: "clear" }
  /** Keeps the pictures as a set in this browser. */
  | { readonly type: "keep"; readonly name: string }
  /** Removes a kept set. */
  | { readonly type: "remove"; readonly id: OwnPicturesId };

/** What is there so far. */
export interface Collected {
  readonly count: number;
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  /** Files that are not used, and why. */
  readonly wrong: readonly { readonly path: string; readonly reason: string }[];
  /** The first pictures as they will be trained on, RGBA bytes [n, side, side, 4]. */
  readonly preview: Uint8ClampedArray;
  readonly previews: number;
  readonly side: PictureSide;
}

/** A kept set. */
export interface KeptPictures extends PictureNames {
  readonly id: OwnPicturesId;
  readonly bytes: number;
  /** The first four as a picture for menus. */
  readonly thumbnail: Uint8ClampedArray; // RGBA [2 side, 2 side, 4]
}

export interface PicturesResults {
  add: Collected;
  change: Collected;
  crop: Collected;
  original: ImageBitmap;
  clear: null;
  keep: KeptPictures;
  remove: null;
}

export type PicturesEvent =
  | { readonly type: "result"; readonly id: number; readonly value: PicturesResults[PicturesCommand["type"]] }
  /** `reason` is a sentence for people. */
  | { readonly type: "failure"; readonly id: number; readonly reason: string }
  /** Pictures made of all. */
  | { readonly type: "progress"; readonly done: number; readonly total: number };
