/** Saving and restoring everything that a run's future depends on. Names and tensors; no files. */
import * as tf from "@tensorflow/tfjs";
import type { Snapshot } from "../../core/snapshot";
import { flatten } from "../differentiate";
import type { Player } from "./player";
import type { NetworkState } from "./state";

/** All of a run's state on the device, and the counts that belong to it. */
export interface Saved {
  readonly networks: readonly NetworkState[];
  readonly players: readonly Player[];
}

const tensorsOf = ({ networks, players }: Saved) => [...networks, ...players].flatMap((owner) => owner.tensors());

const updatesName = (player: Player) => `${player.name}/updates`;

/** Reads all tensors in one go; later steps do not change what was saved. */
export async function saveTensors(run: Saved): Promise<Snapshot["tensors"]> {
  const named = tensorsOf(run);
  const counts = run.players.map((player) => ({ name: updatesName(player), value: player.updates }));
  const shapes = named.map(({ variable }) => [...variable.shape]);
  const all = tf.tidy(() => flatten(named.map(({ variable }) => variable)));
  const flat = await all.data<"float32">();
  all.dispose();
  let from = 0;
  const tensors = named.map(({ name }, i) => {
    const shape = shapes[i] ?? [];
    const length = shape.reduce((a, b) => a * b, 1);
    const values = flat.slice(from, from + length);
    from += length;
    return { name, shape, values };
  });
  return [...tensors, ...counts.map(({ name, value }) => ({ name, shape: [], values: Float32Array.of(value) }))];
}

/** Checks first, then writes: a snapshot that does not fit changes nothing. @throws Error naming the tensor */
export function restoreTensors(run: Saved, tensors: Snapshot["tensors"]): void {
  const given = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const take = (name: string, shape: readonly number[]): Float32Array => {
    const tensor = given.get(name);
    if (tensor === undefined) {
      throw new Error(
        `The saved run has no tensor "${name}": it belongs to other networks. Open it with its own experiment.`,
      );
    }
    const fits = tensor.shape.length === shape.length && tensor.shape.every((side, i) => side === shape[i]);
    const length = shape.reduce((a, b) => a * b, 1);
    if (!fits || tensor.values.length !== length) {
      throw new Error(
        `The saved tensor "${name}" is [${tensor.shape.join(", ")}] with ${tensor.values.length} values, but this experiment's is [${shape.join(", ")}]. Open it with its own experiment.`,
      );
    }
    given.delete(name);
    return tensor.values;
  };
  const writes = tensorsOf(run).map(({ name, variable }) => ({ variable, values: take(name, variable.shape) }));
  const counts = run.players.map((player) => ({ player, updates: take(updatesName(player), [])[0] ?? 0 }));
  const extra = given.keys().next();
  if (!extra.done) {
    throw new Error(
      `The saved run has a tensor "${extra.value}" that this experiment lacks. Open it with its own experiment.`,
    );
  }
  for (const { variable, values } of writes) assignValues(variable, values);
  for (const { player, updates } of counts) player.updates = updates;
}

/** Replaces a variable's numbers. */
export function assignValues(variable: tf.Variable, values: Float32Array): void {
  tf.tidy(() => variable.assign(tf.tensor(values.slice(), variable.shape)));
}
