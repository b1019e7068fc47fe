/**
 * Asks the networks what somebody looks at beside the stage, as core/probes.ts lists it. While training, each takes a bounded share of
 * the time; at rest it is read once after every change.
 */
import type { ProbeData, ProbeId } from "../core/probes";
import { healthOf } from "../engine/probes/health";
import { memoryOf } from "../engine/probes/memory";
import type { Arm } from "./arm";
import type { Arms } from "./arms";
import { CostAware } from "./pacing";
import type { WorkerEvent } from "./protocol";

interface Probe<Id extends ProbeId> {
  /** Share of the time, and bounds of the pause between two readings, milliseconds. */
  readonly share: number;
  readonly shortest: number;
  readonly longest: number;
  /** Null while it cannot be read. */
  read(arm: Arm): Promise<ProbeData[Id] | null>;
}

const PROBES: { readonly [Id in ProbeId]: Probe<Id> } = {
  memory: {
    share: 0.02,
    shortest: 4_000,
    longest: 60_000,
    read: async ({ trainer, data }) => (data.images === undefined ? null : memoryOf(trainer, data.images)),
  },
  health: { share: 0.08, shortest: 400, longest: 8_000, read: ({ trainer }) => healthOf(trainer) },
};
const PROBE_IDS = Object.keys(PROBES) as readonly ProbeId[];

export interface ProbesOptions {
  readonly post: (event: WorkerEvent) => void;
  readonly now: () => number;
  readonly arms: Arms;
}

export class Probes {
  readonly #options: ProbesOptions;
  readonly #clocks = new Map(
    PROBE_IDS.map((id) => [id, new CostAware(PROBES[id].share, PROBES[id].shortest, PROBES[id].longest)]),
  );
  /** Those that somebody looks at, and whether what was told last is of another state. */
  readonly #open = new Map<ProbeId, "told" | "stale">();

  constructor(options: ProbesOptions) {
    this.#options = options;
  }

  /** Looks at these and no others; one that is new is read at once. */
  open(ids: readonly ProbeId[]): void {
    for (const id of PROBE_IDS) {
      if (!ids.includes(id)) this.#open.delete(id);
      else if (!this.#open.has(id)) {
        this.#open.set(id, "stale");
        this.#clocks.get(id)?.defer(this.#options.now(), 0);
      }
    }
  }

  /** The networks are others than before. */
  changed(): void {
    for (const id of this.#open.keys()) this.#open.set(id, "stale");
  }

  /** Reads what is due: all of it at rest, one while steps wait for it (`training`). @returns whether any was */
  async show(training: boolean): Promise<boolean> {
    const { now, arms, post } = this.#options;
    let read = false;
    for (const [id, known] of this.#open) {
      const clock = this.#clocks.get(id);
      if (known === "told" || clock === undefined || (training && !clock.due(now()))) continue;
      const started = now();
      this.#open.set(id, "told");
      for (const arm of arms.running) await tell(id, arm, post);
      clock.done(started, now());
      read = true;
      if (training) break;
    }
    return read;
  }
}

async function tell<Id extends ProbeId>(id: Id, arm: Arm, post: ProbesOptions["post"]): Promise<void> {
  const { step } = arm.trainer;
  const data = await PROBES[id].read(arm);
  // The id and what its probe read belong together.
  if (data !== null) post({ type: "probe", arm: arm.id, step, id, data } as Extract<WorkerEvent, { type: "probe" }>);
}
