/** Where the generated and the real images go: fakes large, reals small beside or below them. Pure arithmetic, CSS pixels. */

export interface ImageGrid {
  readonly columns: number;
  readonly rows: number;
  /** How many images are shown; fewer than there are when they would become too small to read. Full rows only. */
  readonly count: number;
  /** An image on the page. */
  readonly cell: { readonly width: number; readonly height: number };
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

/** Space under an image for D's opinion, and between images. */
export const LABEL = 17;
export const GAP = 4;
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
 * As many fakes as are readable, then as large as they can be.
 * @param box room for both grids with their titles
 * @param image height and width of an image in its own pixels
 * @param counts images there are
 */
export function imageLayout(
  box: Size,
  image: Size,
  counts: { readonly fakes: number; readonly reals: number },
): ImageLayout {
  let best: ImageLayout | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const stacked of [true, false]) {
    for (let columns = 1; columns <= counts.fakes; columns++) {
      for (let rows = 1; rows * columns <= Math.max(columns, counts.fakes); rows++) {
        const layout = stacked
          ? below(box, image, columns, rows, counts.reals)
          : beside(box, image, columns, rows, counts.reals);
        const score = scoreOf(layout, counts.fakes);
        if (score <= bestScore) continue;
        best = layout;
        bestScore = score;
      }
    }
  }
  return best ?? below(box, image, 1, 1, counts.reals);
}

/** Fakes in a grid, reals in one row below it. */
function below(box: Size, image: Size, columns: number, rows: number, reals: number): ImageLayout {
  const tall = image.height / image.width;
  const around = GAP + LABEL;
  const height = box.height - 2 * TITLE - GUTTER / 2 - (rows + 1) * around;
  const fitting = Math.min(
    box.width / columns - GAP,
    height / tall / (rows + REAL_SHARE),
    // The reals do not become smaller than readable, whatever the fakes do.
    Math.max(0, height / tall - SMALLEST) / rows,
  );
  const fake = snapped(fitting, image.width);
  const real = realWidth(fake, image.width);
  const count = Math.max(1, Math.min(reals, Math.floor((box.width + GAP) / (real + GAP))));
  return {
    stacked: true,
    fakes: gridOf(columns, rows, fake, tall),
    reals: gridOf(count, 1, real, tall),
  };
}

/** Fakes in a grid, reals in columns at its right, as high as the grid. */
function beside(box: Size, image: Size, columns: number, rows: number, reals: number): ImageLayout {
  const tall = image.height / image.width;
  const around = GAP + LABEL;
  const height = box.height - TITLE;
  const room = box.width - GUTTER - (columns + 1) * GAP;
  const fitting = Math.min(
    (height / rows - around) / tall,
    room / (columns + REAL_SHARE),
    Math.max(0, room - SMALLEST) / columns,
  );
  const fake = snapped(fitting, image.width);
  const real = realWidth(fake, image.width);
  const realRows = Math.max(1, Math.floor((rows * (fake * tall + around)) / (real * tall + around)));
  const left = box.width - GUTTER - columns * (fake + GAP);
  const realColumns = Math.max(1, Math.min(Math.floor(reals / realRows), Math.floor(left / (real + GAP)), 4));
  return {
    stacked: false,
    fakes: gridOf(columns, rows, fake, tall),
    reals: gridOf(realColumns, Math.min(realRows, Math.max(1, reals)), real, tall),
  };
}

const realWidth = (fake: number, pixels: number) =>
  Math.min(fake, Math.max(SMALLEST, snapped(REAL_SHARE * fake, pixels)));

const gridOf = (columns: number, rows: number, width: number, tall: number): ImageGrid => ({
  columns,
  rows,
  count: columns * rows,
  cell: { width, height: width * tall },
});

function scoreOf({ fakes }: ImageLayout, all: number): number {
  const { width } = fakes.cell;
  const enough = fakes.count >= Math.min(all, FEWEST);
  if (!enough || width < READABLE) return (enough ? 0 : -1) + width / 1000 - 1;
  return fakes.count / all + Math.min(width, 3 * READABLE) / 1000;
}

/** A whole multiple of the image's pixels, where that costs little: then all its pixels are the same size. */
function snapped(width: number, pixels: number): number {
  const whole = Math.floor(width / pixels) * pixels;
  return Math.max(8, whole > 0 && whole >= 0.85 * width ? whole : Math.floor(width));
}

/** Width and height of a grid's canvas. */
export function gridSize({ columns, rows, cell }: ImageGrid): Size {
  return { width: columns * (cell.width + GAP), height: rows * (cell.height + GAP + LABEL) };
}
