/**
 * Which register tile the matrix products use: the 6×8 tile keeps more sums in flight, and needs every vector register that there is, so that
 * it depends on the processor and on the browser's compiler whether it is the faster one. Both are timed once, on a small product. No number
 * depends on the outcome: the sums are the same.
 */
import type { Arithmetic } from "../../../core/device";
import type { KernelExports } from "./exports";

export type TileRows = 4 | 6;

const TILES: readonly TileRows[] = [4, 6];

/** The product that is timed: some 3 million multiply-adds and their packing, within the second-level cache; a twentieth of a millisecond. */
const [M, N, K] = [96, 64, 256];
/** Products of each tile, in turns; the fastest counts, which other programs disturb least. */
const ROUNDS = 8;
/**
 * Steps until both tiles are warmed up and until they are timed: a browser compiles a function in earnest only when it has run for a while,
 * and on another thread.
 */
const WARM_AT = 8;
const TIMED_AT = 24;

/** What the products of one instance of the kernel module use. */
export class Tile {
  readonly #exports: KernelExports;
  readonly #borrow: (bytes: number) => number;
  readonly #giveBack: (address: number) => void;
  readonly #clock: () => number;
  #rows: TileRows;
  #steps = 0;

  /**
   * @param borrow memory for the time of one trial, and `giveBack`, which frees it
   * @param clock milliseconds
   */
  constructor(
    exports: KernelExports,
    arithmetic: Arithmetic,
    borrow: (bytes: number) => number,
    giveBack: (address: number) => void,
    clock: () => number = () => performance.now(),
  ) {
    this.#exports = exports;
    this.#borrow = borrow;
    this.#giveBack = giveBack;
    this.#clock = clock;
    // Without a fused multiply-add a product takes one more register before it is added.
    this.#rows = arithmetic === "fused" ? 6 : 4;
    exports.setTileRows(this.#rows);
  }

  /** The tile in use, which other instances of the module are to use too. */
  get rows(): TileRows {
    return this.#rows;
  }

  /** To be called after every step that was replayed: times both tiles when the kernels are warm, once. */
  afterStep(): void {
    if (this.#steps > TIMED_AT) return;
    this.#steps += 1;
    if (this.#steps !== WARM_AT && this.#steps !== TIMED_AT) return;
    const times = this.#times();
    if (this.#steps === TIMED_AT) this.#rows = times[0] < times[1] ? 4 : 6;
    this.#exports.setTileRows(this.#rows);
  }

  /** Milliseconds of the product with either tile. */
  #times(): [low: number, tall: number] {
    const scratchBytes = this.#exports.gemmScratchBytes(M, N, K);
    const a = this.#borrow(4 * (M * K + K * N + M * N) + scratchBytes);
    const [b, c] = [a + 4 * M * K, a + 4 * (M * K + K * N)];
    const best: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    try {
      this.#exports.fill(a, M * K + K * N, 0.5);
      for (let round = 0; round < ROUNDS; round++) {
        for (const [which, rows] of TILES.entries()) {
          this.#exports.setTileRows(rows);
          const start = this.#clock();
          this.#exports.gemm(a, b, c, M, N, K, 0, 0, K, N, N, 0, 0, c + 4 * M * N);
          const took = this.#clock() - start;
          if (took < (best[which] ?? 0)) best[which] = took;
        }
      }
    } finally {
      this.#giveBack(a);
    }
    return best;
  }
}
