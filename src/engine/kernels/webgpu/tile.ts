/**
 * Which tile a matrix product uses: the shape of the piece of C that a workgroup computes, and how its depth is divided.
 * A table for the sizes of GANs, reasoned and not measured: no GPU was at hand.
 */

export interface Tile {
  /** Rows and columns of C per workgroup, and the depth held in workgroup memory at a time. Multiples of 4. */
  readonly rows: number;
  readonly cols: number;
  readonly depth: number;
  /** Rows and columns of C per thread: 4 or 8. */
  readonly threadRows: 4 | 8;
  readonly threadCols: 4 | 8;
  /** Groups of threads that share the depth of a tile among them, whose sums are added at the end. */
  readonly slices: number;
}

export interface TileChoice {
  readonly tile: Tile;
  /** Workgroups that share the depth of the whole product among them; above 1 a second pass adds their sums. */
  readonly splits: number;
}

export const TILES = {
  /** Enough of C to fill a GPU. */
  large: { rows: 64, cols: 64, depth: 16, threadRows: 4, threadCols: 8, slices: 1 },
  /** A minibatch of a hidden layer: more threads to a piece of C than it has 4 × 4 blocks. */
  small: { rows: 32, cols: 32, depth: 32, threadRows: 4, threadCols: 4, slices: 4 },
  thin: { rows: 64, cols: 16, depth: 32, threadRows: 4, threadCols: 4, slices: 4 },
  wide: { rows: 16, cols: 64, depth: 32, threadRows: 4, threadCols: 4, slices: 4 },
  /** Nearly a matrix times a vector: the logit of a discriminator, points in the plane. */
  column: { rows: 64, cols: 4, depth: 32, threadRows: 4, threadCols: 4, slices: 8 },
  row: { rows: 4, cols: 64, depth: 32, threadRows: 4, threadCols: 4, slices: 8 },
} satisfies Record<string, Tile>;

/** Pieces of C from which on the large tile is used: about as many as a middling GPU has compute units, several times. */
const MANY_GROUPS = 96;
/** Tiles of depth that a workgroup does alone rather than pay for a second pass. */
const LONG_DEPTH = 16;
const TARGET_DEPTH = 8;

/** The tile for a product [m, k] · [k, n], `batch` times over. */
export function chooseTile(m: number, n: number, k: number, batch = 1): TileChoice {
  const tile = fitDepth(tableTile(m, n, batch), k);
  return { tile, splits: chooseSplits(groupsOf(tile, m, n) * batch, k, tile.depth) };
}

function tableTile(m: number, n: number, batch: number): Tile {
  if (n <= 4) return TILES.column;
  if (m <= 4) return TILES.row;
  if (n <= 16) return TILES.thin;
  if (m <= 16) return TILES.wide;
  return groupsOf(TILES.large, m, n) * batch >= MANY_GROUPS ? TILES.large : TILES.small;
}

const groupsOf = (tile: Tile, m: number, n: number): number => Math.ceil(m / tile.rows) * Math.ceil(n / tile.cols);

/** Less depth, and fewer slices, where the product has no more. */
export function fitDepth(tile: Tile, k: number): Tile {
  const depth = Math.min(tile.depth, Math.max(4, Math.ceil(k / 4) * 4));
  let { slices } = tile;
  while (slices > 1 && (depth % slices !== 0 || depth / slices < 2)) slices /= 2;
  return { ...tile, depth, slices };
}

/** So many that about MANY_GROUPS workgroups run, each with at least TARGET_DEPTH tiles; 1 where the depth is not long. */
export function chooseSplits(groups: number, k: number, depth: number): number {
  const tiles = Math.ceil(k / depth);
  if (tiles <= LONG_DEPTH || groups >= MANY_GROUPS / 2) return 1;
  const wanted = Math.min(Math.ceil(tiles / TARGET_DEPTH), Math.ceil(MANY_GROUPS / groups));
  return Math.ceil(tiles / Math.ceil(tiles / wanted)); // none of them empty
}
