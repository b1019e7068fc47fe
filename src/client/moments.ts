/** Going to moments of a run's past: one at a time, and of many that are asked for meanwhile only the last. */
import type { Visited } from "../worker/protocol";

export interface Moment {
  /** null: the present. */
  readonly step: number | null;
  readonly exact: boolean;
}

export interface MomentsOptions {
  request(moment: Moment): Promise<Visited>;
  arrive(moment: Visited): void;
  onFailure(error: unknown): void;
}

export function createMoments({ request, arrive, onFailure }: MomentsOptions): { goTo(moment: Moment): void } {
  /** The moment that is asked for next, while one is on its way. */
  let heading: Moment | null = null;
  let travelling = false;

  async function travel(): Promise<void> {
    if (travelling) return;
    travelling = true;
    while (heading !== null) {
      const next = heading;
      heading = null;
      try {
        arrive(await request(next));
      } catch (error) {
        onFailure(error);
      }
    }
    travelling = false;
  }

  return {
    goTo(moment) {
      heading = moment;
      void travel();
    },
  };
}
