/**
 * Which form a product takes: the piece of C that a group or a thread computes, and how its depth is divided. Chosen by an estimate of the time
 * on a middling graphics card, whose terms are counted: multiply-adds issued (padding included), bytes that the loads ask for, threads.
 */

import type { Driver } from "./driver";

/** A piece of C computed by a group of threads through workgroup memory. */
export interface Tile {
  /** Rows and columns of C per workgroup, and the depth held in workgroup memory at a time. Multiples of 4. */
  readonly rows: number;
  readonly cols: number;
  readonly depth: number;
  /** Rows and columns of C per thread: 4 or 8. */
  readonly threadRows: 4 | 8;
  readonly threadCols: 4 | 8;
  /** Groups of threads that share the depth of a tile among them, whose sums are added at the end. A power of two. */
  readonly slices: number;
  /** Whether the next tile is brought while this one is multiplied, into memory of its own: half of the barriers, twice the memory. */
  readonly doubled?: true;
}

/** A piece of C computed by one thread in registers. */
export interface Block {
  /** A multiple of 4. */
  readonly rows: number;
  /** A multiple of 4, or 1 to 3. */
  readonly cols: number;
}

/** `splits`: parts of the depth that are summed apart. */
export type ProductForm =
  | { readonly kind: "tiles"; readonly tile: Tile; readonly splits: number }
  | { readonly kind: "blocks"; readonly block: Block; readonly splits: number };

export interface ProductSize {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly batch: number;
}

/** Depth of a block's loop turn: what a load by fours along the depth gives. */
export const BLOCK_DEPTH = 4;

/** Depth that one split goes through, in whole loop turns of `step`. */
export const depthOfSplit = (k: number, splits: number, step: number): number =>
  Math.ceil(Math.ceil(k / step) / splits) * step;

/** Threads of every group that has a tile: clusters of one program share their groups' size. Every device allows 256. */
export const TILE_THREADS = 256;
/** Threads of a group without. */
export const PLAIN_THREADS = 64;

/** All of TILE_THREADS threads, and of at most 8 KiB of workgroup memory. */
export const TILES = {
  large: { rows: 64, cols: 64, depth: 16, threadRows: 4, threadCols: 4, slices: 1 },
  tall: { rows: 128, cols: 32, depth: 12, threadRows: 4, threadCols: 4, slices: 1 },
  medium: { rows: 32, cols: 32, depth: 32, threadRows: 4, threadCols: 4, slices: 4 },
  thin: { rows: 64, cols: 16, depth: 16, threadRows: 4, threadCols: 4, slices: 4 },
  wide: { rows: 16, cols: 64, depth: 16, threadRows: 4, threadCols: 4, slices: 4 },
  small: { rows: 16, cols: 16, depth: 64, threadRows: 4, threadCols: 4, slices: 16 },
} satisfies Record<string, Tile>;

/** The middling card of the estimate: multiply-adds and bytes a second with all threads busy, seconds for one more dispatch. */
const CARD = { flops: 5e12, tileBytes: 5e11, memoryBytes: 2e11, threads: 12288, launch: 1.5e-5 } as const;
const SPLITS = [1, 2, 4, 8, 16, 32, 64] as const;

/** What a form makes of a product. Counted, not measured. */
export interface ProductCost {
  /** Floating point operations, two for each multiply-add: as the maths has them, and as the form issues them. */
  readonly useful: number;
  readonly issued: number;
  /** Bytes that loads of operands ask for. */
  readonly bytes: number;
  readonly threads: number;
  /** Depth steps that one thread makes one after the other. */
  readonly serial: number;
}

export function costOf({ m, n, k, batch }: ProductSize, form: ProductForm): ProductCost {
  const useful = 2 * batch * m * n * k;
  const { rows, cols, depth, slices, threads } =
    form.kind === "tiles"
      ? { ...form.tile, threads: TILE_THREADS }
      : { ...form.block, depth: BLOCK_DEPTH, slices: 1, threads: 1 };
  const pieces = Math.ceil(m / rows) * Math.ceil(n / cols) * batch;
  const deep = Math.ceil(k / depth) * depth;
  return {
    useful,
    issued: 2 * pieces * rows * cols * deep,
    bytes: 4 * pieces * (rows + cols) * k,
    threads: pieces * form.splits * threads,
    serial: depthOfSplit(k, form.splits, depth) / slices,
  };
}

