/** When programs run: those that are equally far from the end do not depend on each other and share a dispatch. No text, no buffers. */
import type { Driver } from "../../kernels/webgpu/driver";
import { NotReplayable } from "../types";
import type { Cluster, Clustering } from "./clusters";
import type { Value } from "./graph";
import { twinsOf } from "./twins";

/** Clusters of one dispatch; a kernel of TensorFlow.js stands alone. */
export type Level = readonly Cluster[];

/**
 * @param updates the clusters that make variables' new numbers: who reads the old ones runs before, so that the new ones can take their place
 * @param rootsOf buffers that a cluster binds
 * @param limit buffers that a program can bind
 * @returns dispatches in order
 * @throws NotReplayable
 */
export function schedule(
  { clusters, producers, loads, clusterOf }: Clustering,
  updates: ReadonlyMap<Value, Cluster>,
  rootsOf: (one: Cluster) => ReadonlySet<unknown>,
  limit: number,
  driver: Driver,
): Level[] {
  const readers = new Map<Cluster, Set<Cluster>>();
  // Clusters come in an order in which they can run; an edge along it makes no circle.
  const order = new Map(clusters.map((one, i) => [one, i]));
  for (const one of clusters) {
    for (const value of loads.get(one) ?? []) {
      const update = updates.get(value);
      if (update !== undefined && (order.get(update) ?? -1) > (order.get(one) ?? 0)) {
        readers.set(one, (readers.get(one) ?? new Set()).add(update));
      }
      for (const producer of producers.all(value)) {
        const before = clusterOf.get(producer);
        if (before === undefined || before === one) continue;
        if ((order.get(before) ?? -1) >= (order.get(one) ?? 0))
          throw new NotReplayable("No order was found for its work.");
        const known = readers.get(before) ?? new Set();
        readers.set(before, known.add(one));
      }
    }
  }
  const heights = new Map<Cluster, number>();
  const heightOf = (one: Cluster): number => {
    const known = heights.get(one);
    if (known !== undefined) return known;
    const height = 1 + Math.max(-1, ...[...(readers.get(one) ?? [])].map(heightOf));
    heights.set(one, height);
    return height;
  };
  const levels: Cluster[][] = [];
  // Every cluster as late as it can be, which keeps values for a short while; but draws wait for nothing, and have memory of their own: first.
  const first = Math.max(0, ...clusters.map(heightOf));
  for (const one of clusters) {
    const height = one.anchor?.kind === "random" ? first : heightOf(one);
    const level = levels[height] ?? [];
    levels[height] = level;
    level.push(one);
  }
  if (!driver.software) {
    const fits = (level: Level) => new Set(level.flatMap((one) => [...rootsOf(one)])).size <= limit;
    joinTwins(levels, clusters, readers, twinsOf(clusters, producers), fits);
  }
  return levels.toReversed().flatMap((level) => pack(level ?? [], rootsOf, limit, driver));
}

/**
 * Moves clusters that could run earlier beside those that compute the same of other draws, where both fit into one dispatch: G's pass for its
 * own turn goes with that for D's, whose dispatches few threads leave half empty, and not with D's pass back.
 * @param levels by how far they are from the end; changed
 */
function joinTwins(
  levels: readonly Cluster[][],
  clusters: readonly Cluster[],
  readers: ReadonlyMap<Cluster, ReadonlySet<Cluster>>,
  twins: ReadonlyMap<Cluster, Cluster>,
  fits: (level: Level) => boolean,
): void {
  const heights = new Map(levels.flatMap((level, height) => level.map((one) => [one, height] as const)));
  /** The height below all that a cluster waits for; clusters come in an order in which they can run. */
  const most = new Map<Cluster, number>();
  for (const one of clusters) {
    const [from, to] = [heights.get(one) ?? 0, heights.get(twins.get(one) ?? one) ?? 0];
    const [here, there] = [levels[from], levels[to]];
    if (here && there && to > from && to <= (most.get(one) ?? to) && fits([...there, one])) {
      here.splice(here.indexOf(one), 1);
      there.push(one);
      heights.set(one, to);
    }
    const below = (heights.get(one) ?? 0) - 1;
    for (const reader of readers.get(one) ?? []) most.set(reader, Math.min(below, most.get(reader) ?? below));
  }
}

/**
 * Clusters of one level beside each other in a program, which fills a graphics card and saves gaps between dispatches. A driver that computes
 * on the processor has nothing to fill and pays for the clusters: all of a program is as slow as its barriers, and a buffer that one cluster
 * reads in fours and another writes is read one by one. There each has a program of its own.
 */
function pack(
  level: readonly Cluster[],
  rootsOf: (one: Cluster) => ReadonlySet<unknown>,
  limit: number,
  { software }: Driver,
): Level[] {
  const levels: { clusters: Cluster[]; roots: Set<unknown> }[] = [];
  const alone: Level[] = [];
  for (const one of level) {
    if (software || one.anchor?.kind === "stock") {
      alone.push([one]);
      continue;
    }
    const roots = rootsOf(one);
    const room = levels.find((level) => new Set([...level.roots, ...roots]).size <= limit);
    if (room === undefined) levels.push({ clusters: [one], roots: new Set(roots) });
    else {
      room.clusters.push(one);
      for (const root of roots) room.roots.add(root);
    }
  }
  return [...alone, ...levels.map(({ clusters }) => clusters)];
}

/** Cuts dispatches that bind too many buffers. */
export function repack(
  levels: readonly Level[],
  rootsOf: (one: Cluster) => ReadonlySet<unknown>,
  limit: number,
  driver: Driver,
): Level[] {
  return levels.flatMap((level) => {
    const roots = new Set(level.flatMap((one) => [...rootsOf(one)]));
    return roots.size <= limit ? [level] : pack(level, rootsOf, limit, driver);
  });
}

/** The first and last dispatch that touch each value. */
export function lifetimes(levels: readonly Level[], touched: (one: Cluster) => Iterable<Value>) {
  const lives = new Map<Value, { first: number; last: number }>();
  for (const [at, level] of levels.entries()) {
    for (const one of level) {
      for (const value of touched(one)) {
        const life = lives.get(value);
        if (life === undefined) lives.set(value, { first: at, last: at });
        else life.last = at;
      }
    }
  }
  return lives;
}
