/** From a recording to everything a device must do in a step: dispatches, buffers, copies. Touches no device but to catch stock kernels. */
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { driverOf } from "../../kernels/webgpu/driver";
import { NotReplayable } from "../types";
import { type Cluster, type Clustering, cluster } from "./clusters";
import type { Recording, Value } from "./graph";
import { type Input, inputsOf, putInputs, putResults, type Result, type VariableLayout } from "./inputs-results";
import { joinSums } from "./join-sums";
import { lower } from "./lower";
import { Producers } from "./operations";
import { type Copy, Places, type Root, settleVariables } from "./places";
import { CONTROL, type Dispatch, programOf } from "./programs";
import { lifetimes, repack, schedule } from "./schedule";
import { catchStock, checkOperands, type StockDispatch } from "./stock";
import { needed, withVectors } from "./vectors";

export type Step =
  | { readonly kind: "program"; readonly dispatch: Dispatch }
  | { readonly kind: "stock"; readonly dispatch: StockDispatch };

export interface Plan {
  readonly steps: readonly Step[];
  readonly places: Places;
  /** All buffers of the plan's own. */
  readonly roots: readonly Root[];
  readonly inputs: readonly Input[];
  readonly copies: readonly Copy[];
  readonly results: readonly Result[];
  /** Names of TensorFlow.js's own kernels among the steps. */
  readonly stock: readonly string[];
  dispose(): void;
}

/**
 * @param limit storage buffers that a program may bind
 * @throws NotReplayable
 */
export function planOf(recording: Recording, layout: VariableLayout, backend: WebGPUBackend, limit: number): Plan {
  const driver = driverOf(backend.device);
  const { resolve, operations: lowered } = lower(recording, driver);
  const results = recording.results.map(resolve);
  const changed = recording.variables.flatMap(({ before, after }) =>
    before === resolve(after) ? [] : [resolve(after)],
  );
  const kept = [...results, ...changed].filter((value) => value.uniform === null);
  const vectors = withVectors(joinSums(needed(lowered, kept), kept), layout.groups);
  const operations = needed(vectors, kept);
  const producers = new Producers(operations);

  const places = new Places(layout.sizes);
  const used = new Set([...operations.flatMap(({ inputs }) => inputs.map(({ value }) => value)), ...kept]);
  putInputs(recording, layout, places, used);
  const copies: Copy[] = [];
  const resultSpots = putResults(results, operations, producers, places, copies);

  const rootOf = rootsAfterUpdates(recording, layout, resolve, places);
  const whole = kept.map((value) => (value.view !== null && producers.of(value) === undefined ? value.view.of : value));
  const clustering = cluster(operations, [...kept, ...whole], rootOf, limit, driver);
  const touched = touches(clustering);
  const updates = writersOfVariables(recording, resolve, clustering);
  const wanted = schedule(clustering, updates, (one) => new Set([...touched(one)].map(rootOf)), limit, driver);
  copies.push(...settleVariables(recording, resolve, layout.allocations, clustering, wanted, places));
  // A variable that could not be updated in place is one buffer more than was hoped for.
  const levels = repack(
    wanted,
    (one) => new Set([...touched(one)].map((value) => places.of(value).root)),
    limit,
    driver,
  );

  const lives = lifetimes(levels, touched);
  for (const [value, { first, last }] of lives) live(places.of(value).root, first, last);
  for (const { from } of copies) live(places.of(from).root, levels.length, levels.length);
  for (const [value] of lives) if (isJoined(value, producers)) keepGaps(places.of(value).root);

  const disposals: (() => void)[] = [];
  const scratch: Root[] = [];
  const steps = levels.flatMap((level, at): Step[] => {
    const anchor = level[0]?.anchor;
    if (anchor?.kind !== "stock") {
      const random = (index: number) => {
        const draw = recording.draws[index]?.random;
        if (draw === undefined) throw new Error("A draw that is not random was to be drawn; this is a bug.");
        return draw;
      };
      const dispatch = programOf(level, clustering, places, random, driver);
      const said = new Set(level.flatMap((one) => [...touched(one)].map((value) => places.of(value).root)));
      if (dispatch.roots.some((root) => !said.has(root))) {
        throw new NotReplayable("A program reads what it was not scheduled for; this is a bug.");
      }
      if (dispatch.roots.length > limit)
        throw new NotReplayable("A program needs more buffers than this device binds.");
      return [{ kind: "program", dispatch }];
    }
    const caught = catchStock(anchor, backend);
    disposals.push(caught.dispose);
    for (const value of caught.scratch) {
      const { root } = places.of(value);
      live(root, at, at);
      scratch.push(root);
    }
    checkOperands(caught.dispatches, places);
    return caught.dispatches.map((dispatch) => ({ kind: "stock", dispatch }));
  });

  const roots = new Set<Root>([places.upload, places.random, places.results, ...scratch]);
  for (const value of [...lives.keys(), ...copies.map(({ from }) => from)]) roots.add(places.of(value).root);
  return {
    steps,
    places,
    roots: [...roots].filter(({ kind }) => kind !== "variables"),
    inputs: inputsOf(recording, used, places),
    copies,
    results: resultSpots,
    stock: operations.filter(({ kind }) => kind === "stock").map(({ name }) => name),
    dispose: () => {
      for (const dispose of disposals) dispose();
    },
  };
}

