/** What the networks can be asked for now and then while somebody looks: nothing of it is computed otherwise. Types only. */
import type { Health } from "./health";
import type { Memory } from "./memory";

/** By id; each is read of one arm at one step. To add one: a row here, its reading in worker/probes.ts. */
export interface ProbeData {
  readonly health: Health;
  readonly memory: Memory;
}

export type ProbeId = keyof ProbeData;

/** What a probe read, and when. */
export type Probed = { readonly [Id in ProbeId]?: { readonly step: number; readonly data: ProbeData[Id] } };
