/** One turn of a player: its objective's gradient, the update, and what its networks keep of it. Knows no model; draws nothing. */
import * as tf from "@tensorflow/tfjs";
import type { ReadingId } from "../../core/models";
import { differentiate, flatten, Keeper, unflatten } from "../differentiate";
import { squaredNorm } from "../kernels/squared-norm";
import type { Moments } from "../layers";
import type { Pass } from "../layers/types";
import type { Player } from "../networks/player";
import type { NetworkState } from "../networks/state";
import { updateVariables } from "../optimizers/update";
import type { ModelPlayer, Passed, Table, Updating } from "./types";

/** A batch's statistics, and whose they are. */
interface Batch {
  readonly state: NetworkState;
  readonly moments: Map<number, Moments>;
}

/** A pass through a network that was watched. */
export interface WatchedPass {
  readonly network: string;
  /** What went in, to be told from other tensors of the turn; its numbers may be gone. */
  readonly from: tf.Tensor;
  readonly output: tf.Tensor;
  /** What each layer gave, by its place in the network's list. */
  readonly layers: ReadonlyMap<number, tf.Tensor>;
}

/** All of a turn, before its update. The tensors live no longer than the watcher's call. */
export interface WatchedTurn {
  /** What the turn takes in, as the player's `feed` and `prepare` made it. */
  readonly feed: unknown;
  /** In the order in which they were made: first those of `prepare`. */
  readonly passes: readonly WatchedPass[];
  /** By name, the norm of the gradient among them. */
  readonly readings: ReadonlyMap<string, tf.Scalar>;
  /** Of the player's variables, in their order. */
  readonly gradients: readonly tf.Tensor[];
  /** What the update subtracts from each of them, before constraints. */
  readonly changes: readonly tf.Tensor[];
}

/** How a turn is looked at: by somebody who wants to see all of it. */
export interface Watcher {
  /** Whether the turn is taken; otherwise nothing is changed, and spectral norm's vectors are those of the turn before. */
  readonly take: boolean;
  see(turn: WatchedTurn): void;
}

/**
 * Updates a player once: power iterations of its networks, gradient, optimiser, constraints, batch norm's statistics. To be called in
 * a tidy.
 * @param own of the player's optimiser for this update
 * @param given what the turn takes in, as the player's `feed` made it
 * @param average decay of the moving average of a network's weights
 * @param watcher sees all of it; a turn that is watched cannot be recorded
 * @returns the player's readings in its order
 */
export function turn<N extends string, F>(
  rules: ModelPlayer<N, F>,
  player: Player,
  own: Updating,
  base: Omit<Table<N>, "apply" | "weights">,
  given: F,
  average: (name: string) => number,
  watcher?: Watcher,
): tf.Scalar[] {
  const taken = watcher?.take !== false;
  if (taken) for (const state of player.networks) state.iterateSpectralNorm();
  const keeper = new Keeper();
  const batches: Batch[] = [];
  const passes: WatchedPass[] = [];
  const watch = watcher === undefined ? {} : { watch: { keeper, passes } };
  const feed = rules.prepare?.(tableOf(base, watch), given) ?? given;
  const found = new Map<string, tf.Scalar>();
  const { gradients } = differentiate(player.variables, () => {
    const { loss, readings } = rules.objective(
      tableOf(base, { ...watch, learning: { player, keeper, batches } }),
      feed,
    );
    for (const [id, value] of Object.entries(readings)) found.set(id, keeper.keep(value.clone()));
    return loss;
  });
  const vector = flatten(gradients);
  found.set(
    rules.gradientNorm,
    tf.sqrt(
      squaredNorm(
        vector,
        player.variables.map(({ size }) => size),
      ),
    ),
  );
  const numbers = rules.readings.map((id) => readingOf(found, id).clone());
  if (watcher !== undefined) {
    const { change } = own.optimizer.step(vector, player.slots, own.coefficients);
    watcher.see({ feed, passes, readings: found, gradients, changes: unflatten(change, player.variables) });
  }
  if (taken) {
    updateVariables(own.optimizer, player.variables, vector, player.slots, own.coefficients);
    const constrain = rules.constrain?.(base.config);
    if (constrain !== undefined) for (const variable of player.variables) variable.assign(constrain(variable));
    for (const { state, moments } of batches) state.moveMoments(moments);
    for (const state of player.networks) state.moveAverage(average(state.name));
  }
  keeper.release();
  return numbers;
}

/** What passes leave behind. */
interface Traces {
  /** Passes through the player's own networks leave their batch's statistics behind. */
  readonly learning?: { readonly player: Player; readonly keeper: Keeper; readonly batches: Batch[] };
  /** All passes leave what went through behind. */
  readonly watch?: { readonly keeper: Keeper; readonly passes: WatchedPass[] };
}

/** The table of a turn. */
function tableOf<N extends string>(base: Omit<Table<N>, "apply" | "weights">, { learning, watch }: Traces): Table<N> {
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
      const { weights: own = weights(name), ...pass } = { ...options, ...rememberMoments(state, learning) };
      if (watch === undefined) return state.network.forward(own, x, pass);
      return watched(watch, name, x, (onOutput) => state.network.forward(own, x, { ...pass, onOutput }));
    },
  };
}

/** How a pass through one of the player's own networks keeps the statistics of its batch. */
function rememberMoments(state: NetworkState, learning: Traces["learning"]): Pick<Pass, "onMoments"> {
  if (!learning?.player.networks.includes(state)) return {};
  const { keeper, batches } = learning;
  const moments = new Map<number, Moments>();
  batches.push({ state, moments });
  return {
    onMoments: (layer, { mean, variance }) =>
      void moments.set(layer, { mean: keeper.keep(mean), variance: keeper.keep(variance) }),
  };
}

/** A pass of which all is kept that went through. */
function watched(
  { keeper, passes }: NonNullable<Traces["watch"]>,
  network: string,
  x: tf.Tensor,
  forward: (onOutput: NonNullable<Pass["onOutput"]>) => Passed,
): Passed {
  const keep = (tensor: tf.Tensor) => keeper.keep(tensor.clone());
  const layers = new Map<number, tf.Tensor>();
  const passed = forward((layer, output) => void layers.set(layer, keep(output)));
  passes.push({ network, from: x, output: keep(passed.output), layers });
  return passed;
}

function readingOf(found: ReadonlyMap<string, tf.Scalar>, id: ReadingId): tf.Scalar {
  const value = found.get(id);
  if (value === undefined) throw new Error(`A turn did not compute its reading ${id}; this is a bug.`);
  return value;
}
