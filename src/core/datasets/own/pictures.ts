/**
 * Pictures of one's own as a dataset. The id says all that networks and metrics need, `pictures:32x32x3:180-20:2:9f86d081884c7d65`:
 * shape, how many to train on and how many held out, classes, and a hash of the content. Sets of before say one number: none held out. The pictures themselves stay in the browser that made the set.
 */
import type { ImageDataset } from "../types";

export type OwnPicturesId = `pictures:${string}`;

/** Sides that pictures are brought to. */
export const PICTURE_SIDES = [16, 28, 32, 48, 64] as const;
export type PictureSide = (typeof PICTURE_SIDES)[number];
export const MOST_PICTURES = 20_000;
export const FEWEST_PICTURES = 2;
/** A label is a byte. */
export const MOST_CLASSES = 255;

/** Names that a set was given where it was made; they are nowhere else. */
export interface PictureNames {
  readonly name: string;
  readonly classes: readonly string[];
}

export interface PictureSet {
  readonly side: PictureSide;
  readonly channels: 1 | 3;
  /** To train on, and held out. */
  readonly count: number;
  readonly held: number;
  readonly classes: number;
  /** Of labels and pixels, 16 hexadecimal digits. */
  readonly hash: string;
}

export function ownPicturesId({ side, channels, count, held, classes, hash }: PictureSet): OwnPicturesId {
  const split = held === 0 ? count : `${count}-${held}`;
  return `pictures:${side}x${side}x${channels}:${split}:${classes}:${hash}`;
}

/**
 * Whether the i-th picture of a collection is held out: G never sees it, so that what reads reals has reals that are new to it, and
 * learning by heart can be told from learning. Every tenth, so that all classes have some.
 */
export const isHeldOut = (i: number): boolean => i % HELD_OUT_OF === HELD_OUT_OF - 1;
const HELD_OUT_OF = 10;

/** The dataset of an id; null when it is no such id. @param names what it is called, where that is known */
export function ownPictures(id: string, names?: PictureNames): ImageDataset | null {
  const parts = /^pictures:(\d{2})x(\d{2})x([13]):(\d{1,5})(?:-(\d{1,4}))?:(\d{1,3}):([0-9a-f]{16})$/.exec(id);
  if (parts === null || parts[1] !== parts[2]) return null;
  const side = PICTURE_SIDES.find((one) => one === Number(parts[1]));
  const channels = parts[3] === "1" ? 1 : 3;
  const [count, held, classes] = [Number(parts[4]), Number(parts[5] ?? 0), Number(parts[6])];
  if (side === undefined || count < FEWEST_PICTURES || count + held > MOST_PICTURES) return null;
  if (classes < 1 || classes > MOST_CLASSES) return null;
  const known = names?.classes.length === classes ? names.classes : undefined;
  return {
    kind: "images",
    id,
    name: names?.name ?? `Own pictures (${(count + held).toLocaleString("en")})`,
    description: `${(count + held).toLocaleString("en")} pictures of your own. They are kept in this browser and sent nowhere; a link holds only their name.`,
    shape: [side, side, channels],
    classes: known ?? Array.from({ length: classes }, (_, i) => `class ${i + 1}`),
    trainCount: count,
    testCount: held,
    path: ownPicturesFolder(id),
    valueRange: [-1, 1],
    origin: null,
  };
}

/** Where the files of such a set lie: not on the server. */
export const OWN_FOLDER = "own/";
export const ownPicturesFolder = (id: string): string => `${OWN_FOLDER}${id.replaceAll(":", "-")}`;
