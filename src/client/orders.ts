/** Commands of which a person sees only that they failed, and what is wished of training while one is on its way. */
import type { StoreApi } from "zustand/vanilla";
import type { PlaygroundState } from "./store";
import type { TrainingClient } from "./training-client";

type Command = Parameters<TrainingClient["request"]>[0];

export interface OrdersOptions {
  readonly store: StoreApi<PlaygroundState>;
  request(command: Command): Promise<unknown>;
  tellFailure(error: unknown): unknown;
}

export interface Orders {
  /** Sends a command and turns failure into a notice. */
  order(command: Command): Promise<unknown>;
  /** Sends a command that begins or ends training. */
  wish(wantsTraining: boolean, command: Command): Promise<unknown>;
  /** Whether answers to such commands are to come: phases told before them are of another wish. */
  isWishing(): boolean;
}

export function createOrders({ store, request, tellFailure }: OrdersOptions): Orders {
  const { getState: get, setState: set } = store;
  let wishes = 0;

  function order(command: Command, onFailure = () => {}): Promise<unknown> {
    return request(command).catch((error: unknown) => {
      onFailure();
      tellFailure(error);
    });
  }

  return {
    order: (command) => order(command),
    wish(wantsTraining, command) {
      set({ wantsTraining });
      wishes += 1;
      return order(command, () => set({ wantsTraining: get().phase === "training" })).finally(() => {
        wishes -= 1;
      });
    },
    isWishing: () => wishes > 0,
  };
}
