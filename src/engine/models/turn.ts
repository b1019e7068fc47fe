/** One turn of a player: its objective's gradient, the update, and what its networks keep of it. Knows no model; draws nothing. */
import * as tf from "@tensorflow/tfjs";
import type { ReadingId } from "../../core/models";
import { differentiate, flatten, Keeper } from "../differentiate";
import type { Moments } from "../layers";
import type { Player } from "../networks/player";
import type { NetworkState } from "../networks/state";
import { updateVariables } from "../optimizers/update";
import type { ModelPlayer, Table, Updating } from "./types";

/** A batch's statistics, and whose they are. */
interface Batch {
  readonly state: NetworkState;
  readonly moments: Map<number, Moments>;
}

/**
 * Updates a player once: power iterations of its networks, gradient, optimiser, constraints, batch norm's statistics. To be called in
 * a tidy.
 * @param own of the player's optimiser for this update
 * @param given what the turn takes in, as the player's `feed` made it
 * @param average decay of the moving average of a network's weights
 * @returns the player's readings in its order
 */
export function turn<N extends string, F>(
  rules: ModelPlayer<N, F>,
  player: Player,
  own: Updating,
  base: Omit<Table<N>, "apply" | "weights">,
  given: F,
  average: (name: string) => number,
): tf.Scalar[] {
  for (const state of player.networks) state.iterateSpectralNorm();
  const keeper = new Keeper();
  const batches: Batch[] = [];
  const feed = rules.prepare?.(tableOf(base), given) ?? given;
  const found = new Map<string, tf.Scalar>();
  const { gradients } = differentiate(player.variables, () => {
    const { loss, readings } = rules.objective(tableOf(base, { player, keeper, batches }), feed);
    for (const [id, value] of Object.entries(readings)) found.set(id, keeper.keep(value.clone()));
    return loss;
  });
  const vector = flatten(gradients);
  found.set(rules.gradientNorm, tf.sqrt(tf.sum(tf.square(vector))));
  const numbers = rules.readings.map((id) => readingOf(found, id).clone());
  updateVariables(own.optimizer, player.variables, vector, player.slots, own.coefficients);
  const constrain = rules.constrain?.(base.config);
  if (constrain !== undefined) for (const variable of player.variables) variable.assign(constrain(variable));
  for (const { state, moments } of batches) state.moveMoments(moments);
  for (const state of player.networks) state.moveAverage(average(state.name));
  keeper.release();
  return numbers;
}

/** The table of a turn; with `learning`, passes through the player's own networks leave their batch's statistics behind. */
function tableOf<N extends string>(
  base: Omit<Table<N>, "apply" | "weights">,
  learning?: { readonly player: Player; readonly keeper: Keeper; readonly batches: Batch[] },
): Table<N> {
  const known = new Map<N, readonly tf.Tensor[]>(); // spectral norm divides once an objective
  const weights = (name: N) => {
    const found = known.get(name) ?? base.networks[name].effective();
    known.set(name, found);
    return found;
  };
  return {
    ...base,
    weights,
    apply(name, x, options = {}) {
      const state = base.networks[name];
      if (!learning?.player.networks.includes(state)) return state.network.forward(weights(name), x, options);
      const { keeper, batches } = learning;
      const moments = new Map<number, Moments>();
      batches.push({ state, moments });
      const onMoments = (layer: number, { mean, variance }: Moments) =>
        void moments.set(layer, { mean: keeper.keep(mean), variance: keeper.keep(variance) });
      return state.network.forward(weights(name), x, { ...options, onMoments });
    },
  };
}

function readingOf(found: ReadonlyMap<string, tf.Scalar>, id: ReadingId): tf.Scalar {
  const value = found.get(id);
  if (value === undefined) throw new Error(`A turn did not compute its reading ${id}; this is a bug.`);
  return value;
}