function live(root: Root, first: number, last: number): void {
  root.first = Math.min(root.first, first);
  root.last = Math.max(root.last, last);
}

/** Whether a value is a vector whose parts are written one by one: its gaps must hold zeros. */
const isJoined = (value: Value, producers: Producers): boolean =>
  (value.parts !== null || value.view !== null) &&
  producers.of(value.view?.of ?? value) === undefined &&
  (value.view?.of ?? value).source.kind === "computed";

function keepGaps(root: Root): void {
  if (root.kind === "temporary") (root as { kind: Root["kind"] }).kind = "vector";
}

/** The buffer of a value, as if every variable could be updated in place. */
function rootsAfterUpdates(
  recording: Recording,
  { allocations }: VariableLayout,
  resolve: (value: Value) => Value,
  places: Places,
): (value: Value) => Root {
  const after = new Map<Value, Root>();
  for (const [i, variable] of recording.variables.entries()) {
    const value = resolve(variable.after);
    const allocation = allocations[i];
    const root = allocation && places.variables[allocation.buffer];
    if (root === undefined || value === variable.before || places.isPut(value)) continue;
    after.set(value.view?.of ?? value, root);
  }
  return (value) => after.get(value) ?? (value.view ? after.get(value.view.of) : undefined) ?? places.of(value).root;
}

/** For every variable that changes: its old number (and the vector of which it is a part), and the cluster that makes the new one. */
function writersOfVariables(
  recording: Recording,
  resolve: (value: Value) => Value,
  { producers, clusterOf }: Clustering,
): ReadonlyMap<Value, Cluster> {
  const writers = new Map<Value, Cluster>();
  for (const { before, after } of recording.variables) {
    const made = resolve(after);
    const [producer] = made === before ? [] : producers.all(made);
    const writer = producer && clusterOf.get(producer);
    if (writer === undefined) continue;
    writers.set(before, writer);
    if (before.view !== null) writers.set(before.view.of, writer);
  }
  return writers;
}

/** What a cluster reads or writes in memory. */
function touches({ loads, stored }: Clustering): (one: Cluster) => Set<Value> {
  return (one) => {
    const made = [...(one.anchor ? [one.anchor] : []), ...one.maps].flatMap(({ outputs }) =>
      outputs.map(({ value }) => value),
    );
    const random = one.anchor?.kind === "random" || one.anchor?.kind === "gather" ? [CONTROL] : [];
    return new Set([...(loads.get(one) ?? []), ...made.filter((value) => stored.has(value)), ...random]);
  };
}
