/**
 * Tile shapes by measurement: times a few products with a few tiles on the device and prefers the fastest for products of like size.
 * Only for graphics hardware: a software driver's times say nothing. Sums in another tile are in another order, so results then agree between
 * machines (and with the table's tiles) within float noise only; on one machine a choice stands until the page is left.
 */
import { gemm } from "./gemm";
import { encodePlan, type GpuPlan, PipelineCache } from "./program";
import { chooseSplits, fitDepth, preferTiles, TILES, type Tile } from "./tile";

type ProductSize = readonly [m: number, n: number, k: number];

/** Products of GANs between which the best tile changes; those with a side of 16 or less keep the table's. */
export const TUNED_SIZES: readonly ProductSize[] = [
  [128, 64, 64], // points in the plane
  [64, 512, 512], // a hidden layer of images as vectors
  [512, 1024, 64], // its weight gradient
  [12544, 64, 512], // a convolution, 64 images of 14 × 14
  [1024, 128, 3136], // its filter gradient
];

export const CANDIDATES: readonly Tile[] = [
  TILES.large,
  TILES.small,
  { rows: 64, cols: 32, depth: 16, threadRows: 4, threadCols: 4, slices: 2 },
  { rows: 32, cols: 64, depth: 16, threadRows: 4, threadCols: 4, slices: 2 },
  { rows: 64, cols: 64, depth: 16, threadRows: 8, threadCols: 8, slices: 1 },
];

export interface TunedSize {
  readonly size: ProductSize;
  readonly tile: Tile;
}

export interface TuneOptions {
  /** Milliseconds, as performance.now. */
  readonly now: () => number;
  readonly sizes?: readonly ProductSize[];
  /** Products per measurement. Default 20. */
  readonly repeats?: number;
}

const ROUNDS = 3; // the fastest counts: what disturbs only slows
const SMALL_SIDE = 16;

const known = new Map<string, Promise<readonly TunedSize[]>>();

/**
 * Measures once per adapter and puts the result in force (tile.ts). Takes its own buffers and gives them back.
 * @param adapter the adapter's name
 * @returns the winners
 */
export function tuneGemm(device: GPUDevice, adapter: string, options: TuneOptions): Promise<readonly TunedSize[]> {
  const measured = known.get(adapter) ?? measure(device, options);
  known.set(adapter, measured);
  return measured.then((winners) => {
    preferTiles((m, n, k) => nearest(winners, [m, n, k]));
    return winners;
  });
}

/** The winner of the most similar product, by the logarithms of the sides. */
function nearest(winners: readonly TunedSize[], size: ProductSize): Tile | undefined {
  if (Math.min(size[0], size[1]) <= SMALL_SIDE) return undefined;
  let best: Tile | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const winner of winners) {
    const distance = winner.size.reduce((sum, side, i) => sum + Math.log(side / (size[i] ?? 1)) ** 2, 0);
    if (distance < least) [least, best] = [distance, winner.tile];
  }
  return best;
}

async function measure(device: GPUDevice, { now, sizes = TUNED_SIZES, repeats = 20 }: TuneOptions) {
  const cache = new PipelineCache(device);
  const winners: TunedSize[] = [];
  for (const size of sizes) {
    const [m, n, k] = size;
    let fastest = Number.POSITIVE_INFINITY;
    let best: Tile = TILES.small;
    for (const candidate of CANDIDATES) {
      const tile = fitDepth(candidate, k);
      const groups = Math.ceil(m / tile.rows) * Math.ceil(n / tile.cols);
      const plan = gemm({ m, n, k }, { choice: { tile, splits: chooseSplits(groups, k, tile.depth) } });
      const time = await timePlan(device, cache, plan, [m * k, k * n, m * n], { now, repeats });
      if (time < fastest) [fastest, best] = [time, candidate];
    }
    winners.push({ size, tile: best });
  }
  return winners;
}

/** Milliseconds for `repeats` runs in one submit, after one that compiles. */
async function timePlan(
  device: GPUDevice,
  cache: PipelineCache,
  plan: GpuPlan,
  floats: readonly number[],
  { now, repeats }: { now: () => number; repeats: number },
): Promise<number> {
  const make = (length: number) => device.createBuffer({ size: length * 4, usage: GPUBufferUsage.STORAGE });
  const [operands, scratch] = [floats.map(make), plan.scratch.map(make)];
  const run = async (times: number) => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    const bind = (list: readonly GPUBuffer[]) => list.map((buffer) => ({ buffer }));
    for (let i = 0; i < times; i++) encodePlan(pass, cache, plan, bind(operands), bind(scratch));
    pass.end();
    const start = now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    return now() - start;
  };
  await run(1);
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < ROUNDS; i++) best = Math.min(best, await run(repeats));
  for (const buffer of [...operands, ...scratch]) buffer.destroy();
  return best;
}
