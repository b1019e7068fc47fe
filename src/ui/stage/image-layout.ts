/** Where the generated and the real images go: the largest cells that fit. Pure arithmetic, CSS pixels. */

export interface ImageGrid {
  readonly columns: number;
  readonly rows: number;
  /** How many images are shown; fewer than there are when cells would become too small to read. */
  readonly count: number;
}

export interface ImageLayout {
  readonly stacked: boolean;
  /** Width and height of an image on the page. */
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly fakes: ImageGrid;
  readonly reals: ImageGrid;
}

/** Space under an image for D's opinion, and between images. */
export const LABEL = 17;
export const GAP = 4;
/** Space for the title of a grid, and between the two grids. */
export const TITLE = 26;
export const GUTTER = 20;
/** Below this width a number does not fit under an image. */
const SMALLEST = 30;

/**
 * @param box room for both grids with their titles
 * @param image height and width of an image in its own pixels
 * @param counts images there are
 */
export function imageLayout(
  box: { readonly width: number; readonly height: number },
  image: { readonly height: number; readonly width: number },
  counts: { readonly fakes: number; readonly reals: number },
): ImageLayout {
  let { fakes, reals } = counts;
  for (;;) {
    const best = bestLayout(box, image, fakes, reals);
    if (best.cellWidth >= SMALLEST || fakes + reals <= 8) return snapped(best, image);
    // Real images are there for comparison: they go first.
    if (reals >= fakes) reals = Math.ceil(reals / 2);
    else fakes = Math.ceil(fakes / 2);
  }
}

function bestLayout(
  box: { readonly width: number; readonly height: number },
  image: { readonly height: number; readonly width: number },
  fakes: number,
  reals: number,
): ImageLayout {
  const aspect = image.width / image.height;
  let best: ImageLayout | undefined;
  const offer = (stacked: boolean, fakeColumns: number, realColumns: number) => {
    const fakeRows = Math.ceil(fakes / fakeColumns);
    const realRows = Math.ceil(reals / realColumns);
    const across = stacked ? Math.max(fakeColumns, realColumns) : fakeColumns + realColumns;
    const down = stacked ? fakeRows + realRows : Math.max(fakeRows, realRows);
    const width = (box.width - (stacked ? 0 : GUTTER)) / across - GAP;
    const height = (box.height - (stacked ? 2 : 1) * TITLE - (stacked ? GUTTER / 2 : 0)) / down - GAP - LABEL;
    const cellWidth = Math.max(8, Math.min(width, height * aspect));
    if (best && best.cellWidth >= cellWidth) return;
    best = {
      stacked,
      cellWidth,
      cellHeight: cellWidth / aspect,
      fakes: { columns: fakeColumns, rows: fakeRows, count: fakes },
      reals: { columns: realColumns, rows: realRows, count: reals },
    };
  };
  // Full rows only: a ragged last row reads as missing images.
  for (let rows = 1; rows <= Math.max(fakes, reals); rows++) {
    if (fakes % rows === 0 && reals % rows === 0) offer(false, fakes / rows, reals / rows);
  }
  for (let columns = 1; columns <= Math.max(fakes, reals); columns++) {
    if (fakes % columns === 0 && reals % columns === 0) offer(true, columns, columns);
  }
  return (
    best ?? {
      stacked: false,
      cellWidth: SMALLEST,
      cellHeight: SMALLEST / aspect,
      fakes: { columns: 1, rows: 1, count: fakes },
      reals: { columns: 1, rows: 1, count: reals },
    }
  );
}

/** A whole multiple of the image's pixels, where that costs little: then all its pixels are the same size. */
function snapped(layout: ImageLayout, image: { readonly height: number; readonly width: number }): ImageLayout {
  const multiple = Math.floor(layout.cellWidth / image.width);
  const whole = multiple * image.width;
  const cellWidth = multiple > 0 && whole >= 0.85 * layout.cellWidth ? whole : Math.floor(layout.cellWidth);
  return { ...layout, cellWidth, cellHeight: (cellWidth * image.height) / image.width };
}

/** Width and height of a grid's canvas. */
export function gridSize(layout: ImageLayout, grid: ImageGrid): { width: number; height: number } {
  return {
    width: grid.columns * (layout.cellWidth + GAP),
    height: grid.rows * (layout.cellHeight + GAP + LABEL),
  };
}
