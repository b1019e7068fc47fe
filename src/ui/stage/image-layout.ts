/** Where the generated and the real images go: fakes large, reals small beside or below them. Pure arithmetic, CSS pixels. */
import { CLASS_COLUMNS } from "../../core/latents";

export interface ImageGrid {
  readonly columns: number;
  readonly rows: number;
  /** How many images are shown; fewer than there are when they would become too small to read. Full rows only. */
  readonly count: number;
  /** An image on the page. */
  readonly cell: { readonly width: number; readonly height: number };
  /** Space under an image for D's opinion. */
  readonly label: number;
  /** Space at the left for the name of a row's class. */
  readonly left: number;
  /** Images of a row in the set, which may be more than are shown. */
  readonly stride: number;
}

export interface ImageLayout {
  /** Whether the reals stand below the fakes; else beside them. */
  readonly stacked: boolean;
  readonly fakes: ImageGrid;
  readonly reals: ImageGrid;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface ImageCounts {
  readonly fakes: number;
  readonly reals: number;
  /** Rows of the fakes, one a class; 0 where they are of none. */
  readonly classes: number;
  /** Whether D has an opinion to be written under each. */
  readonly judged: boolean;
  /** Whether each real is shown beside what the model makes of it: a second row of as many. */
  readonly remade: boolean;
}

/** Space under an image for D's opinion, for its bar alone, and between images. */
export const LABEL = 17;
const BAR = 6;
export const GAP = 4;
/** Space for the name of a class. */
const NAME = 16;
/** Space for the title of a grid, and between the two grids. */
export const TITLE = 26;
export const GUTTER = 20;
/** A fake is at least so wide before more of them are shown, and not much wider than so before all are. */
const READABLE = 56;
/** Below this width a number does not fit under an image. */
const SMALLEST = 30;
/** Reals are there for comparison: half as wide as fakes. */
const REAL_SHARE = 0.5;
/** With fewer fakes than this one cannot see whether they differ. */
const FEWEST = 8;

/**
 * As many fakes as are readable, then as large as they can be; of classes a row each, whatever that takes.
 * @param box room for both grids with their titles
 * @param image height and width of an image in its own pixels
 * @param counts images there are
 */
export function imageLayout(box: Size, image: Size, counts: ImageCounts): ImageLayout {
  const { fakes, classes } = counts;
  let best: ImageLayout | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  const shapes = classes > 0 ? classShapes(classes) : freeShapes(fakes);
  for (const stacked of counts.remade ? [true] : [true, false]) {
    for (const [columns, rows] of shapes) {
      const layout = stacked ? below(box, image, columns, rows, counts) : beside(box, image, columns, rows, counts);
      const score = scoreOf(layout, fakes);
      if (score <= bestScore) continue;
      best = layout;
      bestScore = score;
    }
  }
  return best ?? below(box, image, 1, 1, counts);
}

type Shape = readonly [columns: number, rows: number];

function freeShapes(fakes: number): Shape[] {
  const shapes: Shape[] = [];
  for (let columns = 1; columns <= fakes; columns++) {
    for (let rows = 1; rows * columns <= Math.max(columns, fakes); rows++) shapes.push([columns, rows]);
  }
  return shapes;
}

const classShapes = (classes: number): Shape[] =>
  Array.from({ length: CLASS_COLUMNS }, (_, i): Shape => [i + 1, classes]);

/** Fakes in a grid, reals in one row below it. */
function below(box: Size, image: Size, columns: number, rows: number, counts: ImageCounts): ImageLayout {
  const tall = image.height / image.width;
  const { label, left } = extras(counts);
  const realRows = counts.remade ? 2 : 1;
  const realLabel = counts.judged ? LABEL : 0;
  const around = rows * (GAP + label) + realRows * (GAP + realLabel);
  const height = box.height - (1 + realRows) * TITLE - GUTTER / 2 - around;
  const fitting = Math.min(
    (box.width - left) / columns - GAP,
    height / tall / (rows + realRows * REAL_SHARE),
    // The reals do not become smaller than readable, whatever the fakes do.
    Math.max(0, height / tall - realRows * SMALLEST) / rows,
  );
  const fake = snapped(fitting, image.width);
  const real = realWidth(fake, image.width);
  const count = Math.max(1, Math.min(counts.reals, Math.floor((box.width + GAP) / (real + GAP))));
  return {
    stacked: true,
    fakes: fakesGrid(columns, rows, fake, tall, counts),
    reals: gridOf(count, 1, real, tall, realLabel),
  };
}

/** Fakes in a grid, reals in columns at its right, as high as the grid. */
function beside(box: Size, image: Size, columns: number, rows: number, counts: ImageCounts): ImageLayout {
  const tall = image.height / image.width;
  const { label, left } = extras(counts);
  const height = box.height - TITLE;
  const room = box.width - left - GUTTER - (columns + 1) * GAP;
  const fitting = Math.min(
    (height / rows - GAP - label) / tall,
    room / (columns + REAL_SHARE),
    Math.max(0, room - SMALLEST) / columns,
  );
  const fake = snapped(fitting, image.width);
  const real = realWidth(fake, image.width);
  const realLabel = counts.judged ? LABEL : 0;
  const most = Math.floor((rows * (fake * tall + GAP + label)) / (real * tall + GAP + realLabel));
  const realRows = Math.max(1, most);
  const rest = box.width - left - GUTTER - columns * (fake + GAP);
  const realColumns = Math.max(1, Math.min(Math.floor(counts.reals / realRows), Math.floor(rest / (real + GAP)), 4));
  return {
    stacked: false,
    fakes: fakesGrid(columns, rows, fake, tall, counts),
    reals: gridOf(realColumns, Math.min(realRows, Math.max(1, counts.reals)), real, tall, realLabel),
  };
}

const extras = ({ classes, judged }: ImageCounts) => ({
  label: !judged ? 0 : classes > 0 ? BAR : LABEL,
  left: classes > 0 ? NAME : 0,
});

const realWidth = (fake: number, pixels: number) =>
  Math.min(fake, Math.max(SMALLEST, snapped(REAL_SHARE * fake, pixels)));

const gridOf = (columns: number, rows: number, width: number, tall: number, label: number): ImageGrid => ({
  columns,
  rows,
  count: columns * rows,
  cell: { width, height: width * tall },
  label,
  left: 0,
  stride: columns,
});

function fakesGrid(columns: number, rows: number, width: number, tall: number, counts: ImageCounts): ImageGrid {
  const { label, left } = extras(counts);
  const grid = gridOf(columns, rows, width, tall, label);
  return counts.classes > 0 ? { ...grid, left, stride: CLASS_COLUMNS } : grid;
}

function scoreOf({ fakes }: ImageLayout, all: number): number {
  const { width } = fakes.cell;
  const enough = fakes.count >= Math.min(all, FEWEST);
  const readable = fakes.left > 0 ? SMALLEST - 4 : READABLE;
  if (!enough || width < readable) return (enough ? 0 : -1) + width / 1000 - 1;
  return fakes.count / all + Math.min(width, 3 * READABLE) / 1000;
}

/** A whole multiple of the image's pixels, where that costs little: then all its pixels are the same size. */
function snapped(width: number, pixels: number): number {
  const whole = Math.floor(width / pixels) * pixels;
  return Math.max(8, whole > 0 && whole >= 0.85 * width ? whole : Math.floor(width));
}

/** Width and height of a grid's canvas. */
export function gridSize({ columns, rows, cell, label, left }: ImageGrid): Size {
  return { width: left + columns * (cell.width + GAP), height: rows * (cell.height + GAP + label) };
}

/** Where the i-th shown image lies on the canvas. */
export const cellAt = ({ columns, cell, label, left }: ImageGrid, i: number) => ({
  x: left + (i % columns) * (cell.width + GAP),
  y: Math.floor(i / columns) * (cell.height + GAP + label),
});

/** The number in its set of the i-th shown image. */
export const imageAt = ({ columns, stride }: ImageGrid, i: number): number =>
  Math.floor(i / columns) * stride + (i % columns);
