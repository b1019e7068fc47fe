/** What the health probe has read while it was open: a row a reading, thinned when there are many. Draws nothing. */
import { create } from "zustand";
import { playground } from "../../../client/use-playground";
import type { ArmId } from "../../../core/arms";
import type { Health } from "../../../core/health";

export interface HealthReading {
  readonly step: number;
  readonly health: Health;
}

/** Rows kept of an arm: as many as a small multiple has room for; then every second one goes. */
const MOST_ROWS = 96;

type Histories = Readonly<Partial<Record<ArmId, readonly HealthReading[]>>>;

export const useHealthHistory = create<{ readonly histories: Histories }>(() => ({ histories: {} }));

/** Opens the probe and keeps what it reads. @returns how to close it again */
export function watchHealth(): () => void {
  const { store, actions } = playground();
  actions.setProbe("health", true);
  const collect = () => {
    const { histories } = useHealthHistory.getState();
    let next: Histories | null = null;
    for (const { id, probed } of store.getState().arms) {
      const { health } = probed;
      const rows = histories[id] ?? [];
      if (health === undefined || rows.at(-1)?.health === health.data) continue;
      next = { ...(next ?? histories), [id]: withReading(rows, { step: health.step, health: health.data }) };
    }
    if (next !== null) useHealthHistory.setState({ histories: next });
  };
  collect();
  const stop = store.subscribe(collect);
  return () => {
    stop();
    actions.setProbe("health", false);
  };
}

/**
 * The rows with one more. A reading of an earlier step means that the run went back: what came after is dropped; of other networks, that
 * it began anew.
 */
export function withReading(rows: readonly HealthReading[], reading: HealthReading): readonly HealthReading[] {
  const shape = ({ health }: HealthReading) =>
    health.map(({ network, layers }) => `${network} ${layers.map(({ type, units }) => `${type}${units}`)}`).join(" ");
  const last = rows.at(-1);
  const same = last !== undefined && shape(last) === shape(reading);
  const before = same ? rows.filter(({ step }) => step < reading.step) : [];
  const kept = before.length >= MOST_ROWS ? before.filter((_, i) => i % 2 === 0) : before;
  return [...kept, reading];
}
