/** The one scale of the maps of all arms whose D gives probabilities: one colour is one probability in every picture. */

import type { PlaygroundState } from "../../client/store";
import { lossOf } from "../../core/config";
import { opinionOf } from "../../core/opinion";
import type { HeatScale } from "./heat-scale";
import { SteadyScale } from "./steady-scale";

const steady = new SteadyScale();
let shown: HeatScale | null = null;
let maps: readonly Float32Array[] = [];

/** A selector; the same scale while the maps are the same, or nearly right for it. Null before there is a map. */
export function sharedHeatScale({ arms, visited }: Pick<PlaygroundState, "arms" | "visited">): HeatScale | null {
  const [opinion, now] = [arms.map(({ config }) => opinionOf(lossOf(config))), [] as Float32Array[]];
  let part = false;
  arms.forEach(({ stage }, i) => {
    if (!opinion[i]?.probability || stage?.frame.kind !== "plane") return;
    now.push(stage.frame.logits);
    part ||= stage.frame.window !== undefined;
  });
  if (now.length === maps.length && now.every((map, i) => map === maps[i])) return shown;
  maps = now;
  const known = opinion.find(({ probability }) => probability);
  const [first] = now;
  shown =
    known === undefined || first === undefined
      ? null
      : steady.of(joined(now), first, known, "contrast", visited !== null, part);
  return shown;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
