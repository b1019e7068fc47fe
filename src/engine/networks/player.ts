/** Who learns: networks that one optimiser updates together, and that optimiser's state. Not how a turn goes: models/turn.ts. */
import type * as tf from "@tensorflow/tfjs";
import type { Optimizer } from "../optimizers";
import { type NetworkState, variable } from "./state";

/** A player's networks and slots. It owns the slots; its networks may be another's too and have an owner of their own. */
export class Player {
  readonly name: string;
  readonly networks: readonly NetworkState[];
  /** Those of all its networks, one after the other: the order of its gradient vector. */
  readonly variables: readonly tf.Variable[];
  /** The optimiser's state vectors, each as long as all variables together. */
  readonly slots: readonly tf.Variable[];
  readonly #slotNames: readonly string[];
  /** Updates so far. */
  updates = 0;

  constructor(name: string, networks: readonly NetworkState[], optimizer: Optimizer) {
    this.name = name;
    this.networks = networks;
    this.variables = networks.flatMap(({ variables }) => variables);
    const total = this.variables.reduce((sum, { size }) => sum + size, 0);
    this.#slotNames = optimizer.slots;
    this.slots = optimizer.slots.map(() => variable(new Float32Array(total), [total]));
  }

  /** The slots under the names they are saved with. */
  tensors(): { readonly name: string; readonly variable: tf.Variable }[] {
    return this.slots.map((slot, i) => ({ name: `${this.name}/optimizer/${this.#slotNames[i]}`, variable: slot }));
  }

  dispose(): void {
    for (const slot of this.slots) slot.dispose();
  }
}
