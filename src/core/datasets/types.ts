/** What a dataset is to the rest of the project. Types only: no samples, no fetch. */

/** The modes of a mixture of equally likely, isotropic Gaussians, for metrics that count them. */
export interface Modes {
  readonly centers: readonly (readonly number[])[]; // [modes][dimension], data units
  readonly sigma: number;
}

/** Classes of a sampler's samples. */
export interface Labels {
  /** How many classes there are. */
  readonly count: number;
  /** Fills `out` [n] with the classes of the n samples that the same (seed, stream, step) gives. */
  fill(out: Int32Array, seed: number, stream: number, step: number): void;
}

/** A distribution on the line or the plane that we can sample without end. */
export interface PointDataset {
  readonly kind: "points";
  readonly id: string;
  readonly name: string;
  /** What it is and what a GAN finds hard about it, for people. */
  readonly description: string;
  readonly dimension: 1 | 2;
  /** Half width of the interval or square to draw, data units; nearly all of the mass lies inside. */
  readonly extent: number;
  /**
   * Fills `out` [n, dimension], row-major, with independent samples. Sample i depends on (seed, stream, step, i) alone,
   * and is the same on every JavaScript engine.
   */
  sample(out: Float32Array, seed: number, stream: number, step: number): void;
  /** Probability density at a point (y is ignored on the line), where we know it; per data unit, or per square unit. */
  readonly density?: (x: number, y?: number) => number;
  readonly modes?: Modes;
  /** Which class each sample belongs to, where they have several. */
  readonly labels?: Labels;
}

/** Something that is known of every image of a set beside its class, as a byte: one of several values, or a place in a range. */
export interface Attribute {
  readonly name: string;
  /** Names of the values, by byte; absent for a range. */
  readonly values?: readonly string[];
  /** What the bytes 0 and 255 stand for; absent for values. */
  readonly range?: readonly [low: number, high: number];
}

/** Where a set comes from and what one may do with it. */
export interface Origin {
  /** Who made it, and how it became this set. */
  readonly source: string;
  readonly license: string;
  /** SHA-256 of manifest.json, which lists those of all other files; hexadecimal. */
  readonly sha256: string;
  /** Of all files together. */
  readonly bytes: number;
}

/** A set of labelled images in files: under public/, packed by `npm run pack-data`, or a person's own (own/pictures.ts). */
export interface ImageDataset {
  readonly kind: "images";
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Names of the classes; a label is an index into it. */
  readonly classes: readonly string[];
  /** What else is known of every image, in the order of the files. */
  readonly attributes?: readonly Attribute[];
  /** Whether an image that is mirrored is another thing, or none: digits, letters. */
  readonly readsOneWay?: true;
  readonly trainCount: number;
  readonly testCount: number;
  /** Folder of manifest.json and the chunks, relative to the page. */
  readonly path: string;
  /** Pixels a side, here, of one pixel of the files; 1 unless given. */
  readonly enlarge?: number;
  /** Pixel values as networks see them; G's last activation must reach both ends. */
  readonly valueRange: readonly [low: number, high: number];
  /** A classifier of its classes for metrics, made by `npm run classifier`. */
  readonly classifier?: {
    /** Relative to the page. */
    readonly file: string;
    /** Share of the test images that it names right, as its file says. */
    readonly accuracy: number;
  };
  /** Everything in these images has its place, and what tells classes apart is a few pixels: the classifier is not taught to find it elsewhere. */
  readonly inPlace?: boolean;
  /** null for a set of one's own. */
  readonly origin: Origin | null;
}

export type Dataset = PointDataset | ImageDataset;