/** Seconds on the middling card, an estimate. */
function estimate(size: ProductSize, form: ProductForm): number {
  const { issued, bytes, threads } = costOf(size, form);
  const busy = Math.min(1, threads / CARD.threads);
  const computing = (issued / CARD.flops + bytes / CARD.tileBytes) / busy;
  if (form.splits === 1) return computing;
  const partial = 4 * size.batch * size.m * size.n * form.splits;
  return computing + CARD.launch + (2 * partial) / CARD.memoryBytes;
}

/** The form for a product, by the estimate. On the processor blocks, as barriers are slow there and threads are few. */
export function chooseForm(size: ProductSize, driver: Driver): ProductForm {
  const [best] = rankForms(size, driver);
  if (best === undefined) throw new Error("A product has no form; this is a bug.");
  return best;
}

/** All forms for a product, those that the estimate has for the fastest first. */
export function rankForms(size: ProductSize, { software }: Driver): ProductForm[] {
  const forms = software ? blockForms(size) : [...tileForms(size), ...narrowForms(size)];
  const seconds = software ? softwareEstimate : estimate;
  return forms
    .map((form) => ({ form, time: seconds(size, form) }))
    .sort((a, b) => a.time - b.time)
    .map(({ form }) => form);
}

/** Workgroup memory that other parts of a program may need beside its products, in bytes. */
const OTHERS_BYTES = 2048;

/**
 * A form whose tiles are brought in advance: no estimate says where that is faster. Undefined for forms without tiles, and where the memory
 * does not suffice.
 * @param memory of a workgroup, in bytes
 */
export function doubledOf(form: ProductForm, memory: number): ProductForm | undefined {
  if (form.kind !== "tiles") return undefined;
  const { rows, cols, depth } = form.tile;
  if (2 * 4 * depth * (rows + cols) + OTHERS_BYTES > memory) return undefined;
  return { ...form, tile: { ...form.tile, doubled: true } };
}

const withSplits = (k: number, depth: number) => SPLITS.filter((splits) => splits === 1 || splits * depth * 2 <= k);

function tileForms({ k }: ProductSize): ProductForm[] {
  return Object.values(TILES).flatMap((own) => {
    const tile = fitDepth(own, k);
    return withSplits(k, tile.depth).map((splits) => ({ kind: "tiles", tile, splits }) as const);
  });
}

/** Results of one to four columns (images of one to four channels, points in the plane) have nothing to share through workgroup memory. */
function narrowForms({ n, k }: ProductSize): ProductForm[] {
  if (n > 4) return [];
  const block: Block = { rows: 8, cols: n }; // each loads B for itself: the more rows, the fewer bytes
  return withSplits(k, 16).map((splits) => ({ kind: "blocks", block, splits }) as const);
}

function blockForms({ n, k }: ProductSize): ProductForm[] {
  const widths = n < 4 ? [n] : [4, 8];
  return widths.flatMap((cols) =>
    [4, 8].flatMap((rows) =>
      withSplits(k, 64).map((splits) => ({ kind: "blocks", block: { rows, cols }, splits }) as const),
    ),
  );
}

/** Groups that keep a processor's cores busy, and what a load costs beside a multiply-add there. */
const SOFTWARE_GROUPS = 16;
const SOFTWARE_LOAD = 4;

function softwareEstimate(size: ProductSize, form: ProductForm): number {
  const { issued, bytes, threads } = costOf(size, form);
  const busy = Math.min(1, threads / PLAIN_THREADS / SOFTWARE_GROUPS);
  const partial = form.splits === 1 ? 0 : 2 * size.batch * size.m * size.n * form.splits * SOFTWARE_LOAD * 4;
  return (issued + (SOFTWARE_LOAD * bytes) / 4) / busy + partial;
}

/** Less depth where the product has no more; never less than one for each slice. */
export function fitDepth(tile: Tile, k: number): Tile {
  const step = Math.max(4, tile.slices);
  return { ...tile, depth: Math.min(tile.depth, Math.max(step, Math.ceil(k / step) * step)) };
}
